import type { Day } from '../../../calendar';
import type { RateText } from '../../../kernel';
import { absorb } from './absorb';
import { changeBalance } from './balance-change';
import { carry } from './carry';
import { measure } from './interest';
import { type Model, modelOf, type RepaymentPeriod, repaymentPeriod } from './model';
import { withRate } from './rates';
import { furtherPeriods } from './repayment-periods';
import { markInterestGrace, replan } from './replan';
import type { Stretch } from './year-share';

/** Pays out principal on a day: all installments that are due later repay it. */
export const disburse = (model: Model, on: Day, amount: bigint): void => {
  const day = bearsFrom(model, on);
  model.payouts.push({ on: day, amount });
  if (model.terms.tranches.fullTerm) {
    disburseOverFullTerm(model, day, amount);
    return;
  }
  const isFirst = model.periods.every(({ emi }) => emi === 0n);
  const index = changeBalance(model, day, { disbursed: amount });
  if (index < 0) return;
  model.principal += amount;
  replanAfter(model, index, day, isFirst ? 'as-it-stands' : 'as-planned');
};

/** A payout on a due date is repaid from the next installment on; on the last one, with it. */
const replanAfter = (model: Model, index: number, on: Day, mode: 'as-it-stands' | 'as-planned'): void => {
  const isNext = model.periods[index]?.due === on && index + 1 < model.periods.length;
  const from = isNext ? index + 1 : index;
  const through = model.periods[from]?.due ?? on;
  replan(model, from, through, mode);
};

/** With interest per period and no broken periods, a payout counts from the first day of its period. */
const bearsFrom = ({ terms, periods }: Model, on: Day): Day => {
  const { calculation, partialPeriods } = terms.interest;
  if (calculation !== 'per-period' || partialPeriods) return on;
  return periods.find(({ due }) => due > on)?.from ?? on;
};

/** Each payout has the full number of installments; those of all payouts that fall together are one. */
const disburseOverFullTerm = (model: Model, on: Day, amount: bigint): void => {
  const count = model.fullTerm;
  const start = model.periods.find(({ from, due }) => from <= on && on < due)?.from ?? model.periods.at(-1)?.due ?? on;
  const own = modelOf(
    { ...model.terms, tranches: { ...model.terms.tranches, fullTerm: false } },
    stretchesFrom(model, start, count),
  );
  own.rates = model.rates;
  own.notes = model.notes && [];
  disburse(own, on, amount);
  for (const note of own.notes ?? []) model.notes?.push({ ...note, isOnTop: true });
  if (changeBalance(model, on, { disbursed: amount }) >= 0) model.principal += amount;
  let isLate = model.periods.at(-1)?.due ?? on;
  for (const period of own.periods) {
    const installment = period.duePrincipal + period.dueInterest;
    const existing = model.periods.find(({ from, due }) => from === period.from && due === period.due);
    if (existing !== undefined) {
      existing.emi += installment;
      existing.plannedEmi = existing.emi;
    } else {
      model.periods.push(added(isLate, period, installment));
    }
    isLate = model.periods.at(-1)?.due ?? isLate;
  }
  markInterestGrace(model);
  for (const period of model.periods) measure(model, period);
  carry(model);
  absorb(model, on);
};

const added = (from: Day, { due }: RepaymentPeriod, emi: bigint): RepaymentPeriod => ({
  ...repaymentPeriod(from, due),
  emi,
  plannedEmi: emi,
});

/** The periods from a day on, and as many more as a full term needs. */
const stretchesFrom = (model: Model, start: Day, count: number): Stretch[] => {
  const known = model.periods.filter(({ from }) => from >= start).map(({ from, due }) => ({ from, due }));
  return [...known, ...furtherStretches(model, count - known.length)].slice(0, count);
};

/** Periods after the last, counted as those before them are. */
const furtherStretches = ({ terms, periods, seed }: Model, count: number): Stretch[] =>
  furtherPeriods(terms, seed, { known: periods.length, last: periods.at(-1)?.due ?? seed.day, count });

/**
 * A new rate from a day on: the installments from then on are worked out anew. It leaves those of a re-aging in equal
 * parts as they are, as they bear no interest.
 */
export const changeRate = (model: Model, from: Day, perYear: RateText): void => {
  if (model.periods.at(-1)?.reAged === true) return;
  const day = from - 1;
  model.rates = withRate(model.rates, day, perYear);
  const index = changeBalance(model, day, {});
  if (index >= 0) replanAfter(model, index, day, 'as-it-stands');
};

/**
 * Puts off the principal of so many installments due from a day on, and the interest of so many. Each installment
 * without principal is followed by one more at the end.
 */
export const grantGrace = (model: Model, from: Day, { principal, interest }: Grace): void => {
  const first = model.periods.findIndex(({ due }) => due >= from);
  if (first < 0) return;
  addPeriods(model, principal);
  for (const [index, period] of model.periods.slice(first).entries()) {
    if (index >= Math.max(principal, interest)) break;
    period.granted = { principal: index < principal, interest: index < interest };
  }
  replan(model, first, model.periods[first]?.due ?? from, 'as-it-stands');
};

type Grace = { readonly principal: number; readonly interest: number };

/** More installments at the end: what is owed from a day on is spread over all that are left. */
export const addInstallments = (model: Model, from: Day, count: number): void => {
  const day = from - 1;
  addPeriods(model, count);
  const index = changeBalance(model, day, {});
  if (index >= 0) replanAfter(model, index, day, 'as-it-stands');
};

const addPeriods = (model: Model, count: number): void => {
  for (const { from, due } of furtherStretches(model, count)) {
    const period = repaymentPeriod(from, due);
    model.periods.push(period);
    // They may lie before the day from which the plan is made anew.
    measure(model, period);
  }
};
