import { businessCalendar } from '../calendar';
import {
  add,
  assert,
  businessDateAt,
  compareMoney,
  epochDay,
  type Instant,
  type Money,
  minMoney,
  parseMoney,
  startOf,
} from '../kernel';
import { type ChannelFacts, EXCLUSIONS, type Exclusion, type RoutedMovement } from './routing';
import type { ChannelTerms } from './terms';

const MINUTE_MS = 60_000;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether the channel works at this instant, in the house's time zone. */
const isOpen = ({ calendar: id, days, opens, closes }: ChannelTerms['hours'], at: Instant): boolean => {
  const ms = Date.parse(at);
  const date = businessDateAt(ms);
  if (days === 'business-days') {
    const calendar = businessCalendar(id);
    assert(calendar !== undefined, () => `there is no calendar ${id}`);
    if (!calendar.isBusinessDay(epochDay(date))) return false;
  }
  const minute = Math.floor((ms - Date.parse(startOf(date))) / MINUTE_MS);
  return minuteOf(opens) <= minute && minute < minuteOf(closes);
};

/** A channel that has never told of itself is not judged by its silence. */
const isSilent = ({ heartbeat }: ChannelFacts, at: Instant): boolean =>
  heartbeat !== undefined && (!heartbeat.available || heartbeat.expiresAt <= at);

/** What the channel would move: of a debit that may be partial no more than it takes at once. One currency. */
export const takenBy = ({ abilities, limits }: ChannelTerms, { kind, mayBePartial, amount }: RoutedMovement): Money => {
  const asked = parseMoney(amount);
  const takesLess = kind === 'debit' && mayBePartial && abilities.includes('partial-debit');
  return takesLess ? minMoney(asked, parseMoney(limits.most)) : asked;
};

/** All that rules the channel out, in the order of {@link EXCLUSIONS}. Amounts are whole minor units: exact. */
export const exclusionsOf = (facts: ChannelFacts, movement: RoutedMovement): readonly Exclusion[] => {
  const { status, terms, heartbeat } = facts;
  const { kind, bank, at } = movement;
  const holds: Partial<Record<Exclusion, boolean>> = {
    NOT_IN_SERVICE: status === 'suspended' || status === 'retired',
    DEGRADED: status === 'degraded',
    SILENT: isSilent(facts, at),
    CANNOT_DO: !terms.abilities.includes(kind),
    OTHER_CURRENCY: terms.currency !== movement.amount.currency,
    BANK_NOT_SERVED: terms.banks !== undefined && !terms.banks.includes(bank),
    CLOSED: !isOpen(terms.hours, at),
    REFUSED_BEFORE: movement.refusedBy.includes(facts.channel),
  };
  if (holds.OTHER_CURRENCY !== true) {
    const amount = takenBy(terms, movement);
    const { least, most, perDay } = terms.limits;
    holds.BELOW_LEAST = compareMoney(amount, parseMoney(least)) < 0;
    holds.ABOVE_MOST = compareMoney(amount, parseMoney(most)) > 0;
    holds.OVER_DAY_LIMIT = compareMoney(add(parseMoney(facts.usedToday), amount), parseMoney(perDay)) > 0;
    const { balance } = heartbeat ?? {};
    holds.BALANCE_TOO_LOW = kind === 'payout' && balance !== undefined && compareMoney(parseMoney(balance), amount) < 0;
  }
  return EXCLUSIONS.filter((exclusion) => holds[exclusion]);
};
