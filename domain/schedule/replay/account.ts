import type { Day } from '../../calendar';
import type { PortionAmounts } from './facts';

/** An installment as it stands. Amounts in minor units. */
export interface AccountInstallment {
  readonly n: number;
  readonly kind: 'regular' | 'down-payment' | 'additional' | 're-aged';
  readonly from: Day;
  readonly due: Day;
  readonly owed: PortionAmounts;
  readonly paid: PortionAmounts;
  readonly waived: PortionAmounts;
  readonly writtenOff: PortionAmounts;
  /** Of what was paid: before its due date, and after it. */
  readonly paidInAdvance: bigint;
  readonly paidLate: bigint;
  /** Principal left after it. */
  readonly balance: bigint;
  /** The day on which nothing of it was left to pay. */
  readonly metOn?: Day;
}

/** What a fact did to the money, in minor units. Parts + overpaid = amount. */
export interface AccountTransaction {
  readonly fact: string;
  readonly kind: string;
  readonly on: Day;
  readonly amount: bigint;
  readonly parts: PortionAmounts;
  readonly overpaid: bigint;
  /** Principal outstanding after it. */
  readonly balance: bigint;
  /** It was undone, and counts for nothing. */
  readonly undone: boolean;
  /** Where the parts went. */
  readonly lines: readonly AllocatedLine[];
}

export interface AllocatedLine {
  readonly installment: number;
  readonly portion: keyof PortionAmounts;
  readonly amount: bigint;
  readonly state: 'past-due' | 'due' | 'in-advance';
}

export interface AccountCharge {
  readonly fact: string;
  readonly kind: 'fee' | 'penalty';
  readonly dueOn?: Day;
  readonly amount: bigint;
  readonly paid: bigint;
  readonly waived: bigint;
  readonly outstanding: bigint;
}

/** Principal that was lent. What was kept back of it for charges never reached the borrower. */
export interface AccountDisbursement {
  readonly fact: string;
  readonly on: Day;
  readonly amount: bigint;
  readonly kept?: bigint;
}

/** Settled: closed for less than was owed, as was agreed. Written off: given up by the lender alone. */
export type AccountStatus = 'approved' | 'active' | 'overpaid' | 'closed' | 'settled' | 'written-off' | 'charged-off';

/** A loan on a day: its plan with what was paid, every transaction with its parts, and what is left. */
export interface LoanAccount {
  readonly asOf: Day;
  readonly status: AccountStatus;
  readonly disbursements: readonly AccountDisbursement[];
  readonly installments: readonly AccountInstallment[];
  readonly transactions: readonly AccountTransaction[];
  readonly charges: readonly AccountCharge[];
  readonly outstanding: PortionAmounts;
  /** Of what is outstanding: due before `asOf`. */
  readonly overdue: PortionAmounts;
  readonly overpaid: bigint;
}
