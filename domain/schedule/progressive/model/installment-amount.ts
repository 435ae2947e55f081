import { nearestDouble } from '../../doubles';
import { installmentShare } from './interest';
import type { Model, RepaymentPeriod } from './model';
import { installmentOf, type MoneyRules, roundedAmount, surelyRounded } from './money-rules';
import type { NotedRate, PlanNote } from './plan-note';
import { type Decimal, ONE, over, plus, times, whole } from './precision';
import { rateOn } from './rates';
import { exactFactorOf } from './year-share';

/**
 * The equal installment that repays a balance over periods with rates of their own:
 * balance × Π(1 + r) ÷ f, with f = 1 for one period and f = 1 + f × (1 + r) for each more. Equal rates give the annuity
 * formula. Rounded once, to the multiple of the terms; interest that does not follow from days is spread evenly on top.
 */
export const equalInstallment = (model: Model, periods: readonly RepaymentPeriod[], balance: bigint): bigint => {
  const unrounded = roughly(model, periods, balance) ?? precisely(model, periods, balance);
  const spread = fixedIn(periods);
  const amount = installmentOf(model.money, unrounded + evenly(model.money, spread, periods.length));
  if (model.notes !== undefined) noteEqual(model, periods, { balance, balloon: 0n, spread, amount });
  return amount;
};

/** Writes down what an equal installment was worked out of. */
export const noteEqual = (
  model: Model,
  periods: readonly RepaymentPeriod[],
  made: Pick<Extract<PlanNote, { kind: 'equal' }>, 'balance' | 'balloon' | 'spread' | 'amount'>,
): void => {
  const rates = periods.map((period) => (bearsNone(period) ? [] : ratesIn(model, period)));
  model.notes?.push({ kind: 'equal', dues: periods.map(({ due }) => due), rates, ...made });
};

const ratesIn = (model: Model, period: RepaymentPeriod): readonly NotedRate[] =>
  period.parts.map((part) => {
    const { perYear } = rateOn(model.rates, part.from);
    const share = installmentShare(model, period, part);
    return { from: part.from, to: part.to, perYear, share, factor: exactFactorOf(perYear, share) };
  });

const roughly = (model: Model, periods: readonly RepaymentPeriod[], balance: bigint): bigint | undefined => {
  let growth = 1;
  let divisor = 0;
  for (const period of periods) {
    const ratio = 1 + roughRate(period);
    growth *= ratio;
    divisor = divisor === 0 ? 1 : 1 + divisor * ratio;
  }
  const amount = (growth * nearestDouble(balance)) / divisor;
  return surelyRounded(model.money, amount, amount * (8 * periods.length + 24) * 2 ** -53);
};

const roughRate = (period: RepaymentPeriod): number => {
  if (bearsNone(period)) return 0;
  let rate = 0;
  for (const part of period.parts) rate += part.installmentFactor;
  return rate;
};

const precisely = (model: Model, periods: readonly RepaymentPeriod[], balance: bigint): bigint => {
  let growth = ONE;
  let divisor: Decimal | undefined;
  for (const period of periods) {
    const ratio = growthOf(model, period);
    growth = times(growth, ratio);
    divisor = divisor === undefined ? ONE : plus(ONE, times(divisor, ratio));
  }
  return roundedAmount(model.money, over(times(growth, whole(balance)), divisor ?? ONE));
};

/** 1 + r of a period. */
export const growthOf = (model: Model, period: RepaymentPeriod): Decimal => {
  let ratio = ONE;
  if (bearsNone(period)) return ratio;
  for (const part of period.parts) {
    ratio = plus(ratio, exactFactorOf(rateOn(model.rates, part.from).perYear, installmentShare(model, period, part)));
  }
  return ratio;
};

/** Interest that is put off or not charged at all counts for nothing in the installment. */
const bearsNone = ({ interestGrace, parts }: RepaymentPeriod): boolean =>
  interestGrace || parts.every(({ paused }) => paused);

const fixedIn = (periods: readonly RepaymentPeriod[]): bigint =>
  periods.reduce((sum, { fixedInterest }) => sum + fixedInterest, 0n);

/** An amount in equal parts, rounded. */
export const evenly = (money: MoneyRules, amount: bigint, count: number): bigint =>
  amount === 0n || count === 0 ? 0n : roundedAmount(money, over(whole(amount), whole(count)));
