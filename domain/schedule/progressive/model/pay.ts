import type { Day } from '../../../calendar';
import { absorb, bringForward, lastOpen } from './absorb';
import { positive, smaller } from './amounts';
import { changeBalance } from './balance-change';
import { carry, carryInto, isShortWith, leastInstallment, outstandingPrincipalOf, sharesOf } from './carry';
import { interestOf } from './interest';
import {
  askedIn,
  copyOf,
  copyOfPeriod,
  creditedIn,
  isPaidUp,
  type Model,
  owedInterest,
  owedPrincipal,
  paidIn,
  periodOn,
  type RepaymentPeriod,
  unaskedInterest,
} from './model';

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
export const payPrincipal = (model: Model, index: number, on: Day, amount: bigint): void => {
  const period = model.periods[index];
  if (period === undefined || amount === 0n) return;
  period.paidPrincipal += amount;
  const felt = period.due < on ? period.due : on;
  correctBalance(model, felt, -amount, index);
  if (
    !model.followsPayments ||
    model.behind?.paid === index ||
    on >= period.from ||
    firstOpen(model) === lastOpen(model)
  )
    return;
  settleWithPaid(period);
  carry(model, index, index);
  absorb(model, felt);
};

const firstOpen = ({ periods }: Model): number => periods.findIndex((period) => !isPaidUp(period));

const countOpen = ({ periods }: Model): number =>
  periods.reduce((sum, period) => (isPaidUp(period) ? sum : sum + 1), 0);

const settleWithPaid = (period: RepaymentPeriod): void => {
  const paid = paidIn(period);
  if (paid > askedIn(period) || paid === period.plannedEmi + creditedIn(period)) period.emi = leastInstallment(period);
};

/** Changes the balance that bears interest from a day on, and lets the last installment take the difference. */
const correctBalance = (model: Model, on: Day, amount: bigint, touched = model.periods.length): void => {
  const index = changeBalance(model, on, { correction: amount });
  if (index < 0) {
    carry(model, touched, touched);
    return;
  }
  if (model.behind?.paid === touched) {
    carryInto(model, index);
    if (touched !== index) carryInto(model, touched);
    return;
  }
  carry(model, Math.min(index, touched), Math.max(index, Math.min(touched, model.periods.length - 1)));
  absorb(model, on);
};

/** What may be paid of an installment on a day. */
export interface DueAmounts {
  readonly principal: bigint;
  readonly interest: bigint;
}

/**
 * What an installment asks for when it is paid on a day: interest of days gone by, and as principal the rest of the
 * installment as it was planned, but no more than there is.
 */
export const dueAmountsOn = (model: Model, index: number, on: Day, isVertical: boolean): DueAmounts =>
  (isVertical ? undefined : dueAmountsNear(model, index, on)) ?? dueAmountsFar(model, index, on, isVertical);

/** From the whole plan, as it is when nothing bears interest after the day. */
export const dueAmountsFar = (model: Model, index: number, on: Day, isVertical: boolean): DueAmounts => {
  const until = untilDay(model, on);
  const period = until.periods[index];
  if (period === undefined) return { principal: 0n, interest: 0n };
  const open = countOpen(until);
  adjustForEarly(until, model, index, on, open);
  if (!isVertical) return { principal: period.duePrincipal, interest: period.dueInterest };
  const { dueInterest, paidInterest, paidPrincipal } = until.sums;
  return {
    principal: capped(
      open > 1 ? askedIn(period) : period.duePrincipal,
      until.principal - paidPrincipal,
      period.paidPrincipal,
    ),
    interest: capped(period.dueInterest, dueInterest - paidInterest, period.paidInterest),
  };
};

/**
 * The same for an installment with open ones behind it, from its own period and those between it and the day alone:
 * what happens at the end of the plan does not reach it. Undefined where it might.
 */
export const dueAmountsNear = (model: Model, index: number, on: Day): DueAmounts | undefined => {
  const target = model.periods[index];
  if (target === undefined || isPaidUp(target) || target.reAged || on > target.due) return undefined;
  const running = on <= (model.periods[0]?.from ?? on) ? -1 : periodOn(model, on);
  if (lastOpen(model) <= index || running < 0 || running > index) return undefined;
  const isInside = running === index && on > target.from;
  if (isInside && target.credited === 0n) return dueAmountsInside(model, index, target, on);
  if (arePlain(model, running, index)) return dueAmountsBeyond(model, running, index, on);
  return dueAmountsEnding(model, running, index, on);
};

