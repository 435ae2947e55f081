import { accrualDecider } from '../domain/accrual';
import { applicationDecider } from '../domain/application';
import { borrowerDecider } from '../domain/borrower';
import { creditLineDecider } from '../domain/creditline';
import type { DomainEvent } from '../domain/events';
import { identityDecider } from '../domain/identity';
import { type BusinessDate, type Decider, type Instant, InvariantError } from '../domain/kernel';
import { ledgerDecider } from '../domain/ledger';
import { lentLoanOn, loanDecider } from '../domain/loan';
import { payoutDecider } from '../domain/payout';
import { periodDecider } from '../domain/period';
import { productDecider } from '../domain/product';
import { reconciliationDecider } from '../domain/reconciliation';
import { repaymentDecider } from '../domain/repayment';
import type { RecordedEvent } from '../platform/event-log';

interface Foldable {
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: DomainEvent) => unknown;
  /**
   * The state on a business date, made from all that is known, where facts that are booked late can be put in their
   * place; undefined for days on which that makes no difference.
   */
  readonly asOf?: (state: unknown, day: BusinessDate) => unknown;
}

/** A decider without its types: each is given only the events of its own streams. */
const foldable = <State, Command, Event extends DomainEvent>(
  { initial, evolve }: Decider<State, Command, Event>,
  asOf?: (state: State, day: BusinessDate) => State | undefined,
): Foldable => ({
  initial,
  evolve: (state, event) => evolve(state as State, event as Event),
  ...(asOf && { asOf: (state: unknown, day: BusinessDate) => asOf(state as State, day) }),
});

const FOLDS: Readonly<Record<string, Foldable>> = {
  identity: foldable(identityDecider),
  borrower: foldable(borrowerDecider),
  product: foldable(productDecider),
  creditline: foldable(creditLineDecider),
  application: foldable(applicationDecider),
  loan: foldable(loanDecider, lentLoanOn),
  payout: foldable(payoutDecider),
  repayment: foldable(repaymentDecider),
  ledger: foldable(ledgerDecider),
  reconciliation: foldable(reconciliationDecider),
  accrual: foldable(accrualDecider),
  period: foldable(periodDecider),
};

export interface Moment {
  /** Facts that count for this business date or an earlier one. */
  readonly asOf?: BusinessDate | undefined;
  /** Facts that had been recorded at this instant. */
  readonly knownAt?: Instant | undefined;
}

export const within = ({ asOf, knownAt }: Moment, { meta }: RecordedEvent): boolean =>
  (asOf === undefined || meta.valueDate <= asOf) && (knownAt === undefined || meta.bookedAt <= knownAt);

/** Whether streams of this category fold to a state. */
export const canFold = (category: string): boolean => Object.hasOwn(FOLDS, category);

export type StateThen =
  | { readonly derivable: true; readonly state: unknown }
  | { readonly derivable: false; readonly why: string };

/**
 * The state of a stream at a moment: the same fold that decides commands, over the facts of that moment. A fact that
 * was booked late counts for an earlier day, but was made from what had been booked before it. What keeps its facts (a
 * loan) is made anew from those of that day; else, where such a fact cannot stand without what was booked before it,
 * there is no such state, and none is made up.
 */
export const stateAt = (category: string, events: readonly RecordedEvent<DomainEvent>[], moment: Moment): StateThen => {
  const fold = canFold(category) ? FOLDS[category] : undefined;
  if (fold === undefined) return { derivable: false, why: `streams of ${category} fold to nothing` };
  const { asOf, knownAt } = moment;
  if (asOf !== undefined && fold.asOf !== undefined) {
    const known = folded(fold, events, { knownAt });
    const then = known.derivable ? fold.asOf(known.state, asOf) : undefined;
    if (then !== undefined) return { derivable: true, state: then };
  }
  return folded(fold, events, moment);
};

const folded = (fold: Foldable, events: readonly RecordedEvent<DomainEvent>[], moment: Moment): StateThen => {
  let state = fold.initial;
  for (const event of events.filter((each) => within(moment, each))) {
    try {
      state = fold.evolve(state, event);
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      return { derivable: false, why: `revision ${event.revision}, ${event.type}, builds on facts of later days` };
    }
  }
  return { derivable: true, state };
};

/** Plain JSON of a state: exact whole numbers as texts, sets and maps as lists. Personal values print as masks. */
export const plain = (state: unknown): unknown =>
  JSON.parse(
    JSON.stringify(state ?? null, (_key, value: unknown) => {
      if (typeof value === 'bigint') return value.toString();
      if (value instanceof Map || value instanceof Set) return [...value];
      return value;
    }),
  );
