import type { Day } from '../../../calendar';
import type { Rate } from '../../../kernel';
import type { CreditKind, LoanTerms } from '../../loan-terms';
import type {
  AccountDisbursement,
  AccountTransaction,
  AllocatedLine,
  LoanAgreement,
  PortionAmounts,
} from '../../replay';
import { positive } from '../model/amounts';
import type { Model, RepaymentPeriod } from '../model/model';
import { type Amounts, type Installment, noAmounts, outstandingOf } from './installment';
import type { LoanCharge } from './loan-charge';

/** What has become of a loan so far, while its facts are replayed. Mutable, inside one replay. */
export interface Life {
  readonly terms: LoanTerms;
  readonly agreement: LoanAgreement;
  readonly model: Model;
  /** At some time in its life. */
  readonly bearsInterest: boolean;
  readonly penaltyRate: Rate;
  installments: Installment[];
  readonly charges: LoanCharge[];
  readonly disbursements: AccountDisbursement[];
  readonly transactions: Entry[];
  /** Principal that is owed again after it had been paid. */
  readonly putBacks: { readonly on: Day; readonly amount: bigint }[];
  /** Principal that was lent or put back, and is neither paid nor given up: whatever installments ask for. */
  outstandingPrincipal: bigint;
  /** Money that nothing was left to pay with. */
  overpaid: bigint;
  chargedOffOn: Day | undefined;
  writtenOffOn: Day | undefined;
  /** The debt was given up for a part of it. */
  isSettled: boolean;
  terminatedOn: Day | undefined;
  /** Payments are being made in turn. */
  turn: Turn | undefined;
}

/**
 * Payments in turn are money in advance that one installment takes alone and is open after: the next one that is open,
 * running or still to come. Each moves later installments by cents of interest, and nothing asks for these before
 * something else happens to the loan. They are worked out once then, from the same state that they would have come to
 * payment by payment, as `turnOf` makes sure of. To a loan that is paid in many small parts most payments are of these.
 */
export interface Turn {
  /** The installment that takes the money, as all there is to divide it over. */
  readonly all: readonly [Installment];
  readonly period: RepaymentPeriod;
  readonly index: number;
  /** The period that runs on the days of the payments. */
  readonly running: RepaymentPeriod;
  readonly felt: number;
  /** Interest that finds no room beside more principal than planned finds it in the next installment. */
  readonly takesAll: boolean;
  /** The day of the last payment. */
  on: Day;
}

/** A transaction that may still change: money that was left over can be put to use later. */
export interface Entry extends Omit<Writable<AccountTransaction>, 'parts' | 'lines'> {
  readonly parts: Amounts;
  readonly lines: Line[];
  /** What kind of money it was, for its order of allocation. */
  readonly credit: CreditKind | undefined;
  /** The transaction that it takes back. */
  readonly of: string | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Installments get their numbers at the end. */
export type Line = Omit<AllocatedLine, 'installment'> & { readonly installment: Installment };

/** Interest follows payments day by day, as long as the loan goes its regular way. */
export const followsDays = ({ bearsInterest, terms, chargedOffOn, writtenOffOn, terminatedOn }: Life): boolean =>
  terms.recalculation !== undefined &&
  bearsInterest &&
  chargedOffOn === undefined &&
  writtenOffOn === undefined &&
  terminatedOn === undefined;

/** Interest rests on due dates alone: what is overdue or paid between them bears it to the end of its period. */
export const restsAtDueDates = (life: Life): boolean => {
  const { recalculation } = life.terms;
  const isPerInstallment = recalculation?.rest.frequency === 'per-installment';
  return followsDays(life) && isPerInstallment && recalculation.payoffUntil === 'rest-date';
};

export const outstandingPortions = (installments: readonly Installment[]): PortionAmounts => {
  const sum = noAmounts();
  for (const installment of installments) {
    sum.principal += positive(outstandingOf(installment, 'principal'));
    sum.interest += positive(outstandingOf(installment, 'interest'));
    sum.fee += positive(outstandingOf(installment, 'fee'));
    sum.penalty += positive(outstandingOf(installment, 'penalty'));
  }
  return sum;
};

type NewEntry = Pick<Entry, 'fact' | 'kind' | 'on' | 'amount'> & { readonly credit?: CreditKind; readonly of?: string };

/** Writes down what a fact did. The balance is that after it. */
export const record = (life: Life, { fact, kind, on, amount, credit, of }: NewEntry): Entry => {
  const entry: Entry = {
    fact,
    kind,
    on,
    amount,
    credit,
    of,
    parts: noAmounts(),
    overpaid: 0n,
    balance: 0n,
    undone: false,
    lines: [],
  };
  life.transactions.push(entry);
  return entry;
};
