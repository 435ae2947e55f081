import { businessDate } from '../kernel';
import {
  type Adjustment,
  adjustDay,
  businessCalendar,
  CALENDAR_IDS,
  type CalendarData,
  calendarDataSchema,
  compileCalendar,
  dateOf,
  dayOf,
  weekdayOf,
} from '.';
import cn from './calendars/cn-2026.1.json';
import { easterSunday } from './holiday-rules';

const at = (text: string): number => dayOf(businessDate(text));

const calendar = (id: string) => {
  const found = businessCalendar(id);
  if (found === undefined) throw new Error(`no calendar ${id}`);
  return found;
};

const closedOn = (id: string, year: number): readonly string[] => {
  const days = Array.from({ length: at(`${year + 1}-01-01`) - at(`${year}-01-01`) }, (_, n) => at(`${year}-01-01`) + n);
  return days
    .filter((day) => weekdayOf(day) <= 5 && !calendar(id).isBusinessDay(day))
    .map((day) => dateOf(day).slice(5));
};

describe('the calendar of the PRC', () => {
  const prc = calendar('CN@2026.1');

  it('has the holidays and the working weekends of the notice for 2026', () => {
    expect(closedOn('CN@2026.1', 2026)).toEqual([
      ...['01-01', '01-02', '02-16', '02-17', '02-18', '02-19', '02-20', '02-23', '04-06', '05-01', '05-04', '05-05'],
      ...['06-19', '09-25', '10-01', '10-02', '10-05', '10-06', '10-07'],
    ]);
    const worked = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    expect(worked.every((date) => prc.isBusinessDay(at(date)))).toBe(true);
    expect(prc.isBusinessDay(at('2026-01-10'))).toBe(false);
  });

  it('moves working days as the notices say, and no others', () => {
    expect(cn.workingWeekends.every((date) => weekdayOf(at(date)) >= 6)).toBe(true);
    expect(cn.workingWeekends.filter((date) => cn.holidays.includes(date))).toEqual([]);
    const { from, through } = cn.published;
    expect([...cn.holidays, ...cn.workingWeekends].every((date) => from <= date && date <= through)).toBe(true);
    expect([...cn.holidays]).toEqual([...cn.holidays].sort());
  });

  it('says how far it knows, and keeps to weekends and fixed holidays beyond', () => {
    expect(prc.knownThrough).toBe('2026-12-31');
    expect([prc.isKnown(at('2026-12-31')), prc.isKnown(at('2027-01-01')), prc.isKnown(at('2014-12-31'))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(closedOn('CN@2026.1', 2027)).toEqual(['01-01', '10-01']);
    expect(closedOn('CN@2026.1', 2028)).toEqual(['05-01', '05-02', '10-02', '10-03']);
  });
});

describe('calendars by rule', () => {
  it('TARGET closes on six days, where they are no weekend', () => {
    expect(closedOn('TARGET@2002.1', 2026)).toEqual(['01-01', '04-03', '04-06', '05-01', '12-25']);
    expect(closedOn('TARGET@2002.1', 2024)).toEqual(['01-01', '03-29', '04-01', '05-01', '12-25', '12-26']);
    expect(calendar('TARGET@2002.1').knownThrough).toBeUndefined();
    expect(calendar('TARGET@2002.1').isKnown(at('2099-01-01'))).toBe(true);
  });

  it('the US federal one keeps Saturdays on the Friday before and Sundays on the Monday after', () => {
    expect(closedOn('US@2021.1', 2026)).toEqual([
      ...['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'],
    ]);
    // 1 January 2022 was a Saturday: kept on the last day of 2021. Juneteenth fell on a Sunday in 2022.
    expect(closedOn('US@2021.1', 2021)).toEqual(expect.arrayContaining(['06-18', '07-05', '12-24', '12-31']));
    expect(closedOn('US@2021.1', 2022)).toEqual(expect.arrayContaining(['06-20', '12-26']));
    expect(closedOn('US@2021.1', 2020)).not.toContain('06-19');
  });

  it.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2025, '2025-04-20'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter of %d is %s', (year, date) => expect(dateOf(easterSunday(year))).toBe(date));
});

describe('a business calendar', () => {
  it('is named with its version, and every one of them reads', () => {
    expect(CALENDAR_IDS.map((id) => calendar(id).id)).toEqual(CALENDAR_IDS);
    expect(businessCalendar('CN@1999.1')).toBeUndefined();
  });

  it('can be made from data of one’s own', () => {
    const data: CalendarData = calendarDataSchema.parse({
      name: 'HOUSE',
      version: '2026.1',
      title: 'Fridays and Saturdays off',
      weekend: [5, 6],
      rules: [{ kind: 'nth-weekday', month: 5, weekday: 1, nth: 'last', until: 2026 }],
      holidays: ['2026-03-03'],
      workingWeekends: ['2026-03-06'],
      sources: ['the house'],
    });
    const own = compileCalendar(data);
    const dates = ['2026-03-03', '2026-03-06', '2026-03-13', '2026-03-15', '2026-05-25', '2027-05-31'];
    expect(dates.map((date) => own.isBusinessDay(at(date)))).toEqual([false, true, false, true, false, true]);
  });
});

describe('moving a date to a business day', () => {
  it.each<[Adjustment, string, string]>([
    ['none', '2026-02-17', '2026-02-17'],
    ['following', '2026-02-17', '2026-02-24'],
    ['preceding', '2026-02-17', '2026-02-14'],
    ['modified-following', '2026-02-17', '2026-02-24'],
    // A Saturday at a month's end; 28 February 2026 is a Saturday that is worked.
    ['following', '2026-10-31', '2026-11-02'],
    ['modified-following', '2026-10-31', '2026-10-30'],
    ['following', '2026-02-28', '2026-02-28'],
    ['preceding', '2026-10-01', '2026-09-30'],
  ])('%s takes %s to %s', (adjustment, from, to) => {
    expect(dateOf(adjustDay(at(from), calendar('CN@2026.1'), adjustment))).toBe(to);
  });
});
