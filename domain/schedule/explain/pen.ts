import { type Day, dateOf } from '../../calendar';
import {
  assert,
  type BusinessDate,
  type Currency,
  divideRounded,
  formatMinor,
  minorDigits,
  type Rounding,
} from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import { type Decimal, whole } from '../progressive/model/precision';
import type { YearShare } from '../progressive/model/year-share';
import type { Rounded, YearShareText } from './calculation';
import type { Figure, Line } from './figure';

/** Writes the numbers of an explanation: what is minor units inside becomes decimal texts of the currency. */
export interface Pen {
  readonly money: (minor: bigint) => string;
  /** An exact number of minor units. */
  readonly exact: (minor: Decimal) => string;
  /** A number without a unit. */
  readonly number: (value: Decimal) => string;
  readonly date: (day: Day) => BusinessDate;
  readonly share: (share: YearShare) => YearShareText;
  /** An exact number of minor units and what it was rounded to. */
  readonly rounding: (exact: Decimal, rounded: bigint, rules: Place) => Rounded;
  /** An amount by its lines. @throws InvariantError where they do not lead to it. */
  readonly figure: (minor: bigint, lines: readonly PlainLine[]) => Figure;
}

/** How an amount is rounded, and to a multiple of what. */
export interface Place {
  readonly rounding: Rounding;
  readonly quantum: bigint;
}

/** A line with its amount in minor units. */
export type PlainLine = Omit<Line, 'amount'> & { readonly amount: bigint };

export const penOf = ({ currency }: Pick<LoanTerms, 'currency'>): Pen => {
  const decimals = minorDigits(currency);
  const money = (minor: bigint): string => formatMinor(minor, currency);
  const exact = ({ digits, scale }: Decimal): string => decimalText(digits, scale + decimals);
  return {
    money,
    exact,
    number: ({ digits, scale }) => decimalText(digits, scale),
    date: dateOf,
    share: ({ terms, part, of }) => ({
      terms: terms.map(({ days: { each, whole: days, rest, restOf }, yearDays }) => ({
        days,
        ...(each !== 1 && { each }),
        ...(rest !== 0 && { rest, restOf }),
        yearDays,
      })),
      // Kept where they are equal too: a step is carried as it was made.
      ...((part !== 1 || of !== 1) && { part, of }),
    }),
    rounding: (value, rounded, { rounding, quantum }) => ({
      exact: exact(value),
      mode: rounding,
      place: money(quantum),
      rounded: money(rounded),
      difference: exact(minus(whole(rounded), value)),
    }),
    figure: (minor, lines) => figureOf(minor, lines, currency),
  };
};

const figureOf = (minor: bigint, lines: readonly PlainLine[], currency: Currency): Figure => {
  let sum = 0n;
  const shown: Line[] = [];
  for (const { amount, ...line } of lines) {
    const before = sum;
    sum = after(sum, line.does, amount);
    // A bound that changes nothing, or nothing added, says nothing.
    if (sum !== before || line.calculation !== undefined)
      shown.push({ ...line, amount: formatMinor(amount, currency) });
  }
  assert(sum === minor, () => `an explanation comes to ${sum}, not to ${minor}`);
  return { amount: formatMinor(minor, currency), lines: shown };
};

const after = (sum: bigint, does: Line['does'], amount: bigint): bigint => {
  switch (does) {
    case 'add':
      return sum + amount;
    case 'subtract':
      return sum - amount;
    case 'at-most':
      return sum > amount ? amount : sum;
    case 'at-least':
      return sum < amount ? amount : sum;
  }
};

/** What lines lead to. */
export const sumOf = (lines: readonly PlainLine[]): bigint =>
  lines.reduce((sum, { does, amount }) => after(sum, does, amount), 0n);

/** Adds or takes away, by the sign. */
export const change = (amount: bigint, line: Omit<PlainLine, 'does' | 'amount'>): PlainLine =>
  amount < 0n ? { ...line, does: 'subtract', amount: -amount } : { ...line, does: 'add', amount };

/** numerator ÷ denominator with so many decimals, for what does not end: shown, never reckoned with. */
export const quotient = (numerator: bigint, denominator: bigint, decimals = 24): Decimal => ({
  digits: divideRounded(numerator * 10n ** BigInt(decimals), denominator, 'HALF_EVEN'),
  scale: decimals,
});

const minus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { digits: at(a, scale) - at(b, scale), scale };
};

const at = ({ digits, scale }: Decimal, wanted: number): bigint => digits * 10n ** BigInt(wanted - scale);

/** digits × 10^−scale, as short as it can be said. */
const decimalText = (digits: bigint, scale: number): string => {
  if (scale <= 0) return (digits * 10n ** BigInt(-scale)).toString();
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  const shown = `${text.slice(0, text.length - scale)}${fraction === '' ? '' : `.${fraction}`}`;
  return negative && shown !== '0' ? `-${shown}` : shown;
};
