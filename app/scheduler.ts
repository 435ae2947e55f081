import type { DependencyContainer } from 'tsyringe';
import { addDays, businessDateAt } from '../domain/kernel';
import type { Led } from '../platform/lease';
import { closeDaysThrough } from './closings';
import { regularly } from './regularly';
import { TOKENS, the } from './tokens';

/** How often to look whether a business date has ended. */
const LOOK_MS = 60_000;

/** How long after midnight a date is closed: statements of the day before are out by then. */
const CLOSES_AFTER_MS = 3_600_000;

/** Debits are ordered from this long after midnight on: banks are awake, and the day is long enough to try again. */
const DEBITS_AFTER_MS = 8 * 3_600_000;

/**
 * Orders the debits of every business date that has begun, and announces those to come. A date is gone through once;
 * after a restart once more, which changes nothing, and neither do two schedulers at once.
 */
export const scheduledDebits = (container: DependencyContainer): Led => {
  const clock = the(container, TOKENS.clock);
  const logger = the(container, TOKENS.logger);
  const debits = the(container, TOKENS.debitRun);
  let done = '';

  const look = async (): Promise<void> => {
    const today = businessDateAt(clock.now() - DEBITS_AFTER_MS);
    if (today === done) return;
    try {
      logger.info({ debits: await debits.run(today) }, 'the debits of a business date were ordered');
      done = today;
    } catch (error) {
      logger.error({ err: error }, 'debits could not be ordered; it will be tried again');
    }
  };
  return regularly(the(container, TOKENS.timers), LOOK_MS, look);
};

/**
 * Closes every business date that has ended, those included that were missed while nobody was there. Closing twice
 * changes nothing, so two schedulers at once do no harm.
 */
export const scheduledClosings = (container: DependencyContainer): Led => {
  const clock = the(container, TOKENS.clock);
  const timers = the(container, TOKENS.timers);
  const logger = the(container, TOKENS.logger);
  let closed = '';

  const look = async (signal: AbortSignal): Promise<void> => {
    const yesterday = addDays(businessDateAt(clock.now() - CLOSES_AFTER_MS), -1);
    if (yesterday === closed) return;
    try {
      const closings = await closeDaysThrough(container, yesterday, { signal });
      for (const closing of closings) logger.info({ closing }, 'a business date was closed');
      if (closings.every(({ unavailable }) => unavailable.length === 0)) closed = yesterday;
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error }, 'a business date could not be closed; it will be tried again');
    }
  };

  return regularly(timers, LOOK_MS, look);
};
