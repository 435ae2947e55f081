import { Decimal } from 'decimal.js';
import type { Rounding } from '../../domain/kernel';
import type { InstallmentExplanation } from '../../domain/schedule';

/**
 * Works an explanation out again, as a person with a calculator would: by its own numbers, on decimal.js, with nothing
 * of the engine. Answers with what does not come to what is said; nothing where all of it does.
 */

type Figure = InstallmentExplanation['interest'];
type Planning = InstallmentExplanation['conventions']['planning'];
type Line = Figure['lines'][number];
type Calculation = NonNullable<Line['calculation']>;
type Segment = Extract<Calculation, { kind: 'interest' }>['segments'][number];
type Share = Segment['share'];
type Rounded = Extract<Calculation, { kind: 'interest' }>['rounding'];

/** Nineteen digits, as rates and interest are carried; and as many as exact fractions need. */
const Carried = Decimal.clone({ precision: 19, rounding: Decimal.ROUND_HALF_EVEN });
const Exact = Decimal.clone({ precision: 1_200, rounding: Decimal.ROUND_HALF_EVEN });

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

const interestOf = ({ balance, factor, ofPeriod, paused }: Segment): Decimal => {
  if (paused || ofPeriod?.days === 0 || new Decimal(balance).isNegative()) return new Carried(0);
  const whole = new Carried(balance).times(factor);
  return ofPeriod === undefined ? whole : whole.div(ofPeriod.of).times(ofPeriod.days);
};

/** What a line's calculation comes to. */
const valueOf = (calculation: Calculation, planning: Planning, faults: string[]): Decimal => {
  const check = (what: string, computed: Decimal, said: string): void => {
    if (!computed.eq(said)) faults.push(`${what}: ${computed.toFixed()} and not ${said}`);
  };
  switch (calculation.kind) {
    case 'interest': {
      let sum = new Carried(0);
      for (const segment of calculation.segments) {
        const { perYear, unit, share, factor } = segment;
        const isCounted = planning === 'cumulative';
        check('factor', isCounted ? countedFactor(perYear, unit, share) : factorOf(perYear, share), factor);
        check('interest', interestOf(segment), segment.exact);
        sum = sum.plus(interestOf(segment));
      }
      check('sum', sum, calculation.rounding.exact);
      return toPlace(sum, calculation.rounding);
    }
    case 'equal-installment': {
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
      const owed =
        balloon === undefined ? growth.times(balance) : Decimal.max(0, new Exact(grown).minus(balloon));
      const exact = new Carried(owed).div(divisor ?? 1);
      check('installment', exact, rounding.exact);
      const each = spread === undefined ? new Exact(0) : toPlace(new Carried(spread.sum).div(periods.length), rounding);
      if (spread !== undefined) check('spread', each, spread.each);
      return toMultiple(toPlace(exact, rounding).plus(each), multiple, rounding);
    }
    case 'annuity': {
      const { balance, rest = '0', perYear, unit, share, factor, periods, rounding } = calculation;
      check('factor', countedFactor(perYear, unit, share), factor);
      const rate = new Exact(factor);
      const [principal, left] = [new Exact(balance), new Exact(rest)];
      if (rate.isZero()) return toPlace(principal.minus(left).div(periods), rounding);
      const grown = rate.plus(1).pow(periods);
      return toPlace(principal.minus(left).times(rate).times(grown).div(grown.minus(1)).plus(left.times(rate)), rounding);
    }
    case 'even-share': {
      const { sum, count, rounding, multiple } = calculation;
      return toMultiple(toPlace(new Exact(sum).div(count), rounding), multiple, rounding);
    }
    case 'share': {
      const { of, share, rounding, least, most, multiple } = calculation;
      const rounded = toPlace(new Carried(of).times(share), rounding);
      const raised = least === undefined ? rounded : Decimal.max(rounded, least);
      return toMultiple(most === undefined ? raised : Decimal.min(raised, most), multiple, rounding);
    }
    case 'penalty': {
      const { stretches, perYear, yearDays, rounding } = calculation;
      const sum = stretches.reduce((total, { principal, days }) => total.plus(new Exact(principal).times(days)), new Exact(0));
      return toPlace(sum.times(perYear).div(yearDays), rounding);
    }
    case 'flat-interest': {
      const { principal, perYear, unit, share, factor, whole, installments, free, asking, rounding } = calculation;
      check('factor', countedFactor(perYear, unit, share), factor);
      const total = toPlace(new Carried(principal).times(factor), whole);
      const charged = Decimal.max(0, total.minus(toPlace(new Exact(total).div(installments), rounding).times(free)));
      return asking <= 0 ? charged : toPlace(new Exact(charged).div(asking), rounding);
    }
    case 'remainder':
      return new Exact(calculation.lent).minus(calculation.elsewhere);
  }
};

