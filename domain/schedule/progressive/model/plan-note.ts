import type { Day } from '../../../calendar';
import type { Decimal } from './precision';
import type { YearShare } from './year-share';

/** The rate of some days of a period, as an equal installment is worked out with it. */
export interface NotedRate {
  readonly from: Day;
  readonly to: Day;
  readonly perYear: Decimal;
  readonly share: YearShare;
  readonly factor: Decimal;
}

/**
 * How installments came to be planned as they are: written down only for a model that somebody wants explained.
 * Installments are named by their due dates. Amounts in minor units.
 */
export type PlanNote =
  /** Equal installments for a balance, over periods with rates of their own; a balloon is left for the last. */
  (
    | {
        readonly kind: 'equal';
        readonly dues: readonly Day[];
        readonly balance: bigint;
        readonly balloon: bigint;
        /** Of each period in turn; none where it bears no interest. */
        readonly rates: readonly (readonly NotedRate[])[];
        /** Interest that follows from no days: spread evenly on top. */
        readonly spread: bigint;
        readonly amount: bigint;
      }
    /** The same share of a sum for each; `what` is shared out. */
    | {
        readonly kind: 'even';
        readonly what: 'principal' | 'principal-and-interest';
        readonly dues: readonly Day[];
        readonly sum: bigint;
        readonly amount: bigint;
      }
    /** The difference of the last installment is spread over so many. */
    | {
        readonly kind: 'smoothed';
        readonly dues: readonly Day[];
        readonly difference: bigint;
        readonly count: number;
        readonly from: bigint;
        readonly to: bigint;
      }
  ) & {
    /** Of one payout among several with a term of their own: the installments of all of them add up. */
    readonly isOnTop?: true;
  };
