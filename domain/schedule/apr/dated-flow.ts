import type { BusinessDate } from '../../kernel';

/** Money that changes hands on a day. */
export interface DatedFlow {
  readonly on: BusinessDate;
  /** Minor units; above zero for what the borrower gets (an advance), below zero for what the borrower pays. */
  readonly cash: bigint;
}
