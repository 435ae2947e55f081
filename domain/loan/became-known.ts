import { z } from 'zod';
import { dateOf } from '../calendar';
import { type BusinessDate, businessDateSchema, formatMinor, type Instant, instantSchema } from '../kernel';
import type { LoanFact } from '../schedule';
import type { LoanEvent } from './events';
import { currencyOf, evolve, type LentLoan, type LoanState, noLoan } from './state';
import { type AccountText, accountTextOn } from './told-account';

/** An event of a loan with when it was recorded. */
export interface RecordedLoanEvent {
  readonly event: LoanEvent;
  readonly revision: bigint;
  readonly bookedAt: Instant;
}

/** A figure of an account that is another than it was; absent where there was none, or is none any more. */
const figureChangeSchema = z.strictObject({
  /** Where in the account: "outstanding.interest", "installments.3.owed.principal". */
  what: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
type FigureChange = Readonly<z.infer<typeof figureChangeSchema>>;

/** A fact that became known, and what it changed of the account as of the day that is asked about. */
const knownFactSchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** The day that it counts for, and the business date on which it became known. */
  on: businessDateSchema,
  knownOn: businessDateSchema,
  amount: z.string().optional(),
  /** The fact that it takes back, waives or adjusts. */
  of: z.string().optional(),
  event: z.string(),
  revision: z.string(),
  bookedAt: instantSchema,
  /** It counts for an earlier day than the one on which it became known. */
  backDated: z.boolean(),
  /** Left out where so many facts became known that only what they changed together is told. */
  changes: z.array(figureChangeSchema).optional(),
});
type KnownFact = Readonly<z.infer<typeof knownFactSchema>>;

export const becameKnownSchema = z.strictObject({
  asOf: businessDateSchema,
  facts: z.array(knownFactSchema),
  /** What all of them changed together. */
  changes: z.array(figureChangeSchema),
});
export type BecameKnown = Readonly<z.infer<typeof becameKnownSchema>>;

/** Facts whose own changes are told, one account each. */
const FACTS_MOST = 100;

/**
 * What became known of a loan after one instant and up to another, fact by fact, and what that changed of its account
 * as of a day. Without `from`: since it began. Without `to`: to the end of the record.
 */
export const becameKnown = (
  history: readonly RecordedLoanEvent[],
  asOf: BusinessDate,
  from?: Instant,
  to?: Instant,
): BecameKnown => {
  const within = history.filter(({ bookedAt }) => to === undefined || bookedAt <= to);
  const isBefore = ({ bookedAt }: RecordedLoanEvent): boolean => from !== undefined && bookedAt <= from;
  let state: LoanState = noLoan;
  for (const { event } of within.filter(isBefore)) state = evolve(state, event);
  const first = figuresOf(state, asOf);
  const steps = stepsOf(
    state,
    within.filter((each) => !isBefore(each)),
  );
  const isEach = steps.length <= FACTS_MOST;
  let before = first;
  const facts = steps.map(({ recorded, fact, after }): KnownFact => {
    const told = factTold(recorded, fact, after);
    if (!isEach) return told;
    const figures = figuresOf(after, asOf);
    const changes = changesBetween(before, figures);
    before = figures;
    return { ...told, changes };
  });
  const last = steps.at(-1)?.after;
  return { asOf, facts, changes: last === undefined ? [] : changesBetween(first, figuresOf(last, asOf)) };
};

interface Step {
  readonly recorded: RecordedLoanEvent;
  readonly fact: LoanFact;
  readonly after: LentLoan;
}

/** The events that brought a fact; time that goes by brings none. */
const stepsOf = (before: LoanState, history: readonly RecordedLoanEvent[]): readonly Step[] => {
  let state = before;
  const steps: Step[] = [];
  for (const recorded of history) {
    const known = state.status === 'lent' ? state.facts.length : 0;
    state = evolve(state, recorded.event);
    const fact = state.status === 'lent' ? state.facts[known] : undefined;
    if (state.status === 'lent' && fact !== undefined) steps.push({ recorded, fact, after: state });
  }
  return steps;
};

const factTold = ({ event, revision, bookedAt }: RecordedLoanEvent, fact: LoanFact, loan: LentLoan): KnownFact => ({
  id: fact.id,
  kind: fact.kind === 'credit' ? fact.credit : fact.kind,
  on: dateOf(fact.on),
  knownOn: dateOf(fact.knownOn),
  ...('amount' in fact && { amount: formatMinor(fact.amount, currencyOf(loan)) }),
  ...('of' in fact && { of: fact.of }),
  event: event.type,
  revision: revision.toString(),
  bookedAt,
  backDated: fact.on < fact.knownOn,
});

type Figures = ReadonlyMap<string, string>;

/** What an account says, figure by figure. Movements and facts are told as what became known, not as changes. */
const figuresOf = (state: LoanState, asOf: BusinessDate): Figures => {
  const figures = new Map<string, string>();
  const account = accountTextOn(state, asOf);
  if (account === undefined) return figures;
  const { status, overpaid, outstanding, overdue, bucket, daysPastDue } = account;
  for (const [what, value] of Object.entries({ status, overpaid, bucket, daysPastDue })) figures.set(what, `${value}`);
  for (const [name, portions] of Object.entries({ outstanding, overdue })) {
    for (const [portion, { amount }] of Object.entries(portions)) figures.set(`${name}.${portion}`, amount);
  }
  for (const installment of account.installments) addInstallment(figures, installment);
  return figures;
};

const addInstallment = (figures: Map<string, string>, installment: AccountText['installments'][number]): void => {
  const { n, ...rest } = installment;
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === 'object') {
      for (const [portion, amount] of Object.entries(value)) {
        figures.set(`installments.${n}.${name}.${portion}`, String(amount));
      }
    } else if (value !== undefined) figures.set(`installments.${n}.${name}`, String(value));
  }
};

const changesBetween = (before: Figures, after: Figures): FigureChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [was, is] = [before.get(what), after.get(what)];
    if (was === is) return [];
    return [{ what, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