/** What smoothing moves an installment by: its share of the difference, to the multiple of the installment. */
const smoothedBy = (line: Line, before: Decimal): Decimal => {
  const { calculation } = line;
  if (calculation?.kind !== 'even-share') return new Exact(Number.NaN);
  const { sum, count, rounding, multiple } = calculation;
  const share = toPlace(new Exact(sum).div(count), rounding);
  const moved = toMultiple(line.does === 'add' ? before.plus(share) : before.minus(share), multiple, rounding);
  return moved.minus(before).abs();
};

const checkFigure = (name: string, figure: Figure, planning: Planning): string[] => {
  const faults: string[] = [];
  let sum = new Exact(0);
  for (const line of figure.lines) {
    const { does, why, amount, calculation } = line;
    if (calculation !== undefined) {
      const value = why === 'smoothing' ? smoothedBy(line, sum) : valueOf(calculation, planning, faults);
      if (!value.eq(amount)) faults.push(`${why} comes to ${value.toFixed()} and not ${amount}`);
    }
    if (does === 'add') sum = sum.plus(amount);
    else if (does === 'subtract') sum = sum.minus(amount);
    else if (does === 'at-most') sum = Decimal.min(sum, amount);
    else sum = Decimal.max(sum, amount);
  }
  if (!sum.eq(figure.amount)) faults.push(`the lines come to ${sum.toFixed()} and not ${figure.amount}`);
  return faults.map((fault) => `${name}: ${fault}`);
};

/** Days follow each other without a gap, and each balance is the one before with what changed it. */
const checkDays = ({ from, due, opening, interest, conventions }: InstallmentExplanation): string[] => {
  const faults: string[] = [];
  const segments = interest.lines.flatMap(({ calculation }) =>
    calculation?.kind === 'interest' ? calculation.segments : [],
  );
  const [first] = segments;
  if (first === undefined) return [];
  const isToTheEnd = segments.at(-1)?.to === due || conventions.planning === 'cumulative';
  if (first.from !== from || !isToTheEnd) faults.push(`days from ${first.from} to ${segments.at(-1)?.to}`);
  if (opening !== undefined && first.balance !== opening.amount) faults.push(`opens with ${first.balance}`);
  for (const [index, { to, balance, changes }] of segments.entries()) {
    const next = segments[index + 1];
    if (next === undefined) break;
    if (next.from !== to) faults.push(`a gap after ${to}`);
    const after = changes.reduce((sum, { amount }) => sum.plus(amount), new Exact(balance));
    if (conventions.interest.method !== 'flat' && !after.eq(next.balance)) faults.push(`${after.toFixed()} after ${to}`);
  }
  return faults;
};

export const faultsOf = (explanation: InstallmentExplanation): readonly string[] => {
  const { conventions, opening, interest, installment, principal, fee, penalty, balance, total } = explanation;
  const figures = { opening, interest, installment, principal, fee, penalty, balance };
  const faults = Object.entries(figures).flatMap(([name, figure]) =>
    figure === undefined ? [] : checkFigure(name, figure, conventions.planning),
  );
  const sum = [principal, interest, fee, penalty].reduce((all, { amount }) => all.plus(amount), new Exact(0));
  if (!sum.eq(total)) faults.push(`the total is ${sum.toFixed()} and not ${total}`);
  return [...faults, ...checkDays(explanation)];
};