/** The same where something was put back: from copies of them. */
const dueAmountsEnding = (model: Model, running: number, index: number, on: Day): DueAmounts | undefined => {
  const near = endingOn(model, running, index, on);
  const [target, period] = [model.periods[index], near.periods[index]];
  const left = outstandingPrincipalOf(model);
  if (target === undefined || period === undefined || owedPrincipal(period) > left) return undefined;
  if (on <= period.from) {
    period.emi = period.plannedEmi;
    carryInto(near, index);
  }
  // What an installment asks for less than was paid of it, the end of the plan asks for.
  if (near.sums.short > 0 || owedPrincipal(period) > left) return undefined;
  const growth = interestFrom(model, running, index) + period.duePrincipal - target.duePrincipal;
  if (!haveBehind(model, index, growth)) return undefined;
  return { principal: period.duePrincipal, interest: period.dueInterest };
};

/** Interest owed with the installments from one up to another: the most that their principal can grow by without it. */
const interestFrom = ({ periods }: Model, from: number, to: number): bigint => {
  let sum = 0n;
  for (let at = from; at < to; at += 1) {
    const period = periods[at];
    if (period !== undefined) sum += owedInterest(period);
  }
  return sum;
};

/** Principal that installments ask for sooner is asked for less behind them: there must be as much. */
const haveBehind = ({ periods }: Model, index: number, growth: bigint): boolean => {
  let missing = growth;
  for (let at = index + 1; missing > 0n && at < periods.length; at += 1) {
    const period = periods[at];
    if (period !== undefined) missing -= owedPrincipal(period);
  }
  return missing <= 0n;
};

/** Nothing was put back in these periods. */
const arePlain = ({ periods }: Model, first: number, last: number): boolean => {
  for (let at = first; at <= last; at += 1) {
    const period = periods[at];
    if (period === undefined || period.credited !== 0n || period.creditedMoved !== 0n) return false;
  }
  return true;
};

/**
 * The same for an installment whose period is still to come: its own days bear nothing yet. Of those before it only
 * interest reaches it, that of days gone by which found no room.
 */
const dueAmountsBeyond = (model: Model, running: number, index: number, on: Day): DueAmounts | undefined => {
  const target = model.periods[index];
  const carried = carriedTo(model, running, index, on);
  if (target === undefined || carried === undefined) return undefined;
  const { fixedInterest, from, interestFromLater, paidPrincipal, plannedEmi, plannedPrincipal } = target;
  const interest = fixedInterest + interestFromLater + carried;
  const left = outstandingPrincipalOf(model) + paidPrincipal;
  const asItIs = sharesOf(target, interest);
  if (asItIs.principal > left || isLedShort(model, target, interest)) return undefined;
  const isAsItIs = on > from || plannedPrincipal !== undefined;
  const asked = isAsItIs ? asItIs : sharesOf(target, interest, plannedEmi);
  const growth = interestFrom(model, running, index) + asked.principal - target.duePrincipal;
  return asked.principal > left || !haveBehind(model, index, growth) ? undefined : asked;
};

/** Interest of days gone by that finds no room in the installments from one up to another. */
const carriedTo = (model: Model, running: number, index: number, on: Day): bigint | undefined => {
  const { periods } = model;
  const before = periods[running - 1];
  let carried = before === undefined ? 0n : unaskedInterest(before);
  for (let at = running; at < index; at += 1) {
    const period = periods[at];
    if (period === undefined) return undefined;
    const own = at === running && period.interestPlace === 'here' ? interestOf(model, period, on) : 0n;
    const interest = own + period.fixedInterest + period.interestFromLater + carried;
    if (isLedShort(model, period, interest)) return undefined;
    carried = interest === 0n ? 0n : positive(interest - sharesOf(period, interest).interest);
  }
  return carried;
};

