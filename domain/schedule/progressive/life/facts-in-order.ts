import type { Day } from '../../../calendar';
import type { LoanFact } from '../../replay';

/** The facts that count: those that were not undone. An undo may itself be undone. */
export const standingFacts = (facts: readonly LoanFact[]): readonly LoanFact[] => {
  const undone = undoneFacts(facts);
  return facts.filter(({ id, kind }) => kind !== 'undo' && !undone.has(id));
};

export const undoneFacts = (facts: readonly LoanFact[]): ReadonlySet<string> => {
  const undos = facts.filter((fact) => fact.kind === 'undo');
  if (undos.length === 0) return new Set();
  const undosOf = new Map<string, string[]>();
  for (const { of, id } of undos) undosOf.set(of, [...(undosOf.get(of) ?? []), id]);
  const known = new Map<string, boolean>();
  const isUndone = (id: string): boolean => {
    const answer = known.get(id);
    if (answer !== undefined) return answer;
    // Two undos that name each other: neither stands in for an answer while it is being looked for.
    known.set(id, false);
    const found = (undosOf.get(id) ?? []).some((undo) => !isUndone(undo));
    known.set(id, found);
    return found;
  };
  return new Set(facts.filter(({ id }) => isUndone(id)).map(({ id }) => id));
};

/**
 * The day that a fact is felt on: a charge that was due before it was known counts from its due date, and a rate that
 * is agreed before its first day changes the plan at once. So do installments added to a plan that does not follow
 * payments: the last of them takes money in advance from then on.
 */
const feltOn = (fact: LoanFact, followsPayments: boolean): Day => {
  if (fact.kind === 'charge' && fact.dueOn !== undefined && fact.dueOn < fact.on) return fact.dueOn;
  if (isFeltEarly(fact)) return fact.knownOn;
  if (fact.kind === 'extra-installments' && !followsPayments && fact.on < fact.from) return fact.on;
  return fact.kind === 'extra-installments' || fact.kind === 'grace' || fact.kind === 'due-date-move'
    ? fact.from
    : fact.on;
};

const isFeltEarly = ({ kind, on, knownOn }: LoanFact): boolean => kind === 'rate-change' && knownOn < on;

const CHANGES_OF_PLAN: ReadonlySet<LoanFact['kind']> = new Set<LoanFact['kind']>([
  'rate-change',
  'interest-pause',
  'extra-installments',
  'grace',
  'due-date-move',
]);

/** True of facts that move no money: they count for the plan even when their day is still to come. */
export const changesPlan = ({ kind }: LoanFact): boolean => CHANGES_OF_PLAN.has(kind);

/** The rank of changes of plan among the facts of a day. */
const CHANGE = 0;

/**
 * Facts in the order of the days they are felt on; on one day changes of plan first and by value date, then as they
 * became known, then by id. The same facts come in the same order, however they arrived.
 */
export const inOrder = (facts: readonly LoanFact[], followsPayments: boolean): readonly LoanFact[] => {
  const first = firstPayout(facts);
  const rankOf = (fact: LoanFact): number => {
    if (isFeltEarly(fact)) return 2;
    if (changesPlan(fact)) return CHANGE;
    return fact === first ? 1 : 2;
  };
  return facts
    .map((fact) => ({ fact, on: feltOn(fact, followsPayments), rank: rankOf(fact) }))
    .sort(
      (one, other) =>
        one.on - other.on ||
        one.rank - other.rank ||
        (one.rank === CHANGE ? one.fact.on - other.fact.on : 0) ||
        one.fact.knownOn - other.fact.knownOn ||
        (one.fact.id < other.fact.id ? -1 : 1),
    )
    .map(({ fact }) => fact);
};

/** Nothing happens to a loan before there is one. */
const firstPayout = (facts: readonly LoanFact[]): LoanFact | undefined => {
  let first: LoanFact | undefined;
  for (const fact of facts) {
    if (fact.kind !== 'disbursement') continue;
    if (first === undefined || fact.on < first.on || (fact.on === first.on && fact.id < first.id)) first = fact;
  }
  return first;
};
