import {
  addDays,
  type BusinessDate,
  businessDateAt,
  civilOf,
  daysInMonth,
  epochDay,
  type Instant,
  instantAt,
  startOf,
  unreachable,
} from '../kernel';
import type { RefusalClass, RetryPolicy } from './retry-policy';

/** A debit that was refused, and how often that has happened for its due date, this time included. */
export interface RefusedDebit {
  readonly kind: RefusalClass;
  readonly dueDate: BusinessDate;
  readonly at: Instant;
  readonly noFunds: number;
  readonly technical: number;
  /** Days of the month on which the borrower is paid; 31 is the last of any month. */
  readonly payDays: readonly number[];
}

const MINUTE_MS = 60_000;

/** The instant of a time of day, "18:00", on a business date. */
const instantOf = (date: BusinessDate, time: string): number =>
  Date.parse(startOf(date)) + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;

/** What kind of a no a channel's reason is. */
export const classOf = ({ reasons, otherwise }: RetryPolicy, reason: string): RefusalClass =>
  Object.hasOwn(reasons, reason) ? (reasons[reason] ?? otherwise) : otherwise;

/** When a debit that was refused is tried again; undefined when it is not. */
export const retryAt = (policy: RetryPolicy, refused: RefusedDebit): Instant | undefined => {
  switch (refused.kind) {
    case 'no-funds':
      return whenThereMayBeMoney(policy, refused);
    case 'technical': {
      const wait = policy.technical.afterSeconds[refused.technical - 1];
      return wait === undefined ? undefined : instantAt(Date.parse(refused.at) + wait * 1_000);
    }
    case 'closed':
      return undefined;
    default:
      return unreachable(refused.kind);
  }
};

const whenThereMayBeMoney = ({ noFunds }: RetryPolicy, refused: RefusedDebit): Instant | undefined => {
  if (refused.noFunds >= noFunds.most) return undefined;
  const now = Date.parse(refused.at);
  const today = businessDateAt(now);
  const later = instantOf(today, noFunds.laterTheSameDay);
  if (now < later) return instantAt(later);
  const last = addDays(refused.dueDate, noFunds.withinDays);
  const next = nextPayDay(today, refused.payDays, noFunds.withoutPayDaysEvery);
  return next > last ? undefined : instantAt(instantOf(next, noFunds.onPayDaysAt));
};

/** The first pay day after a day. */
const nextPayDay = (after: BusinessDate, payDays: readonly number[], every: number): BusinessDate => {
  if (payDays.length === 0) return addDays(after, every);
  let date = addDays(after, 1);
  while (!isPayDay(date, payDays)) date = addDays(date, 1);
  return date;
};

/** A month that is too short for a pay day has it on its last day. */
const isPayDay = (date: BusinessDate, payDays: readonly number[]): boolean => {
  const { year, month, day } = civilOf(epochDay(date));
  const last = daysInMonth(year, month);
  return payDays.some((payDay) => Math.min(payDay, last) === day);
};