/** An installment that principal leads is less without the interest of later days: it may be less than was paid. */
const isLedShort = ({ sums }: Model, period: RepaymentPeriod, interest: bigint): boolean =>
  period.plannedPrincipal !== undefined && (sums.short > 0 || isShortWith(period, interest));

/** The periods up to one, ended on a day in an earlier one; those before the day are shared with the model. */
const endingOn = (model: Model, running: number, index: number, on: Day): Model => {
  const near: Model = { ...model, sums: { ...model.sums }, periods: model.periods.slice(0, index + 1) };
  for (let at = running; at <= index; at += 1) {
    const period = near.periods[at];
    if (period === undefined) break;
    const copy = copyOfPeriod(period);
    near.periods[at] = copy;
    if (at === running) endOn(copy, on);
    else if (at === running + 1 && isCreditedAtOnce(copy)) keepFirst(copy);
    else copy.parts = [];
    carryInto(near, at);
  }
  return near;
};

/** The same for the installment whose period the day lies in: interest of its days gone by, and the rest. */
const dueAmountsInside = (model: Model, index: number, period: RepaymentPeriod, on: Day): DueAmounts | undefined => {
  const { interestPlace, fixedInterest, interestFromLater, carriedIn, paidPrincipal } = period;
  const own = interestPlace === 'here' ? interestOf(model, period, on) : 0n;
  const interest = own + fixedInterest + interestFromLater + carriedIn;
  if (isLedShort(model, period, interest)) return undefined;
  const shares = sharesOf(period, interest);
  if (shares.principal - paidPrincipal > outstandingPrincipalOf(model)) return undefined;
  return haveBehind(model, index, shares.principal - period.duePrincipal) ? shares : undefined;
};

const capped = (due: bigint, left: bigint, paid: bigint): bigint => {
  const most = left < paid ? paid : left;
  return most < due ? most : due;
};

const adjustForEarly = (until: Model, model: Model, index: number, on: Day, open: number): void => {
  const period = until.periods[index];
  if (period === undefined || on > period.from) return;
  if (period.reAged) {
    period.emi = model.periods[index]?.emi ?? period.emi;
  } else if (open > 1) {
    period.emi = period.plannedEmi;
    carry(until, index, index);
    const beyond = owedPrincipal(period) - outstandingPrincipalOf(until);
    if (beyond > 0n) period.emi -= beyond;
  } else if (open === 1 && isPaidUp(period)) {
    const left = until.principal - until.sums.paidPrincipal + period.paidPrincipal + period.dueInterest;
    period.emi = smaller(left, period.plannedEmi);
  } else return;
  carry(until, index, index);
};

/** The model as it is when nothing bears interest after a day. Later installments have no days at all. */
export const untilDay = (model: Model, on: Day): Model => {
  const until = copyOf(model);
  const [first] = until.periods;
  const last = until.periods.at(-1);
  if (first === undefined || last === undefined || on >= last.due) return until;
  if (on < first.from) {
    for (const period of until.periods) period.parts = [];
    return until;
  }
  const current = periodOn(until, on);
  for (const [index, period] of until.periods.entries()) {
    if (period.due <= on) continue;
    if (index === current) endOn(period, on);
    else if (index === current + 1 && isCreditedAtOnce(period)) keepFirst(period);
    else period.parts = [];
  }
  carry(until, current);
  absorb(until, on);
  return until;
};

const endOn = (period: RepaymentPeriod, on: Day): void => {
  const index = period.parts.findLastIndex(({ from, to }) => (from < on || from === period.from) && on <= to);
  const part = period.parts[index];
  if (part === undefined) return;
  part.to = on;
  const next = period.parts[index + 1];
  if (next !== undefined) {
    part.creditedPrincipal += next.creditedPrincipal;
    part.creditedInterest += next.creditedInterest;
  }
  period.parts.length = index + 1;
};

const isCreditedAtOnce = ({ parts: [first] }: RepaymentPeriod): boolean =>
  first !== undefined && (first.creditedInterest > 0n || first.creditedPrincipal > 0n);

const keepFirst = (period: RepaymentPeriod): void => {
  const [first] = period.parts;
  if (first !== undefined) first.to = first.from;
  period.parts.length = Math.min(1, period.parts.length);
};
