import { dateOf, dayOf } from '../calendar';
import { assert, type BusinessDate, type Currency, type PayoutId, parseMoney, type RepaymentId } from '../kernel';
import { agreementFor, type LoanAccount, type LoanAgreement, type LoanFact, type LoanTerms } from '../schedule';
import { applyChange, emptyAccount, readFact } from './account';
import type { ArrearsBucket, LoanEvent } from './events';

type DataOf<Type extends LoanEvent['type']> = Extract<LoanEvent, { type: Type }>['data'];

/** What was signed, by whom, and where the money goes. */
export type Agreed = DataOf<'LoanOpened'>;

/** A tranche that is on its way to the borrower, in minor units. */
export interface RequestedTranche {
  readonly payoutId: PayoutId;
  readonly amount: bigint;
}

/** A loan that money was paid out on. */
export interface LentLoan {
  readonly status: 'lent';
  readonly agreement: Agreed;
  readonly requested: readonly RequestedTranche[];
  /** Every fact on record, those taken back among them, in the order in which they became known. */
  readonly facts: readonly LoanFact[];
  /** What became of it, as it was recorded. */
  readonly account: LoanAccount;
  readonly payouts: readonly PayoutId[];
  /** Repayments that have been taken in, oldest first. */
  readonly applied: readonly RepaymentId[];
  readonly bucket: ArrearsBucket;
  /** The latest day that a fact of it counts for: dues and buckets up to and with it are on record. */
  readonly agedThrough: BusinessDate;
  /** Nothing is owed any more, since that day. */
  readonly closedOn?: BusinessDate;
}

export type LoanState =
  | { readonly status: 'none' }
  | { readonly status: 'opened'; readonly agreement: Agreed; readonly requested: readonly RequestedTranche[] }
  | { readonly status: 'cancelled'; readonly agreement: Agreed }
  | LentLoan;

export const noLoan: LoanState = { status: 'none' };

export const termsOf = ({ agreement }: { readonly agreement: Agreed }): LoanTerms => agreement.contract.terms;
export const currencyOf = ({ agreement }: { readonly agreement: Agreed }): Currency => termsOf({ agreement }).currency;

/** What the engine needs to know of the agreement. Days are counted from the contract, or from the payout. */
export const loanAgreementOf = ({ contract, openedOn }: Agreed): LoanAgreement =>
  agreementFor(parseMoney(contract.principal), contract.installments, openedOn);

/** What was owed was given up: all of it, or what a settlement left. What comes in then is a recovery. */
export const isGivenUp = ({ account: { status } }: Pick<LentLoan, 'account'>): boolean =>
  status === 'written-off' || status === 'settled';

/** What the next fact of a loan is called: by number, so that facts of one day keep their order, then by its name. */
export const factId = ({ facts }: Pick<LentLoan, 'facts'>, name: string): string =>
  `${String(facts.length + 1).padStart(6, '0')}.${name}`;

/** The fact of that id, or of that name. */
export const factNamed = ({ facts }: Pick<LentLoan, 'facts'>, name: string): LoanFact | undefined =>
  facts.find(({ id }) => id === name || id.slice(id.indexOf('.') + 1) === name);

export const disbursedOn = ({ account }: LentLoan): BusinessDate => {
  const [first] = account.disbursements;
  assert(first !== undefined, 'money was paid out');
  return dateOf(first.on);
};

/** The day on which an account that owes nothing came to that: of the last movement that counts. */
export const endedOn = ({ transactions }: LoanAccount): BusinessDate | undefined => {
  const days = transactions.flatMap(({ undone, on }) => (undone ? [] : [on]));
  return days.length === 0 ? undefined : dateOf(Math.max(...days));
};

/**
 * Folds one fact into a loan. Facts always fold; an assertion here means that the history itself is broken, and stops
 * the work. What became of the account is taken as it was recorded.
 */
