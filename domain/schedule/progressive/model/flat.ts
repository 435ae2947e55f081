import { carry } from './carry';
import { evenly } from './installment-amount';
import { interestOf, measure } from './interest';
import { balanceAfter, creditedIn, isPaidUp, type Model, paidIn, type RepaymentPeriod } from './model';
import { installmentOf } from './money-rules';
import { settle } from './settle';

/**
 * Flat interest: each period's is charged on all that was paid out by then, the installment is an even share of
 * principal and interest together, the last takes the remainder. Installments with grace on principal ask for their
 * interest alone.
 */
export const replanFlat = (model: Model, from: number): void => {
  const periods = model.periods.slice(from);
  const repaying = periods.filter(({ principalGrace }) => !principalGrace);
  const [first] = periods;
  const last = repaying.at(-1);
  if (first === undefined || last === undefined) return;
  for (const period of periods) measure(model, period);
  const interest = repaying.reduce((sum, period) => sum + ownInterest(model, period), 0n);
  const total = paidOutIn(model, first) - repaidBefore(model, from) + interest;
  const even = installmentOf(model.money, evenly(model.money, total, repaying.length));
  const dues = repaying.map(({ due }) => due);
  model.notes?.push({ kind: 'even', what: 'principal-and-interest', dues, sum: total, amount: even });
  const rest = total - even * BigInt(repaying.length);
  let beyond = 0n;
  for (const period of periods) {
    const emi = period.principalGrace ? ownInterest(model, period) : period === last ? even + rest : even;
    const asked = emi + creditedIn(period) + period.interestFromLater;
    const paid = paidIn(period);
    if (asked < paid) beyond += paid - asked;
    setBoth(period, asked < paid ? paid : emi);
  }
  carry(model, from);
  takeBack(model, periods, beyond);
  carry(model, from);
  settle(model, first.due);
};

const setBoth = (period: RepaymentPeriod, emi: bigint): void => {
  period.emi = emi;
  period.plannedEmi = emi;
};

const ownInterest = (model: Model, period: RepaymentPeriod): bigint =>
  interestOf(model, period, period.due, true) + period.fixedInterest + period.interestFromLater;

const paidOutIn = (model: Model, first: RepaymentPeriod): bigint => {
  const through = first.parts.at(-1)?.from ?? first.from;
  return model.payouts.reduce((sum, { on, amount }) => (on <= through ? sum + amount : sum), 0n);
};

const repaidBefore = (model: Model, from: number): bigint => {
  const before = model.periods[from - 1];
  if (before === undefined) return 0n;
  const paidOut = model.payouts.reduce((sum, { on, amount }) => (on <= before.due ? sum + amount : sum), 0n);
  return paidOut - balanceAfter(before);
};

/** What was paid beyond an even share makes the last open installments smaller, down to their interest. */
const takeBack = (model: Model, periods: readonly RepaymentPeriod[], beyond: bigint): void => {
  let left = beyond;
  for (const period of periods.toReversed()) {
    if (left <= 0n) return;
    if (isPaidUp(period)) continue;
    const least = [period.emi - left, period.interest, paidIn(period) - creditedIn(period) - period.interestFromLater];
    const emi = least.reduce((most, amount) => (amount > most ? amount : most), 0n);
    left -= period.emi - emi;
    period.emi = emi;
  }
  carry(model);
};
