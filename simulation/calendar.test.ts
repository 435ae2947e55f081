import fc from 'fast-check';
import { businessDate, businessDateAt, fromEpochDay, instantAt, weekday } from '../domain/kernel';
import { firstOpenDay, hourOf, isOpenOn, nextOpenDay, openDaysFrom, openOnOrAfter, openOnOrBefore } from './calendar';

const FRIDAY = businessDate('2026-11-20');
const SATURDAY = businessDate('2026-11-21');
const MONDAY = businessDate('2026-11-23');

describe('the open days', () => {
  test('are Monday to Friday', () => {
    expect([isOpenOn(FRIDAY), isOpenOn(SATURDAY), isOpenOn(MONDAY)]).toEqual([true, false, true]);
    expect([openOnOrAfter(SATURDAY), openOnOrAfter(FRIDAY)]).toEqual([MONDAY, FRIDAY]);
    expect([openOnOrBefore(businessDate('2026-11-22')), openOnOrBefore(MONDAY)]).toEqual([FRIDAY, MONDAY]);
    expect(nextOpenDay(FRIDAY)).toBe(MONDAY);
  });

  test('so many of them end on the day that was wished for, or the open day before it', () => {
    expect(firstOpenDay(SATURDAY, 1)).toBe(FRIDAY);
    expect(firstOpenDay(MONDAY, 2)).toBe(FRIDAY);
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 200 }), (day, count) => {
        const last = fromEpochDay(day);
        const days = openDaysFrom(firstOpenDay(last, count), count);
        expect(days).toHaveLength(count);
        expect(days.every((open) => weekday(open) <= 5)).toBe(true);
        expect(days.at(-1)).toBe(openOnOrBefore(last));
      }),
    );
  });

  test('an hour of a day is China time', () => {
    expect(instantAt(hourOf(MONDAY, 9))).toBe('2026-11-23T01:00:00.000Z');
    expect(businessDateAt(hourOf(MONDAY, 0))).toBe(MONDAY);
  });
});
