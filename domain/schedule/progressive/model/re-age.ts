import type { Day } from '../../../calendar';
import type { Period } from '../../loan-terms';
import { absorb } from './absorb';
import { smaller } from './amounts';
import { keepPauses } from './balance-change';
import { carry, outstandingPrincipalOf } from './carry';
import { putBack } from './credit';
import { disburse } from './disburse';
import { measure } from './interest';
import {
  askedIn,
  creditedIn,
  creditedPrincipalIn,
  type Model,
  modelOf,
  owedInterest,
  paidIn,
  periodOn,
  type RepaymentPeriod,
  recount,
  repaymentPeriod,
} from './model';
import { stepped } from './nominal-units';
import { decimalOf } from './precision';
import { datedRate } from './rates';
import { moveOverdue } from './re-amortize';
import { smooth } from './smoothing';
import { partOf, principalBeside, type Spread, spreadOver } from './spread';
import { interestUntil } from './until';

/** New installments from a first due date on. */
export interface NewInstallments {
  readonly period: Period;
  readonly startsOn: Day;
  readonly count: number;
}

const dueDates = ({ period, startsOn, count }: NewInstallments): readonly Day[] =>
  Array.from({ length: count }, (_, index) => stepped(startsOn, period.unit, index * period.every));

/** What a re-aging in equal parts spreads: interest to the day, or all that the plan still has. */
export const reAgedAmounts = (
  model: Model,
  on: Day,
  interest: 'payable' | 'full',
): { principal: bigint; interest: bigint } => {
  const through = interest === 'payable' ? on : (model.periods.at(-1)?.due ?? on);
  const until = interestUntil(model, through);
  absorb(until, through);
  const { dueInterest, paidInterest } = until.sums;
  return { principal: outstandingPrincipalOf(until), interest: dueInterest - paidInterest };
};

/**
 * Replaces what is left of the plan by new installments with equal parts of principal and interest. Nothing bears
 * interest after that day. `others` is what the installments hold besides.
 */
export const reAgeEqually = (
  model: Model,
  on: Day,
  plan: NewInstallments,
  amounts: { readonly principal: bigint; readonly interest: bigint },
  others: readonly { readonly amount: bigint; readonly spread: Spread }[],
): void => {
  const maturity = model.periods.at(-1)?.due ?? on;
  const early = paidSince(model, on);
  endOn(model, on);
  for (const period of model.periods) {
    const last = period.parts.at(-1);
    if (last !== undefined) last.creditedInterest -= smaller(owedInterest(period), creditedInterestIn(period));
    period.plannedPrincipal = undefined;
    period.emi = paidIn(period);
    period.creditedMoved += creditedIn(period);
    period.interestPlace = 'later';
  }
  if (maturity >= on) holdEarly(model, early, true);
  const interest = spreadOver(model.money, amounts.interest, plan.count);
  const beside = [...others, { amount: amounts.interest, spread: interest }];
  const principal = principalBeside(
    { ...model.money, installmentMultiple: undefined },
    amounts.principal,
    beside,
    plan.count,
  );
  for (const [index, due] of dueDates(plan).entries()) {
    const period = repaymentPeriod(model.periods.at(-1)?.due ?? on, due);
    period.reAged = true;
    period.fixedInterest = partOf(interest, index, plan.count);
    period.emi = partOf(principal, index, plan.count) + period.fixedInterest;
    period.plannedEmi = period.emi;
    model.periods.push(period);
  }
  countFromLast(model);
  const from = Math.min(on, maturity);
  model.rates = [...model.rates.filter((rate) => rate.from < from), datedRate(from, decimalOf('0'))];
  for (const period of model.periods) if (period.due > from) measure(model, period);
  carry(model);
  absorb(model, on);
};

/** Due dates after those of the new plan are counted from its last. */
const countFromLast = (model: Model): void => {
  const last = model.periods.at(-1);
  if (last !== undefined) model.seed = { day: last.due, after: model.periods.length };
};

const creditedInterestIn = ({ parts }: RepaymentPeriod): bigint =>
  parts.reduce((sum, { creditedInterest }) => sum + creditedInterest, 0n);

/**
 * Replaces what is left of the plan by new equal installments that bear interest as the loan does. Interest that was
 * overdue is due with the first of them.
 */
