import { businessCalendar } from '../../calendar';
import { assert, parseMoney, parseRate } from '../../kernel';
import { currencyAt, type ItemTable } from './item-table';
import type { Rule } from './rules';

/** Whether one rule lets amounts and dates pass, compiled for the days at hand. */
export interface Agreement {
  readonly sameStatus: boolean;
  /** The most that ours may be above theirs, in minor units. */
  readonly mostFee: (ours: bigint, currency: number) => bigint;
  /** −1: theirs is dated too early for ours, 1: too late, 0: in the window. */
  readonly dated: (ours: number, theirs: number) => -1 | 0 | 1;
}

/** Counts days as a rule says; the first and last day that will be asked about are known. */
export interface Days {
  readonly calendar: string;
  readonly first: number;
  readonly last: number;
}

/** The first and the last day of several tables. */
export const spanOf = (tables: readonly ItemTable[]): Pick<Days, 'first' | 'last'> => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { days, length } of tables) {
    for (let at = 0; at < length; at += 1) {
      const day = days[at] ?? 0;
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  return first > last ? { first: 0, last: 0 } : { first, last };
};

export const agreementOf = ({ amount, dates, status }: Rule, days: Days): Agreement => {
  const distance = dates.count === 'calendar-days' ? calendarDays : businessDaysOf(days);
  return {
    sameStatus: status === 'same',
    mostFee: feeOf(amount),
    dated: (ours, theirs) => {
      const later = distance(ours, theirs);
      if (later < -dates.before) return -1;
      return later > dates.after ? 1 : 0;
    },
  };
};

const calendarDays = (from: number, to: number): number => to - from;

/** Business days from one day to another: a day off counts as the business day before it. */
const businessDaysOf = ({ calendar: id, first, last }: Days): ((from: number, to: number) => number) => {
  const calendar = businessCalendar(id);
  assert(calendar !== undefined, `no calendar ${id}`);
  const ordinals = new Int32Array(last - first + 1);
  let ordinal = 0;
  for (let day = first; day <= last; day += 1) {
    if (calendar.isBusinessDay(day)) ordinal += 1;
    ordinals[day - first] = ordinal;
  }
  return (from, to) => (ordinals[to - first] ?? 0) - (ordinals[from - first] ?? 0);
};

const NO_FEE = (): bigint => 0n;

const feeOf = (amount: Rule['amount']): Agreement['mostFee'] => {
  if (amount.within === 'exact') return NO_FEE;
  const flat = amount.flat && parseMoney(amount.flat);
  const { numerator, denominator } = parseRate(amount.share ?? '0');
  return (ours, currency) => {
    const size = ours < 0n ? -ours : ours;
    const fixed = flat !== undefined && flat.currency === currencyAt(currency) ? flat.minor : 0n;
    return fixed + (size * numerator) / denominator;
  };
};
