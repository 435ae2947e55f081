import { type DataType, dayNumber, dayOf, type Value } from './data-types';

/** Dates, times and numbers as text, by the conversions of C that the standard names. */

const SECONDS_OF_DAY = 86_400;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Days since 1970, whatever the unit of the value. */
const daysOf = (value: number, type: DataType | undefined): number => {
  switch (type?.kind) {
    case 'dateTime':
      return Math.floor(value / SECONDS_OF_DAY);
    case 'daysSince':
      return value + dayNumber(type.year, 1, 1);
    case 'secondsSince':
      return Math.floor(value / SECONDS_OF_DAY) + dayNumber(type.year, 1, 1);
    default:
      return value;
  }
};

/** Seconds since 1970, whatever the unit of the value. */
const secondsOf = (value: number, type: DataType | undefined): number => {
  switch (type?.kind) {
    case 'dateTime':
      return value;
    case 'secondsSince':
      return value + dayNumber(type.year, 1, 1) * SECONDS_OF_DAY;
    case 'time':
    case 'timeSeconds':
      return value;
    default:
      return daysOf(value, type) * SECONDS_OF_DAY;
  }
};

export const daysSinceYear = (value: Value, type: DataType | undefined, year: Value): Value =>
  daysOf(Number(value), type) - dayNumber(Number(year), 1, 1);

export const secondsSinceYear = (value: Value, type: DataType | undefined, year: Value): Value =>
  secondsOf(Number(value), type) - dayNumber(Number(year), 1, 1) * SECONDS_OF_DAY;

export const secondsSinceMidnight = (value: Value, type: DataType | undefined): Value => {
  const seconds = secondsOf(Number(value), type);
  return seconds - Math.floor(seconds / SECONDS_OF_DAY) * SECONDS_OF_DAY;
};

const padded = (value: number, width = 2): string => String(value).padStart(width, '0');

const CONVERSIONS: Readonly<Record<string, (seconds: number) => string>> = {
  Y: (seconds) => padded(civil(seconds).year, 4),
  y: (seconds) => padded(civil(seconds).year % 100),
  m: (seconds) => padded(civil(seconds).month),
  d: (seconds) => padded(civil(seconds).day),
  e: (seconds) => String(civil(seconds).day).padStart(2),
  j: (seconds) => padded(dayNumberOf(seconds) - dayNumber(civil(seconds).year, 1, 1) + 1, 3),
  A: (seconds) => weekdayOf(seconds),
  a: (seconds) => weekdayOf(seconds).slice(0, 3),
  B: (seconds) => monthOf(seconds),
  b: (seconds) => monthOf(seconds).slice(0, 3),
  H: (seconds) => padded(Math.floor(inDay(seconds) / 3_600)),
  I: (seconds) => padded(((Math.floor(inDay(seconds) / 3_600) + 11) % 12) + 1),
  M: (seconds) => padded(Math.floor((inDay(seconds) % 3_600) / 60)),
  S: (seconds) => padded(Math.floor(inDay(seconds) % 60)),
  p: (seconds) => (inDay(seconds) < SECONDS_OF_DAY / 2 ? 'AM' : 'PM'),
  '%': () => '%',
};
const COMPOSED: Readonly<Record<string, string>> = { D: '%m/%d/%y', F: '%Y-%m-%d', T: '%H:%M:%S', R: '%H:%M' };

const dayNumberOf = (seconds: number): number => Math.floor(seconds / SECONDS_OF_DAY);
const inDay = (seconds: number): number => seconds - dayNumberOf(seconds) * SECONDS_OF_DAY;
const civil = (seconds: number) => dayOf(dayNumberOf(seconds));
const weekdayOf = (seconds: number): string => WEEKDAYS[(((dayNumberOf(seconds) + 4) % 7) + 7) % 7] ?? '';
const monthOf = (seconds: number): string => MONTHS[civil(seconds).month - 1] ?? '';

/** A date or time by a pattern of strftime. A conversion that is not known stands as it is. */
export const formatMoment = (value: Value, type: DataType | undefined, pattern: string): string => {
  const seconds = secondsOf(Number(value), type);
  return pattern
    .replace(/%([DFTR])/g, (_, letter: string) => COMPOSED[letter] ?? '')
    .replace(/%(.)/g, (whole, letter: string) => CONVERSIONS[letter]?.(seconds) ?? whole);
};

const NUMBER_PATTERN = /%([-+0 ]*)(\d*)(?:\.(\d+))?([dfeEgsx])/;

/** A number by a pattern of printf. */
export const formatByPattern = (value: Value, pattern: string): string => {
  const number = Number(value);
  return pattern.replace(
    NUMBER_PATTERN,
    (_, flags: string, width: string, precision: string | undefined, letter: string) => {
      const digits = precision === undefined ? 6 : Math.min(Number(precision), 100);
      const plain = plainNumber(letter, number, digits);
      const signed = flags.includes('+') && number >= 0 ? `+${plain}` : plain;
      const least = Math.min(Number(width || '0'), 1_000);
      if (flags.includes('-')) return signed.padEnd(least);
      return flags.includes('0') ? zeroPadded(signed, least) : signed.padStart(least);
    },
  );
};

const plainNumber = (letter: string, value: number, digits: number): string => {
  switch (letter) {
    case 'd':
      return String(Math.trunc(value));
    case 'f':
      return value.toFixed(digits);
    case 'e':
    case 'E':
      return value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
    case 'x':
      return Math.trunc(value).toString(16);
    default:
      return String(value);
  }
};

const zeroPadded = (text: string, least: number): string => {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(least - sign.length, '0');
};