export const evolve = (state: LoanState, event: LoanEvent): LoanState => {
  switch (event.type) {
    case 'LoanOpened':
      assert(state.status === 'none', () => `opened while ${state.status}`);
      return { status: 'opened', agreement: event.data, requested: [] };
    case 'LoanCancelled':
      assert(state.status === 'opened', () => `cancelled while ${state.status}`);
      return { status: 'cancelled', agreement: state.agreement };
    case 'LoanDisbursed':
      return disburse(state, event.data);
    case 'TrancheRequested': {
      const { payoutId, amount } = event.data;
      const loan = drawable(state, event);
      return { ...loan, requested: [...loan.requested, { payoutId, amount: parseMoney(amount).minor }] };
    }
    case 'TrancheReleased': {
      const loan = drawable(state, event);
      return { ...loan, requested: without(loan.requested, event.data.payoutId) };
    }
    case 'LoanAged':
      return withChange(lent(state, event), event.data, undefined);
    case 'ArrearsBucketChanged': {
      const loan = lent(state, event);
      return { ...loan, bucket: event.data.to, agedThrough: later(loan.agedThrough, event.data.valueDate) };
    }
    case 'RepaymentApplied': {
      const loan = lent(state, event);
      return { ...withFact(loan, event.data), applied: [...loan.applied, event.data.repaymentId] };
    }
    case 'LoanClosed':
      return { ...lent(state, event), closedOn: event.data.closedOn };
    case 'LoanReopened': {
      const { closedOn: _, ...open } = lent(state, event);
      return open;
    }
    default:
      return withFact(lent(state, event), event.data);
  }
};

const lent = (state: LoanState, event: LoanEvent): LentLoan => {
  assert(state.status === 'lent', () => `${event.type} while ${state.status}`);
  return state;
};

const drawable = (state: LoanState, event: LoanEvent): Extract<LoanState, { status: 'opened' | 'lent' }> => {
  assert(state.status === 'opened' || state.status === 'lent', () => `${event.type} while ${state.status}`);
  return state;
};

const without = (requested: LentLoan['requested'], payoutId: PayoutId): LentLoan['requested'] =>
  requested.filter((tranche) => tranche.payoutId !== payoutId);

const disburse = (state: LoanState, data: DataOf<'LoanDisbursed'>): LentLoan => {
  const { payoutId, valueDate: agedThrough } = data;
  assert(state.status === 'opened' || state.status === 'lent', () => `disbursed while ${state.status}`);
  const requested = without(state.requested, payoutId);
  if (state.status === 'lent') {
    return withFact({ ...state, requested, payouts: [...state.payouts, payoutId] }, data);
  }
  const { agreement } = state;
  const first = { status: 'lent', agreement, requested, facts: [], account: emptyAccount } as const;
  return withFact({ ...first, payouts: [payoutId], applied: [], bucket: 'current', agedThrough }, data);
};

type Recorded = Pick<DataOf<'LoanAged'>, 'valueDate' | 'change' | 'principalOutstanding'>;

// One spread, and that first: a second one would take several times as long, and this is done for every event.
const withChange = (loan: LentLoan, recorded: Recorded, fact: LoanFact | undefined): LentLoan => {
  const { valueDate, change, principalOutstanding } = recorded;
  const account = applyChange(loan.account, change, { on: fact?.on ?? dayOf(valueDate), fact }, currencyOf(loan));
  assert(
    account.outstanding.principal === parseMoney(principalOutstanding).minor,
    () => `${account.outstanding.principal} of principal is left, not ${principalOutstanding.amount}`,
  );
  const facts = fact === undefined ? loan.facts : [...loan.facts, fact];
  return { ...loan, facts, account, agedThrough: later(loan.agedThrough, change.asOf ?? valueDate) };
};

const later = (one: BusinessDate, other: BusinessDate): BusinessDate => (one > other ? one : other);

const withFact = (loan: LentLoan, data: Recorded & Pick<DataOf<'ChargeAdded'>, 'fact'>): LentLoan =>
  withChange(loan, data, readFact(data.fact, data.valueDate, currencyOf(loan)));
