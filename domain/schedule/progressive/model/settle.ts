import type { Day } from '../../../calendar';
import { absorb, lastOpen } from './absorb';
import { positive, smaller } from './amounts';
import { carry, shareInstallment } from './carry';
import { askedIn, type Model, owedPrincipal, paidIn, type RepaymentPeriod } from './model';

/**
 * What always holds of a plan: no installment asks for less than was paid of it, and together they repay the principal
 * that was paid out and put back.
 */
export const isSettled = ({ sums, principal }: Model): boolean => sums.short === 0 && sums.duePrincipal === principal;

/**
 * Makes it hold after a step that did not lead there by itself: an installment that was paid more than it asks for asks
 * for that, what is too much leaves the last installments, and what is missing is due with the last one that is open.
 * @returns whether anything had to be changed
 */
export const settle = (model: Model, on: Day): boolean => {
  if (model.principal === 0n || isSettled(model)) return false;
  coverPaid(model);
  absorb(model, on);
  for (let round = 0; round < MOST_ROUNDS && !isSettled(model); round += 1) {
    coverPaid(model);
    const missing = model.principal - model.sums.duePrincipal;
    if (missing > 0n) ask(model, missing);
    else if (missing < 0n) takeFromEnd(model, -missing);
  }
  return true;
};

/** Every round leaves less to settle; interest that follows the balance needs a few. */
const MOST_ROUNDS = 40;

const coverPaid = (model: Model): void => {
  for (const [index, period] of model.periods.entries()) {
    const short = paidIn(period) - askedIn(period);
    if (short > 0n) move(model, index, period, short);
  }
};

const ask = (model: Model, missing: bigint): void => {
  const open = lastOpen(model);
  const index = open >= 0 ? open : model.periods.length - 1;
  const period = model.periods[index];
  if (period !== undefined) move(model, index, period, missing);
};

const takeFromEnd = (model: Model, surplus: bigint): void => {
  let left = surplus;
  for (let index = model.periods.length - 1; index >= 0 && left > 0n; index -= 1) {
    const period = model.periods[index];
    if (period === undefined) return;
    const taken = smaller(left, owedPrincipal(period));
    if (taken === 0n) continue;
    move(model, index, period, -taken);
    left -= taken;
  }
};

const move = (model: Model, index: number, period: RepaymentPeriod, amount: bigint): void => {
  if (period.plannedPrincipal !== undefined) period.plannedPrincipal = positive(period.plannedPrincipal + amount);
  period.emi += amount;
  shareInstallment(period);
  carry(model, index, index);
};
