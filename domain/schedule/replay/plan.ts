import type { Day } from '../../calendar';

/** Money that is paid out, or expected to be. Amounts in minor units. */
export interface PlannedDisbursement {
  readonly on: Day;
  readonly amount: bigint;
  /** A fixed installment from then on. */
  readonly installment?: bigint;
}

/** An installment as planned, before anything is paid. Amounts in minor units. */
export interface PlannedInstallment {
  readonly n: number;
  readonly kind: 'regular' | 'down-payment';
  readonly from: Day;
  readonly due: Day;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
  readonly penalty: bigint;
  /** Principal left after it. */
  readonly balance: bigint;
}
