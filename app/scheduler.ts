import type { DependencyContainer } from 'tsyringe';
import { addDays, businessDateAt } from '../domain/kernel';
import type { Led } from '../platform/lease';
import type { Timer } from '../platform/runtime';
import { closeDaysThrough } from './closings';
import { TOKENS, the } from './tokens';

/** How often to look whether a business date has ended. */
const LOOK_MS = 60_000;

/** How long after midnight a date is closed: statements of the day before are out by then. */
const CLOSES_AFTER_MS = 3_600_000;

/**
 * Closes every business date that has ended, those included that were missed while nobody was there. Closing twice
 * changes nothing, so two schedulers at once do no harm.
 */
export const scheduledClosings = (container: DependencyContainer): Led => {
  const clock = the(container, TOKENS.clock);
  const timers = the(container, TOKENS.timers);
  const logger = the(container, TOKENS.logger);
  let timer: Timer | undefined;
  let ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let closed = '';

  const look = async (): Promise<void> => {
    const yesterday = addDays(businessDateAt(clock.now() - CLOSES_AFTER_MS), -1);
    if (yesterday === closed) return;
    const { signal } = ending;
    try {
      const closings = await closeDaysThrough(container, yesterday, { signal });
      for (const closing of closings) logger.info({ closing }, 'a business date was closed');
      if (closings.every(({ unavailable }) => unavailable.length === 0)) closed = yesterday;
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error }, 'a business date could not be closed; it will be tried again');
    }
  };

  const tick = (): void => {
    running = look().then(() => {
      if (timer) timer = timers.after(LOOK_MS, tick);
    });
  };
  return {
    start: async () => {
      ending = new AbortController();
      timer = timers.after(0, tick);
    },
    stop: async () => {
      timer?.cancel();
      timer = undefined;
      ending.abort();
      await running;
    },
  };
};
