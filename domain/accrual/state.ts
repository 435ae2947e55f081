import type { BusinessDate, MoneyText } from '../kernel';
import type { AccrualEvent, Accrued } from './events';

/** The register of one product and currency, as it stands after its last business date. */
export type AccrualState =
  | { readonly status: 'none' }
  | {
      readonly status: 'kept';
      readonly date: BusinessDate;
      readonly accrued: Accrued;
      /** How far in the log it knew of what had happened. */
      readonly through: string;
    };

export const noAccrual: AccrualState = { status: 'none' };

export const evolve = (_state: AccrualState, { data }: AccrualEvent): AccrualState => ({
  status: 'kept',
  date: data.valueDate,
  accrued: data.accrued,
  through: data.through,
});

/** What is in the books of a register after its last date. */
export const accruedIn = (state: AccrualState, nothing: MoneyText): Accrued =>
  state.status === 'kept' ? state.accrued : { accrued: nothing, suspended: nothing };
