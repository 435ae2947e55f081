import type { Day } from '../../../domain/calendar';
import type { AccountTransaction, LoanAccount, LoanFact } from '../../../domain/schedule/replay';

type Credit = Extract<LoanFact, { kind: 'credit' }>;

/**
 * The credits that another fact has made pay something else, on days for which a charge was added since. The source
 * makes such transactions anew, so that from then on they come after the charge that they came before.
 */
export const madeAnew = (before: LoanAccount, after: LoanAccount, facts: readonly LoanFact[]): readonly Credit[] => {
  const days = new Set(facts.flatMap((fact) => (fact.kind === 'charge' ? [feltOn(fact)] : [])));
  const paidBefore = new Map(before.transactions.map((one) => [one.fact, paidBy(one)]));
  const paidAfter = new Map(after.transactions.map((one) => [one.fact, paidBy(one)]));
  return facts.filter((fact): fact is Credit => {
    if (fact.kind !== 'credit' || !days.has(fact.on)) return false;
    const [was, is] = [paidBefore.get(fact.id), paidAfter.get(fact.id)];
    return was !== undefined && is !== undefined && was !== is;
  });
};

const feltOn = ({ on, dueOn }: Extract<LoanFact, { kind: 'charge' }>): Day =>
  dueOn !== undefined && dueOn < on ? dueOn : on;

const paidBy = ({ parts, overpaid, undone }: AccountTransaction): string =>
  [parts.principal, parts.interest, parts.fee, parts.penalty, overpaid, undone].join(' ');
