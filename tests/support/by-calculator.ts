import { Decimal } from 'decimal.js';
import type { Rounding } from '../../domain/kernel';
import type { Calculation as AnyCalculation, InstallmentExplanation } from '../../domain/schedule';

export type Calculation = AnyCalculation;
export type Planning = InstallmentExplanation['conventions']['planning'];
type Of<Kind extends Calculation['kind']> = Extract<Calculation, { kind: Kind }>;
type Segment = Of<'interest'>['segments'][number];
type Share = Segment['share'];
type Rounded = Of<'interest'>['rounding'];

/** Nineteen digits, as rates and interest are carried; and as many as exact fractions need. */
const Carried = Decimal.clone({ precision: 19, rounding: Decimal.ROUND_HALF_EVEN });
export const Exact = Decimal.clone({ precision: 1_200, rounding: Decimal.ROUND_HALF_EVEN });

const MODES: Readonly<Record<Rounding, Decimal.Rounding>> = {
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
};

const toPlace = (value: Decimal, { mode, place }: Pick<Rounded, 'mode' | 'place'>): Decimal =>
  new Exact(value).div(place).toDecimalPlaces(0, MODES[mode]).times(place);

const toMultiple = (amount: Decimal, multiple: string | undefined, { mode }: Pick<Rounded, 'mode'>): Decimal => {
  if (multiple === undefined || new Exact(multiple).isZero()) return amount;
  const rounded = toPlace(amount, { mode, place: multiple });
  return rounded.isZero() ? amount : rounded;
};

/** perYear × share, each step carried at 19 digits and the factor at 19 decimals. */
const factorOf = (perYear: string, { terms, part = 1, of = 1 }: Share): Decimal => {
  let sum: Decimal | undefined;
  for (const { days, each = 1, rest = 0, restOf = 1, yearDays } of terms) {
    const counted = new Carried(each).times(new Carried(days).plus(new Carried(rest).div(restOf)));
    const term = counted.div(yearDays);
    sum = sum === undefined ? term : sum.plus(term);
  }
  if (sum === undefined) return new Carried(0);
  return new Carried(perYear).times(sum).times(part).div(of).toDecimalPlaces(19, Decimal.ROUND_HALF_EVEN);
};

/** The rate of a day or period, carried, × so many of them; or × days ÷ the days of a year at once. */
const countedFactor = (perYear: string, unit: string | undefined, { terms, part = 1, of = 1 }: Share): Decimal => {
  const [{ days, yearDays } = { days: 0, yearDays: 1 }] = terms;
  if (unit === undefined) return new Carried(new Exact(perYear).times(days).div(yearDays)).plus(0);
  return new Carried(new Exact(new Carried(perYear).div(yearDays)).times(days).times(part).div(of)).plus(0);
};

const interestIn = ({ balance, days, factor, ofPeriod, paused }: Segment): Decimal => {
  if (paused || days === 0 || new Decimal(balance).isNegative()) return new Carried(0);
  const whole = new Carried(balance).times(factor);
  return ofPeriod === undefined ? whole : whole.div(ofPeriod.of).times(ofPeriod.days);
};

type Check = (what: string, computed: Decimal, said: string) => void;

const interest = ({ segments, rounding }: Of<'interest'>, planning: Planning, check: Check): Decimal => {
  let sum = new Carried(0);
  for (const segment of segments) {
    const { perYear, unit, share, factor, exact } = segment;
    check('factor', planning === 'cumulative' ? countedFactor(perYear, unit, share) : factorOf(perYear, share), factor);
    check('interest', interestIn(segment), exact);
    sum = sum.plus(interestIn(segment));
  }
  check('sum', sum, rounding.exact);
  return toPlace(sum, rounding);
};

