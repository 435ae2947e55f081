import { z } from 'zod';
import { type BusinessDate, businessDateSchema } from '../kernel';
import cn2026 from './calendars/cn-2026.1.json';
import target2002 from './calendars/target-2002.1.json';
import us2021 from './calendars/us-2021.1.json';
import { type Day, dayOf, weekdayOf } from './day';
import { holidayRuleSchema, ruledHolidays, weekdaySchema } from './holiday-rules';

/**
 * A calendar of business days as data. Calendars are never changed, only added to under a new version: a contract
 * names the version it was made with, and next year's notice does not move its dates.
 */
export const calendarDataSchema = z.strictObject({
  name: z.string().regex(/^[A-Z]{2,12}$/),
  version: z.string().regex(/^\d{4}\.\d+$/),
  title: z.string(),
  weekend: z.array(weekdaySchema).max(6),
  /**
   * The span whose holidays are all listed below, as published. Outside it the calendar knows its weekends and rules
   * only. Absent: the rules are all there is, and hold until further notice.
   */
  published: z.strictObject({ from: businessDateSchema, through: businessDateSchema }).optional(),
  /** Holidays by rule; inside the published span the list alone counts. */
  rules: z.array(holidayRuleSchema),
  holidays: z.array(businessDateSchema),
  /** Days of a weekend that are worked (调休). */
  workingWeekends: z.array(businessDateSchema),
  sources: z.array(z.string()).min(1),
});

export type CalendarData = Readonly<z.infer<typeof calendarDataSchema>>;

export interface BusinessCalendar {
  /** Name and version, "CN@2026.1": what a contract states. */
  readonly id: string;
  readonly isBusinessDay: (day: Day) => boolean;
  /** A public holiday, be it on a weekend or not. */
  readonly isHoliday: (day: Day) => boolean;
  /** The last day whose holidays are published; absent where rules say all there is. */
  readonly knownThrough?: BusinessDate;
  /** False on days outside the published span: there only weekends and fixed holidays are known. */
  readonly isKnown: (day: Day) => boolean;
}

/** A calendar to ask, made from its data. */
export const compileCalendar = (data: CalendarData): BusinessCalendar => {
  const holidays = new Set(data.holidays.map(dayOf));
  const working = new Set(data.workingWeekends.map(dayOf));
  const isWeekend = Array.from({ length: 8 }, (_, weekday) => data.weekend.includes(weekday));
  const isRuled = ruledHolidays(data.rules);
  const span = data.published && { from: dayOf(data.published.from), through: dayOf(data.published.through) };
  const isListed = (day: Day): boolean => span !== undefined && span.from <= day && day <= span.through;
  const isWorked = (day: Day): boolean => {
    if (working.has(day)) return true;
    if (isWeekend[weekdayOf(day)] === true || holidays.has(day)) return false;
    return isListed(day) || !isRuled(day);
  };
  return {
    id: `${data.name}@${data.version}`,
    isBusinessDay: tabled(isWorked),
    isHoliday: (day) => holidays.has(day) || (!isListed(day) && isRuled(day)),
    ...(data.published && { knownThrough: data.published.through }),
    isKnown: (day) => span === undefined || isListed(day),
  };
};

/** What is asked of days, looked up in a table: each stretch of it is filled when it is first asked for. */
const tabled = (holds: (day: Day) => boolean): ((day: Day) => boolean) => {
  const stretches = new Map<number, Uint8Array>();
  let latest = NO_STRETCH;
  let table: Uint8Array = new Uint8Array(0);
  return (day) => {
    const stretch = day >> STRETCH_BITS;
    if (stretch !== latest) {
      const first = stretch << STRETCH_BITS;
      table = stretches.get(stretch) ?? Uint8Array.from({ length: STRETCH }, (_, at) => (holds(first + at) ? 1 : 0));
      stretches.set(stretch, table);
      latest = stretch;
    }
    return table[day & (STRETCH - 1)] === 1;
  };
};

/** Some eleven years. */
const STRETCH_BITS = 12;
const STRETCH = 2 ** STRETCH_BITS;
/** No day of the calendar is so early. */
const NO_STRETCH = -STRETCH;

/** Every calendar the house knows, in all versions that a contract may name. */
const PUBLISHED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['CN@2026.1', cn2026],
  ['TARGET@2002.1', target2002],
  ['US@2021.1', us2021],
]);

export const CALENDAR_IDS: readonly string[] = [...PUBLISHED.keys()];

const compiled = new Map<string, BusinessCalendar>();

/** The calendar of that name and version ("CN@2026.1"), or undefined when there is none. */
export const businessCalendar = (id: string): BusinessCalendar | undefined => {
  const known = compiled.get(id);
  if (known !== undefined) return known;
  const data = PUBLISHED.get(id);
  if (data === undefined) return undefined;
  const calendar = compileCalendar(calendarDataSchema.parse(data));
  compiled.set(id, calendar);
  return calendar;
};
