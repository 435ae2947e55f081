import { addDays, assert, type BusinessDate, startOf, weekday } from '../domain/kernel';

const HOUR_MS = 3_600_000;
const SATURDAY = 6;

/** The house is open from Monday to Friday; the simulation knows no holidays. */
export const isOpenOn = (date: BusinessDate): boolean => weekday(date) < SATURDAY;

/** The first open day from this day on. */
export const openOnOrAfter = (date: BusinessDate): BusinessDate =>
  isOpenOn(date) ? date : openOnOrAfter(addDays(date, 1));

/** The last open day up to this day. */
export const openOnOrBefore = (date: BusinessDate): BusinessDate =>
  isOpenOn(date) ? date : openOnOrBefore(addDays(date, -1));

export const nextOpenDay = (date: BusinessDate): BusinessDate => openOnOrAfter(addDays(date, 1));

/** So many open days, the first of them on or after a day. */
export const openDaysFrom = (first: BusinessDate, count: number): readonly BusinessDate[] => {
  const days: BusinessDate[] = [];
  for (let day = openOnOrAfter(first); days.length < count; day = nextOpenDay(day)) days.push(day);
  return days;
};

/** The day to start on so that the last of so many open days is `last`, or the open day before it. */
export const firstOpenDay = (last: BusinessDate, count: number): BusinessDate => {
  assert(Number.isInteger(count) && count >= 1, `${count} days`);
  let day = openOnOrBefore(last);
  for (let left = count - 1; left > 0; left--) day = openOnOrBefore(addDays(day, -1));
  return day;
};

/** The instant of a full hour of a day, China time, in milliseconds since 1970-01-01 UTC. */
export const hourOf = (date: BusinessDate, hour: number): number => Date.parse(startOf(date)) + hour * HOUR_MS;
