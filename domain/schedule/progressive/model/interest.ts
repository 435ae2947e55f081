import type { Day } from '../../../calendar';
import { nearestDouble } from '../../doubles';
import type { InterestPeriod, Model, RepaymentPeriod } from './model';
import { roundedAmount, surelyRounded } from './money-rules';
import { nominalUnits, regular } from './nominal-units';
import { type Decimal, over, plus, times, whole } from './precision';
import { rateOn } from './rates';
import { countsNominally, exactFactorOf, factorOf, type YearShare, yearShareOf } from './year-share';

const startOf = (model: Model): Day => model.periods[0]?.from ?? 0;

/** The share of a year that interest of a part is worked out with: from its first day to the end of its period. */
export const interestShare = (model: Model, period: RepaymentPeriod, part: InterestPeriod): YearShare => {
  const { terms } = model;
  const units = countsNominally(terms)
    ? nominalUnits(terms.dueDates, startOf(model), period)
    : regular(terms.dueDates.period);
  return yearShareOf(terms, period, part.from, period.due, units);
};

/** The share that the installment is worked out with: of the part alone, in a period of its nominal length. */
export const installmentShare = (model: Model, period: RepaymentPeriod, part: InterestPeriod): YearShare =>
  yearShareOf(model.terms, period, part.from, part.to, regular(model.terms.dueDates.period));

/** Works out the factors of a period's parts: after its days or the rates have changed. */
export const measure = (model: Model, period: RepaymentPeriod): void => {
  for (const part of period.parts) measurePart(model, period, part);
};

export const measurePart = (model: Model, period: RepaymentPeriod, part: InterestPeriod): void => {
  const rate = rateOn(model.rates, part.from).approximate;
  part.factor = factorOf(rate, interestShare(model, period, part));
  const isSame = part.to === period.due && !countsNominally(model.terms);
  part.installmentFactor = isSame ? part.factor : factorOf(rate, installmentShare(model, period, part));
};

/** Relative error of an interest in doubles: ten operations of 2^−53 each for its factor, five more for itself. */
const RELATIVE_ERROR = 16 * 2 ** -53;
/** Error of a factor that is carried at 19 decimals only, per unit of balance; and of the steps after it. */
const CARRIED_ERROR = 1e-18;

/**
 * What interest is charged on: the balance, or flat on all that was paid out by then, as long as some of it is left.
 * `isPlanned`: as it is planned, before anybody knows how long that is.
 */
export const baseOf = (model: Model, part: InterestPeriod, isPlanned = false): bigint => {
  if (model.terms.interest.method !== 'flat') return part.balance;
  return isPlanned || part.balance > 0n ? paidOutBy(model, part.from) : 0n;
};

const paidOutBy = ({ payouts }: Model, day: Day): bigint => {
  let sum = 0n;
  for (const { on, amount } of payouts) if (on <= day) sum += amount;
  return sum;
};

/**
 * The interest of a period's own days, up to one of them where that is asked for, rounded once. Worked out in doubles
 * where their error cannot reach the next minor unit, and otherwise digit by digit.
 */
export const interestOf = (model: Model, period: RepaymentPeriod, through = period.due, isPlanned = false): bigint => {
  const isFlat = model.terms.interest.method === 'flat';
  let sum = 0;
  let error = 0;
  let credited = 0n;
  for (const part of period.parts) {
    if (part.from > through) break;
    if (part.creditedInterest !== 0n) credited += part.creditedInterest;
    const length = Math.min(part.to, through) - part.from;
    if (part.paused || length === 0 || part.factor === 0) continue;
    const base = isFlat ? nearestDouble(baseOf(model, part, isPlanned)) : part.base;
    const interest = (base * part.factor * length) / (period.due - part.from);
    sum += interest;
    error += base * CARRIED_ERROR + interest * RELATIVE_ERROR;
  }
  if (sum === 0) return credited;
  const rounded = surelyRounded(model.money, sum, error + sum * RELATIVE_ERROR);
  return credited + (rounded ?? roundedAmount(model.money, exactInterest(model, period, through, isPlanned)));
};

/** The same before it is rounded, at 19 significant digits. */
export const exactInterest = (
  model: Model,
  period: RepaymentPeriod,
  through = period.due,
  isPlanned = false,
): Decimal => {
  let sum = whole(0);
  for (const part of period.parts) {
    if (part.from <= through) sum = plus(sum, exactInterestOfPart(model, period, part, through, isPlanned));
  }
  return sum;
};

export const exactInterestOfPart = (
  model: Model,
  period: RepaymentPeriod,
  part: InterestPeriod,
  through: Day,
  isPlanned = false,
): Decimal => {
  const length = Math.min(part.to, through) - part.from;
  if (part.paused || length === 0 || part.factor === 0) return whole(0);
  const factor = exactFactorOf(rateOn(model.rates, part.from).perYear, interestShare(model, period, part));
  const untilDue = times(whole(baseOf(model, part, isPlanned)), factor);
  return times(over(untilDue, whole(period.due - part.from)), whole(length));
};