export const reAge = (model: Model, on: Day, plan: NewInstallments): void => {
  const principal = outstandingPrincipalOf(model);
  const start = model.periods[0]?.from ?? on;
  const isFromStart = plan.startsOn === start;
  const dues = isFromStart ? dueDates({ ...plan, count: plan.count + 1 }).slice(1) : dueDates(plan);
  const first = isFromStart ? plan.startsOn : stepped(plan.startsOn, plan.period.unit, -plan.period.every);
  model.graceLifted = true;
  const early = paidSince(model, on);
  endOn(model, on);
  moveOverdue(model, on);
  joinStubs(model);
  const fresh = freshPlan(model, plan, [first, ...dues], principal);
  if (early.principal !== 0n || early.interest !== 0n) holdEarly(model, early, false);
  const kept = model.periods.length;
  for (const period of fresh.periods) {
    const added = repaymentPeriod(model.periods.at(-1)?.due ?? on, period.due);
    added.emi = period.duePrincipal + period.dueInterest;
    added.plannedEmi = added.emi;
    model.periods.push(added);
    measure(model, added);
  }
  countFromLast(model);
  carry(model);
  absorb(model, on);
  smooth(
    model,
    model.periods.filter(({ from, due }) => (from === on && due === plan.startsOn) || from >= plan.startsOn),
  );
  // The new installments are those of a loan without pauses; what the pauses spare shortens the last.
  const paused = model.periods[keepPauses(model, kept)];
  if (paused !== undefined) absorb(model, paused.from);
};

/** The new installments by themselves, as of a loan that is paid out one period before the first is due. */
const freshPlan = (
  model: Model,
  { period }: NewInstallments,
  [first, ...dues]: readonly [Day, ...(readonly Day[])],
  principal: bigint,
): Model => {
  const { terms } = model;
  const stretches = dues.map((due, index) => ({ from: dues[index - 1] ?? first, due }));
  const fresh = modelOf(
    {
      ...terms,
      dueDates: { ...terms.dueDates, period },
      tranches: { ...terms.tranches, fullTerm: false },
      grace: { principal: 0, interest: 0, interestFree: 0 },
    },
    stretches,
  );
  fresh.rates = model.rates;
  fresh.notes = model.notes;
  disburse(fresh, first, principal);
  return fresh;
};

interface Paid {
  readonly principal: bigint;
  readonly interest: bigint;
}

const paidSince = ({ periods }: Model, on: Day): Paid => {
  let [principal, interest] = [0n, 0n];
  for (const { due, paidPrincipal, paidInterest } of periods) {
    if (due < on) continue;
    principal += paidPrincipal;
    interest += paidInterest;
  }
  return { principal, interest };
};

/** Ends the plan on a day: the running period ends there, and there is nothing after it. */
const endOn = (model: Model, on: Day): void => {
  const credited = model.periods
    .filter(({ from, due }) => from >= on && due > on)
    .reduce((sum, period) => sum + creditedPrincipalIn(period), 0n);
  const index = periodOn(model, on);
  const period = model.periods[index];
  if (period !== undefined) {
    period.holdsEarly = true;
    if (period.due !== on) cutShort(model, period, on);
    if (index < model.periods.length - 1) model.periods = model.periods.filter(({ due }) => due <= on);
    recount(model);
  }
  model.principal -= credited;
  putBack(model, on, credited, 0n);
};

const cutShort = (model: Model, period: RepaymentPeriod, on: Day): void => {
  period.due = on;
  const parts = period.parts.filter(({ from }, index) => index === 0 || from < on);
  const last = parts.at(-1);
  if (last !== undefined) last.to = on;
  period.parts = parts;
  measure(model, period);
};

/** Stubs that re-agings have left one after the other, and that ask for nothing, are one. */
const joinStubs = (model: Model): void => {
  const isEmptyStub = (period: RepaymentPeriod): boolean => period.holdsEarly && askedIn(period) === 0n;
  const joined: RepaymentPeriod[] = [];
  for (const period of model.periods) {
    const before = joined.at(-1);
    if (before === undefined || !isEmptyStub(before) || !isEmptyStub(period)) {
      joined.push(period);
      continue;
    }
    before.due = period.due;
    before.parts = [...before.parts, ...period.parts];
    measure(model, before);
  }
  if (joined.length === model.periods.length) return;
  model.periods = joined;
  recount(model);
};

/** What was paid in advance of the old plan stays with its last day. */
const holdEarly = (model: Model, early: Paid, reAged: boolean): void => {
  const holder = model.periods.at(-1);
  if (holder === undefined) return;
  holder.paidInterest = early.interest;
  holder.paidPrincipal = early.principal;
  holder.plannedPrincipal = undefined;
  holder.emi = paidIn(holder);
  holder.reAged = holder.reAged || reAged;
  holder.holdsEarly = true;
  measure(model, holder);
};
