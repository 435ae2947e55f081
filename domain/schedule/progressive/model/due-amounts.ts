import type { Day } from '../../../calendar';
import { lastOpen } from './absorb';
import { positive, smaller } from './amounts';
import { carry, carryInto, isShortWith, outstandingPrincipalOf, sharesOf } from './carry';
import { interestOf } from './interest';
import {
  askedIn,
  copyOfPeriod,
  isPaidUp,
  type Model,
  owedInterest,
  owedPrincipal,
  periodOn,
  type RepaymentPeriod,
  unaskedInterest,
} from './model';
import { endOn, isCreditedAtOnce, keepFirst, untilDay } from './until-day';

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
  (isVertical ? dueAmountsAcross(model, index, on) : dueAmountsNear(model, index, on)) ??
  dueAmountsFar(model, index, on, isVertical);

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

/**
 * The same where money goes portion by portion across installments: the whole installment may be paid as principal, and
 * no more interest than what is owed of it in all.
 */
export const dueAmountsAcross = (model: Model, index: number, on: Day): DueAmounts | undefined => {
  const asked = dueAmountsNear(model, index, on);
  const target = model.periods[index];
  if (asked === undefined || target === undefined || target.plannedPrincipal !== undefined) return undefined;
  const { paidPrincipal, paidInterest, plannedEmi } = target;
  const emi = on <= target.from ? plannedEmi : target.emi;
  const left = outstandingPrincipalOf(model);
  const owed = interestOwedBy(model, index, emi, on);
  // Another installment must be open beside it.
  if (owed === undefined || asked.principal - paidPrincipal >= left) return undefined;
  return {
    principal: capped(askedIn(target, emi), left, paidPrincipal),
    interest: capped(asked.interest, owed, paidInterest),
  };
};

/** Interest of days gone by that is owed in all; undefined where it does not end with the installment. */
const interestOwedBy = (model: Model, index: number, emi: bigint, on: Day): bigint | undefined => {
  const { periods } = model;
  const running = periodOn(model, on);
  if (model.hasForward || !arePlain(model, running, periods.length - 1)) return undefined;
  let owed = interestFrom(model, 0, running);
  let waiting = interestWaitingFor(model, running);
  for (let at = running; at < periods.length; at += 1) {
    const period = periods[at];
    if (period === undefined) return undefined;
    const interest = waiting + interestBy(model, period, at === running, on);
    if (isLedShort(model, period, interest)) return undefined;
    if (interest === 0n) continue;
    if (at > index) return undefined;
    const due = sharesOf(period, interest, at === index ? emi : undefined).interest;
    owed += due - period.paidInterest;
    waiting = positive(interest - due);
  }
  return owed;
};

/** Interest of a period by a day: that of its days gone by, if it is the running one, and what follows from no days. */
const interestBy = (model: Model, period: RepaymentPeriod, isRunning: boolean, on: Day): bigint => {
  const own = isRunning && period.interestPlace === 'here' ? interestOf(model, period, on) : 0n;
  return own + period.fixedInterest + period.interestFromLater;
};

/** Interest of the period before that found no room there. */
const interestWaitingFor = ({ periods }: Model, index: number): bigint => {
  const before = periods[index - 1];
  return before === undefined ? 0n : unaskedInterest(before);
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
  let carried = interestWaitingFor(model, running);
  for (let at = running; at < index; at += 1) {
    const period = periods[at];
    if (period === undefined) return undefined;
    const interest = carried + interestBy(model, period, at === running, on);
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

const countOpen = ({ periods }: Model): number =>
  periods.reduce((sum, period) => (isPaidUp(period) ? sum : sum + 1), 0);
