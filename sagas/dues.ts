import { addDays, refuse, startOf } from '../domain/kernel';
import { nextDeadline, type Sagas } from '../platform/processing';
import type { ReadStore } from '../platform/read-store';
import type { DayStep } from './day-step';

/** The deadlines of the sagas, whichever processes they run in. */
export interface Deadlines {
  /** Has everything handled here that is due by an instant, and what follows from it; how many there were. */
  passThrough(epochMs: number, between?: () => Promise<void>): Promise<number>;
  /** When the next one of a saga is due that nobody has handled, in milliseconds since 1970. */
  next(saga: string): Promise<number | undefined>;
}

/** Those of the sagas that run here are handled here; what others have not handled is seen in the shared store. */
export const deadlinesOf = (sagas: Pick<Sagas, 'passThrough'>, store: ReadStore): Deadlines => ({
  passThrough: (epochMs, between) => sagas.passThrough(epochMs, between),
  next: (saga) => nextDeadline(store, saga),
});

/** The saga that wakes a loan on every day on which something happens to it. */
const AGING = 'servicing';

/**
 * What time brings by the end of a date: installments fall due, arrears grow older, penalties are charged; offers
 * expire. Each loan has a deadline on the next day on which there is something to do, so the others are not looked at.
 */
export const dues = (deadlines: Deadlines): DayStep => ({
  name: 'dues',
  work: async (date, between) => {
    const end = Date.parse(startOf(addDays(date, 1))) - 1;
    const done = await deadlines.passThrough(end, between);
    const next = await deadlines.next(AGING);
    if (next === undefined || next > end) return { done };
    return {
      done,
      refusal: refuse('DAY_UNFINISHED', `a loan is to be aged that was due on ${new Date(next).toISOString()}`),
    };
  },
});
