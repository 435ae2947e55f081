import type { Command } from 'commander';
import { addDays, type BusinessDate, businessDateAt } from '../../domain/kernel';
import type { Config } from '../../platform/config';
import type { Closing, StepTaken } from '../../sagas';
import { closeDaysThrough } from '../closings';
import { type House, openHouse } from '../house';
import { TOKENS, the } from '../tokens';
import { type CommonOptions, configOf } from './environment';
import { day } from './moments';
import { note, say, sayJson } from './output';

interface CloseDayOptions extends CommonOptions {
  readonly date?: BusinessDate;
  readonly json?: boolean;
}

/** Ended without an error, but a date could not be closed. */
const NOT_CLOSED = 2;

/** Adds `close-day`: all that is done at the end of a business date, for those that were missed before it too. */
export const addCloseDay = (program: Command): void => {
  program
    .command('close-day')
    .description('close a business date that is over, and first those before it that were missed')
    .option('--date <date>', 'business date to close (default: yesterday)', day)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
What is due by the end of the date (installments, arrears, penalties, expired offers), the interest earned, then
the statements of all channels and the custody bank. Closing a date again changes nothing; killed on the way, the same
command goes on where it was. On embedded stores it needs the house stopped; elsewhere it waits until no other process
closes a date.

It ends with 0 when every date is closed, with ${NOT_CLOSED} when one could not be (the reason is told), with 1 on a fault.`,
    )
    .action(closeDay);
};

const closeDay = async ({ date: asked, json, ...options }: CloseDayOptions): Promise<void> => {
  const config = alone(configOf(options, { USANCE_LOG_LEVEL: 'error' }));
  const house = await openHouse({ config, drivenFromOutside: true });
  try {
    const today = businessDateAt(the(house.container, TOKENS.clock).now());
    const date = asked ?? addDays(today, -1);
    if (date >= today) throw new Error(`${date} is not over: today is ${today}`);
    const { closings, steps } = await closed(house, date);
    const off = closings.find(({ unavailable, refusal }) => unavailable.length > 0 || refusal !== undefined);
    if (off) process.exitCode = NOT_CLOSED;
    if (json) sayJson({ date, closed: off === undefined, days: closings.map((each) => told(each, steps)) });
    else if (closings.length === 0) say(`${date} was closed before`);
    else for (const each of closings) say(lineOf(each, steps));
  } finally {
    await house.close();
  }
};

/**
 * The house that closes a day. Embedded, this process is all of it: its processes and read models go on with what the
 * day brings. Elsewhere other processes are there for that.
 */
const alone = (config: Config): Config => {
  if (config.EVENT_STORE_URL) return { ...config, USANCE_ROLES: [] };
  const partners = config.USANCE_SANDBOX_URLS ? [] : (['sandbox'] as const);
  return { ...config, USANCE_ROLES: ['projections', 'sagas', ...partners] };
};

const closed = async ({ container }: House, date: BusinessDate) => {
  const steps: StepTaken[] = [];
  const taken = (step: StepTaken): void => {
    steps.push(step);
    if (process.stderr.isTTY) note(`${step.date}: ${step.step} ${step.done}`);
  };
  const ending = new AbortController();
  const end = (): void => ending.abort(new Error('told to end: what is left is done by the same command'));
  process.once('SIGINT', end).once('SIGTERM', end);
  const onWaiting = (): void => note('another process is closing a date: waiting until it has');
  try {
    const closings = await closeDaysThrough(container, date, { signal: ending.signal, taken, onWaiting });
    await the(container, TOKENS.sagas).idle();
    return { closings, steps };
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
};

const doneOn = ({ date }: Closing, steps: readonly StepTaken[]): Readonly<Record<string, number>> =>
  Object.fromEntries(steps.filter((step) => step.date === date).map(({ step, done }) => [step, done]));

const told = (closing: Closing, steps: readonly StepTaken[]) => ({ ...closing, done: doneOn(closing, steps) });

const lineOf = (closing: Closing, steps: readonly StepTaken[]): string => {
  const { date, unavailable, opened, explained, refusal } = closing;
  const done = Object.entries(doneOn(closing, steps)).map(([step, count]) => `${step} ${count}`);
  const breaks = [`breaks opened ${opened}`, `explained ${explained}`];
  const why = [
    ...(refusal ? [`${refusal.code}: ${refusal.detail}`] : []),
    ...unavailable.map((who) => `${who} is missing`),
  ];
  const outcome = why.length > 0 ? `not closed (${why.join('; ')})` : 'closed';
  return [`${date} ${outcome}`, ...done, ...breaks].join(', ');
};