const equalInstallment = (calculation: Of<'equal-installment'>, check: Check): Decimal => {
  const { balance, balloon, periods, rounding, spread, multiple } = calculation;
  let [growth, grown] = [new Carried(1), new Carried(balance)];
  let divisor: Decimal | undefined;
  for (const { rates } of periods) {
    let ratio = new Carried(1);
    for (const { perYear, share, factor } of rates) {
      check('factor', factorOf(perYear, share), factor);
      ratio = ratio.plus(factor);
    }
    growth = growth.times(ratio);
    grown = grown.times(ratio);
    divisor = divisor === undefined ? new Carried(1) : divisor.times(ratio).plus(1);
  }
  check('growth', growth, calculation.growth);
  check('divisor', divisor ?? new Carried(1), calculation.divisor);
  // A balloon comes off exactly what the balance has grown to, step by step.
  const owed = balloon === undefined ? growth.times(balance) : Decimal.max(0, new Exact(grown).minus(balloon));
  const exact = new Carried(owed).div(divisor ?? 1);
  check('installment', exact, rounding.exact);
  const each = spread === undefined ? new Exact(0) : toPlace(new Carried(spread.sum).div(periods.length), rounding);
  if (spread !== undefined) check('spread', each, spread.each);
  return toMultiple(toPlace(exact, rounding).plus(each), multiple, rounding);
};

const annuity = (calculation: Of<'annuity'>, check: Check): Decimal => {
  const { balance, rest = '0', perYear, unit, share, factor, periods, rounding } = calculation;
  check('factor', countedFactor(perYear, unit, share), factor);
  const rate = new Exact(factor);
  const [principal, left] = [new Exact(balance), new Exact(rest)];
  if (rate.isZero()) return toPlace(principal.minus(left).div(periods), rounding);
  const grown = rate.plus(1).pow(periods);
  return toPlace(principal.minus(left).times(rate).times(grown).div(grown.minus(1)).plus(left.times(rate)), rounding);
};

const flatInterest = (calculation: Of<'flat-interest'>, check: Check): Decimal => {
  const { principal, perYear, unit, share, factor, whole, installments, free, asking, rounding } = calculation;
  check('factor', countedFactor(perYear, unit, share), factor);
  const total = toPlace(new Carried(principal).times(factor), whole);
  const charged = Decimal.max(0, total.minus(toPlace(new Exact(total).div(installments), rounding).times(free)));
  return asking <= 0 ? charged : toPlace(new Exact(charged).div(asking), rounding);
};

const share = ({ of, share: part, rounding, least, most, multiple }: Of<'share'>): Decimal => {
  const rounded = toPlace(new Carried(of).times(part), rounding);
  const raised = least === undefined ? rounded : Decimal.max(rounded, least);
  return toMultiple(most === undefined ? raised : Decimal.min(raised, most), multiple, rounding);
};

const penalty = ({ stretches, perYear, yearDays, rounding }: Of<'penalty'>): Decimal => {
  const sums = stretches.map(({ principal, days }) => new Exact(principal).times(days));
  const sum = sums.reduce((all, each) => all.plus(each), new Exact(0));
  return toPlace(sum.times(perYear).div(yearDays), rounding);
};

/** What a calculation comes to, by decimal.js and its own numbers; what on the way is not as said is a fault. */
export const amountBy = (calculation: Calculation, planning: Planning, faults: string[]): Decimal => {
  const check: Check = (what, computed, said) => {
    if (!computed.eq(said)) faults.push(`${what}: ${computed.toFixed()} and not ${said}`);
  };
  switch (calculation.kind) {
    case 'interest':
      return interest(calculation, planning, check);
    case 'equal-installment':
      return equalInstallment(calculation, check);
    case 'annuity':
      return annuity(calculation, check);
    case 'even-share': {
      const { sum, count, rounding, multiple } = calculation;
      return toMultiple(toPlace(new Exact(sum).div(count), rounding), multiple, rounding);
    }
    case 'share':
      return share(calculation);
    case 'penalty':
      return penalty(calculation);
    case 'flat-interest':
      return flatInterest(calculation, check);
    case 'remainder':
      return new Exact(calculation.lent).minus(calculation.elsewhere);
  }
};

/** What smoothing moves an installment by: its share of the difference, to the multiple of the installment. */
export const smoothedBy = (
  { sum, count, rounding, multiple }: Of<'even-share'>,
  before: Decimal,
  isMore: boolean,
): Decimal => {
  const part = toPlace(new Exact(sum).div(count), rounding);
  return toMultiple(isMore ? before.plus(part) : before.minus(part), multiple, rounding)
    .minus(before)
    .abs();
};
