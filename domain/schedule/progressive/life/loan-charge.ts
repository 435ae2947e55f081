import type { Day } from '../../../calendar';
import type { ChargeCalculation } from '../../loan-terms';
import type { Installment } from './installment';

/** A fee or penalty of a loan, with what it comes to in each installment. */
export interface LoanCharge {
  readonly fact: string;
  readonly kind: 'fee' | 'penalty';
  readonly calculation: ChargeCalculation;
  readonly dueOn: Day | undefined;
  /** Every installment bears it, those of later payouts too. */
  readonly isPerInstallment: boolean;
  readonly shares: Map<Installment, ChargeShare>;
}

export interface ChargeShare {
  amount: bigint;
  /** What it was last worked out of; none for a flat amount. */
  of: bigint | undefined;
  paid: bigint;
  waived: bigint;
}
