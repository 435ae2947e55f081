import type { Day } from '../../../domain/calendar';
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

/** A posting by the type of its account: account numbers and names are each house's own. */
export interface ShownPosting {
  readonly accountType: 'ASSET' | 'LIABILITY' | 'INCOME' | 'EXPENSE';
  readonly side: 'debit' | 'credit';
  readonly amount: bigint;
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
  /** What a transaction books, one entry per account. Absent: the books' rules do not cover every transaction. */
  readonly postings?: (label: string, transaction: AccountTransaction) => readonly ShownPosting[];
  readonly payoff: (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[], on: Day) => PortionAmounts;
}
