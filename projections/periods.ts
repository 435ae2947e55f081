import type { BusinessDate } from '../domain/kernel';
import type { HouseProjection } from './house-projection';

/** A closed accounting period. */
interface PeriodDoc {
  /** The last date of the period before; absent: the books from their beginning. */
  readonly after?: BusinessDate;
  readonly through: BusinessDate;
  readonly closedOn: BusinessDate;
  readonly closedBy: { readonly kind: string; readonly id: string };
}

/** The periods that are closed, by their last date. What lies after the last of them is open. */
export const periods: HouseProjection<PeriodDoc> = {
  name: 'periods',
  version: 1,
  categories: ['period'],
  indexes: { byThrough: ({ through }) => [through] },
  keys: (event) => (event.type === 'PeriodClosed' ? [event.data.through] : []),
  fold: (doc, event) => {
    if (event.type !== 'PeriodClosed') return doc;
    const { after, through, closedOn } = event.data;
    return { ...(after !== undefined && { after }), through, closedOn, closedBy: event.meta.actor };
  },
};
