import type { Day } from '../../../domain/calendar';
import type { RateText } from '../../../domain/kernel';
import type { LoanTerms } from '../../../domain/schedule/loan-terms';
import type {
  AccountTransaction,
  LoanAccount,
  LoanAgreement,
  LoanFact,
  PortionAmounts,
} from '../../../domain/schedule/replay';

/** A planned installment, as far as a case looks at it. */
export interface PlannedRow {
  readonly n: number;
  readonly from: Day;
  readonly due: Day;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
  readonly penalty: bigint;
  readonly balance: bigint;
}

/** What the accounts of a chart are for, where interest, fees and penalties receivable share one. */
type AccountRole =
  | 'principal'
  | 'charges'
  | 'clearing'
  | 'overpayments'
  | 'deferred'
  | 'suspended'
  | 'interest'
  | 'fees'
  | 'recoveries'
  | 'goodwill'
  | 'losses';

/** A posting by what its account is for: account numbers and names are each house's own. */
export interface ShownPosting {
  readonly accountType: 'ASSET' | 'LIABILITY' | 'INCOME' | 'EXPENSE';
  /** What the account is for. */
  readonly account: AccountRole;
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
}

export interface ModelPeriod {
  readonly from: Day;
  readonly due: Day;
}

/** The low-level model of installments: given periods, and money that goes where it is told. Amounts in minor units. */
export interface InstallmentModel {
  readonly disburse: (on: Day, amount: bigint) => void;
  readonly payPrincipal: (due: Day, on: Day, amount: bigint) => void;
  readonly payInterest: (due: Day, on: Day, amount: bigint) => void;
  /** A chargeback. */
  readonly creditPrincipal: (on: Day, amount: bigint) => void;
  readonly creditInterest: (on: Day, amount: bigint) => void;
  readonly pauseInterest: (from: Day, through: Day) => void;
  readonly changeRate: (from: Day, perYear: RateText) => void;
  readonly rows: () => readonly {
    readonly n: number;
    readonly installment: bigint;
    readonly interest: bigint;
    readonly principal: bigint;
    readonly balance: bigint;
  }[];
}

/** The loan engine as cases drive it: its three pure functions. */
export interface Engine {
  readonly plan: (
    terms: LoanTerms,
    agreement: LoanAgreement,
    disbursements: readonly { readonly on: Day; readonly amount: bigint; readonly installment?: bigint }[],
    asOf: Day,
  ) => readonly PlannedRow[];
  readonly replay: (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[], asOf: Day) => LoanAccount;
  /** Absent: no case of the low-level model is selected. */
  readonly model?: (terms: LoanTerms, periods: readonly ModelPeriod[], fullTerm: number) => InstallmentModel;
  /** What a transaction books, one entry per account, given the charge-off that came before it. */
  readonly postings?: (
    terms: LoanTerms,
    transaction: AccountTransaction,
    chargeOff: AccountTransaction | undefined,
  ) => readonly ShownPosting[];
  readonly payoff: (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[], on: Day) => PortionAmounts;
}
