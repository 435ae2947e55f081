import type { Day } from '../../../calendar';
import { absorb, bringForward, lastOpen } from './absorb';
import { positive } from './amounts';
import { changeBalance } from './balance-change';
import { carry, carryInto, leastInstallment } from './carry';
import { askedIn, creditedIn, isPaidUp, type Model, paidIn, type RepaymentPeriod } from './model';

/** Most that can be paid of interest on a day: what is due in all, whatever one installment asks for. */
export const mostInterest = (model: Model, index: number, on: Day): bigint => {
  const period = model.periods[index];
  // In turn it asks for no more than is due, though later installments do not know yet what has to wait for them.
  if (period !== undefined && model.behind?.paid === index) return askedIn(period);
  if (isOpenBeforePaid(model, index, on)) bringForward(model, index, on);
  return positive(model.sums.dueInterest - model.sums.paidInterest);
};

/** Pays interest of an installment, no more than can be paid. */
export const payInterest = (model: Model, index: number, on: Day, amount: bigint): void => {
  const period = model.periods[index];
  if (period === undefined || (amount === 0n && !model.hasForward)) return;
  period.paidInterest += amount;
  if (model.behind?.paid === index) {
    carryInto(model, index);
    return;
  }
  carry(model, index, index);
  absorb(model, on);
};

/** Asks for so much interest with an installment that is paid up, whatever its days bear. */
export const askForMore = (model: Model, index: number, interest: bigint): void => {
  const period = model.periods[index];
  if (period === undefined || interest <= 0n) return;
  period.emi += interest;
  period.fixedInterest += interest;
  carry(model, index, index);
};

/** The last open installment, when all after it are paid up and its due date has come. */
const isOpenBeforePaid = (model: Model, index: number, on: Day): boolean => {
  const { periods } = model;
  const open = lastOpen(model);
  return open === index && open < periods.length - 1 && on >= (periods[open]?.due ?? on);
};

/**
 * Pays principal of an installment, no more than is outstanding in all. It stops bearing interest on the day it is
 * paid, or on the due date when that has gone by. An installment that is paid before its period begins, in full or
 * beyond, is settled with what was paid.
 */
export const payPrincipal = (model: Model, index: number, on: Day, amount: bigint, through = on): void => {
  const period = model.periods[index];
  if (period === undefined || amount === 0n) return;
  period.paidPrincipal += amount;
  bearLess(model, index, period.due < on ? period.due : on, amount);
  if (model.behind?.paid === index) return;
  absorb(model, through);
  if (!model.followsPayments || on >= period.from || firstOpen(model) === lastOpen(model)) return;
  settleWithPaid(period);
  carry(model, index, index);
  absorb(model, through);
};

const firstOpen = ({ periods }: Model): number => periods.findIndex((period) => !isPaidUp(period));

const settleWithPaid = (period: RepaymentPeriod): void => {
  const paid = paidIn(period);
  if (paid > askedIn(period) || paid === period.plannedEmi + creditedIn(period)) period.emi = leastInstallment(period);
};

/** Principal of a period that was paid bears no interest from a day on. */
const bearLess = (model: Model, paid: number, from: Day, amount: bigint): void => {
  const felt = changeBalance(model, from, { correction: -amount });
  if (model.behind?.paid === paid) {
    carryInto(model, felt);
    if (felt !== paid) carryInto(model, paid);
  } else if (felt < 0) carry(model, paid, paid);
  else carry(model, Math.min(felt, paid), Math.max(felt, paid));
};
