import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import type { ChargeCalculation, CreditKind, Period } from '../loan-terms';

/** An amount per portion, in minor units of the loan's currency. */
export interface PortionAmounts {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
  readonly penalty: bigint;
}

/** What was agreed for one loan under its terms. Amounts in minor units. */
export interface LoanAgreement {
  /** The approved amount: the plan before anything is disbursed is made for it. */
  readonly principal: bigint;
  readonly installments: number;
  readonly submittedOn: Day;
  /** The first due date where it is not one period after the start: a first period longer or shorter. */
  readonly firstDueOn?: Day;
  /** The last due date is so many days after the start, whatever the periods say. */
  readonly fixedLengthDays?: number;
  /** Tranches expected later; disbursements that come are facts. `installment`: a fixed one from then on. */
  readonly expectedTranches?: readonly { readonly on: Day; readonly amount: bigint; readonly installment?: bigint }[];
}

/** One dated fact of a loan's life. `undo` names another by its id, which then counts as never having happened. */
export type LoanFact = Dated &
  (
    | { readonly kind: 'disbursement'; readonly amount: bigint; readonly installment?: bigint }
    /** A fee that is lent: principal is owed, nothing is paid out. */
    | { readonly kind: 'capitalized-income'; readonly amount: bigint }
    | {
        readonly kind: 'credit';
        readonly credit: CreditKind;
        readonly amount: bigint;
        readonly refundsInterest?: boolean;
      }
    /** Pays off what closes the loan on its day, as the engine itself works it out. */
    | { readonly kind: 'payoff' }
    | { readonly kind: 'credit-balance-refund'; readonly amount: bigint }
    | {
        readonly kind: 'charge';
        readonly charge: 'fee' | 'penalty';
        readonly calculation: ChargeCalculation;
        /** Absent: with every installment that is still to come. */
        readonly dueOn?: Day;
      }
    | { readonly kind: 'charge-waiver'; readonly of: string; readonly installment?: number }
    | { readonly kind: 'charge-adjustment'; readonly of: string; readonly amount: bigint }
    | { readonly kind: 'chargeback'; readonly of: string; readonly amount: bigint }
    | { readonly kind: 'rate-change'; readonly perYear: RateText }
    | { readonly kind: 'due-date-move'; readonly from: Day; readonly to: Day }
    | { readonly kind: 'extra-installments'; readonly from: Day; readonly count: number }
    | { readonly kind: 'grace'; readonly from: Day; readonly principal: number; readonly interest: number }
    | {
        readonly kind: 're-age';
        readonly period: Period;
        readonly startsOn: Day;
        readonly installments: number;
        readonly interest: InterestHandling;
      }
    | { readonly kind: 're-amortize'; readonly interest: InterestHandling }
    | { readonly kind: 'interest-pause'; readonly through: Day }
    | { readonly kind: 'charge-off' }
    | { readonly kind: 'write-off' }
    | { readonly kind: 'termination' }
    | { readonly kind: 'settlement'; readonly amount: bigint }
    | { readonly kind: 'undo'; readonly of: string }
  );

/** How a change of plan treats interest that is outstanding. */
export type InterestHandling = 'default' | 'equal-of-payable' | 'equal-of-full' | 'waive' | 'split';

interface Dated {
  readonly id: string;
  /** Value date: the day that it counts for. */
  readonly on: Day;
  /** The business date on which it became known. */
  readonly knownOn: Day;
}
