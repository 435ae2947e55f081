import { parseNumber } from './element';

/** A value of a field. Dates and times are numbers, in the unit of their type; undefined is a missing value. */
export type Value = number | string | boolean | undefined;

/** The data types of the standard; the families with an origin carry its year. */
export type DataType =
  | { readonly kind: 'string' | 'integer' | 'float' | 'double' | 'boolean' | 'date' | 'time' | 'dateTime' }
  | { readonly kind: 'timeSeconds' }
  | { readonly kind: 'daysSince' | 'secondsSince'; readonly year: number };

export const STRING: DataType = { kind: 'string' };
export const INTEGER: DataType = { kind: 'integer' };
export const FLOAT: DataType = { kind: 'float' };
export const DOUBLE: DataType = { kind: 'double' };
export const BOOLEAN: DataType = { kind: 'boolean' };

const SIMPLE: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['string', STRING],
  ['integer', INTEGER],
  ['float', FLOAT],
  ['double', DOUBLE],
  ['boolean', BOOLEAN],
  ['date', { kind: 'date' }],
  ['time', { kind: 'time' }],
  ['dateTime', { kind: 'dateTime' }],
  ['timeSeconds', { kind: 'timeSeconds' }],
]);
const SINCE = /^(date|dateTime)(Days|Seconds)Since\[(\d{1,4})\]$/;

/** The type that a document names; undefined where there is none of this name. */
export const dataTypeOf = (name: string): DataType | undefined => {
  const simple = SIMPLE.get(name);
  if (simple !== undefined) return simple;
  const [, , unit, year] = SINCE.exec(name) ?? [];
  if (unit === undefined) return undefined;
  return { kind: unit === 'Days' ? 'daysSince' : 'secondsSince', year: Number(year) };
};

export const isNumeric = ({ kind }: DataType): boolean => kind === 'integer' || kind === 'float' || kind === 'double';

const SECONDS_OF_DAY = 86_400;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/;

/** Days since 1970 of a day of the proleptic Gregorian calendar; the standard's year 0 is the year before year 1. */
export const dayNumber = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

/** The day of a number of days since 1970: the inverse of `dayNumber`. */
export const dayOf = (days: number): { readonly year: number; readonly month: number; readonly day: number } => {
  const shifted = Math.floor(days) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const civil = month < 10 ? month + 3 : month - 9;
  const year = yearOfEra + era * 400 + (civil <= 2 ? 1 : 0);
  return { year, month: civil, day: dayOfYear - Math.floor((153 * month + 2) / 5) + 1 };
};

const parseDate = (text: string): number | undefined => {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const days = dayNumber(Number(year), Number(month), Number(day));
  const back = dayOf(days);
  return back.month === Number(month) && back.day === Number(day) ? days : undefined;
};

const parseTime = (text: string): number | undefined => {
  const [, hours, minutes, seconds] = TIME.exec(text) ?? [];
  if (hours === undefined) return undefined;
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
};

const parseDateTime = (text: string): number | undefined => {
  const [date = '', time = '00:00:00'] = text.split(/[T ]/);
  const [days, seconds] = [parseDate(date), parseTime(time.replace(/Z$/, ''))];
  return days === undefined || seconds === undefined ? undefined : days * SECONDS_OF_DAY + seconds;
};

const parseInteger = (text: string): number | undefined => {
  const value = parseNumber(text);
  return value !== undefined && Number.isInteger(value) ? value : undefined;
};

const parseFloat32 = (text: string): number | undefined => {
  const value = parseNumber(text);
  return value === undefined ? undefined : Math.fround(value);
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

const PARSERS: Readonly<Record<DataType['kind'], (text: string, year: number) => Value>> = {
  string: (text) => text,
  integer: parseInteger,
  float: parseFloat32,
  double: parseNumber,
  boolean: (text) => BOOLEANS.get(text.trim().toLowerCase()),
  date: parseDate,
  time: parseTime,
  dateTime: parseDateTime,
  timeSeconds: (text) => parseTime(text) ?? parseNumber(text),
  daysSince: (text, year) => {
    const days = parseDate(text);
    return days === undefined ? parseNumber(text) : days - dayNumber(year, 1, 1);
  },
  secondsSince: (text, year) => {
    const seconds = parseDateTime(text);
    return seconds === undefined ? parseNumber(text) : seconds - dayNumber(year, 1, 1) * SECONDS_OF_DAY;
  },
};

/** Reads a text as a value of this type; undefined where it is none. */
export const parseAs = (type: DataType, text: string): Value =>
  PARSERS[type.kind](text, 'year' in type ? type.year : 0);

const two = (value: number): string => String(value).padStart(2, '0');

const formatDate = (days: number): string => {
  const { year, month, day } = dayOf(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
};

const formatTime = (seconds: number): string =>
  `${two(Math.floor(seconds / 3_600))}:${two(Math.floor((seconds % 3_600) / 60))}:${two(Math.floor(seconds % 60))}`;

/** A number with a fraction type reads "1.0" where it is whole: so do the tools that wrote the document. */
const formatFraction = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);

/** The text of a value of this type. */
export const formatAs = (type: DataType, value: number | string | boolean): string => {
  if (typeof value !== 'number') return String(value);
  switch (type.kind) {
    case 'float':
    case 'double':
      return formatFraction(value);
    case 'date':
      return formatDate(value);
    case 'time':
      return formatTime(value);
    case 'dateTime': {
      const days = Math.floor(value / SECONDS_OF_DAY);
      return `${formatDate(days)}T${formatTime(value - days * SECONDS_OF_DAY)}`;
    }
    default:
      return String(value);
  }
};

const isTemporal = ({ kind }: DataType): boolean => kind === 'date' || kind === 'time' || kind === 'dateTime';

/** A value of one type as a value of another; undefined where there is none, and for a missing value. */
export const cast = (value: Value, from: DataType, to: DataType): Value => {
  if (value === undefined) return undefined;
  if (to.kind === 'string') return formatAs(from, value);
  if (typeof value === 'string') return parseAs(to, value);
  if (to.kind === 'boolean') return typeof value === 'boolean' ? value : BOOLEANS.get(String(value));
  const number = Number(value);
  if (to.kind === 'float') return Math.fround(number);
  if (to.kind === 'integer') return Math.trunc(number);
  if (isTemporal(from) && from.kind !== to.kind) return parseAs(to, formatAs(from, number));
  return number;
};
