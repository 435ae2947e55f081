import type { BusinessDate } from '../kernel';
import type { PeriodEvent } from './events';

/** The periods of the books: everything is open, or what lies after a date is. */
export type PeriodState =
  | { readonly status: 'open' }
  | { readonly status: 'closed-through'; readonly through: BusinessDate };

export const allOpen: PeriodState = { status: 'open' };

export const evolve = (_state: PeriodState, { data }: PeriodEvent): PeriodState => ({
  status: 'closed-through',
  through: data.through,
});
