import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { larger } from './amounts';
import { carry, carryInto } from './carry';
import { replanFlat } from './flat';
import { equalInstallment } from './installment-amount';
import { measure } from './interest';
import { balanceAfter, copyOf, type Model, paidIn, type RepaymentPeriod } from './model';
import { hasOwnShape, shapeInstallments } from './shapes';
import { smooth } from './smoothing';

/**
 * Works out the installments from a period on: after a payout, a change of rate or more periods. What was planned
 * before stays. `through` is the due date that the change is felt with.
 */
export const replan = (model: Model, from: number, through: Day, mode: 'as-it-stands' | 'as-planned'): void => {
  const periods = model.periods.slice(from);
  markInterestGrace(model, from);
  if (model.terms.interest.method === 'flat' && !hasOwnShape(model)) {
    markPrincipalGrace(model, periods);
    replanFlat(model, from);
    return;
  }
  for (const period of periods) measure(model, period);
  carry(model);
  if (mode === 'as-planned') installmentsAsPlanned(model, from, through);
  else setInstallments(model, periods);
  putOffPrincipal(model, periods);
  carry(model);
  absorb(model, through);
  if (mode === 'as-it-stands' && !hasOwnShape(model)) smooth(model, periods);
};

/**
 * The installments of a loan that is paid exactly as planned: a further payout is repaid by all alike, whatever was
 * paid early or late.
 */
const installmentsAsPlanned = (model: Model, from: number, through: Day): void => {
  const planned = withoutPayments(model);
  replan(planned, from, through, 'as-it-stands');
  for (const [index, period] of model.periods.entries()) {
    const other = planned.periods[index];
    if (index < from || other === undefined) continue;
    period.emi = other.emi;
    period.plannedEmi = other.plannedEmi;
    period.plannedPrincipal = other.plannedPrincipal;
  }
};

const withoutPayments = (model: Model): Model => {
  const copy = copyOf(model);
  copy.overdueCorrections = [];
  for (const period of copy.periods) {
    if (period.interestPlace === 'later') period.fixedInterest = period.paidInterest;
    period.paidPrincipal = 0n;
    period.paidInterest = 0n;
    period.interestFromLater = 0n;
    for (const part of period.parts) part.correction = 0n;
  }
  return copy;
};

/** Equal installments for the balance that the first of the periods starts with, or those of the loan's own shape. */
export const setInstallments = (model: Model, periods: readonly RepaymentPeriod[]): void => {
  const [first] = periods;
  if (first === undefined) return;
  const balance = balanceToRepay(model, first);
  if (hasOwnShape(model)) {
    shapeInstallments(model, periods, balance);
    return;
  }
  const emi = equalInstallment(model, periods, balance);
  for (const period of periods) {
    if (emi < paidIn(period)) continue;
    period.emi = emi;
    period.plannedEmi = emi;
  }
};

/** What the periods from one on have to repay: the balance before it, and what is paid out in it. */
const balanceToRepay = (model: Model, first: RepaymentPeriod): bigint => {
  const before = model.periods[model.periods.indexOf(first) - 1];
  const balance = before === undefined ? 0n : balanceAfter(before);
  return first.parts.reduce((sum, { disbursed }) => sum + disbursed, balance);
};

/**
 * Which installments put their interest off: the first ones, as the terms say, or all but the last, and those that were
 * granted it. None before `from` begins to.
 */
export const markInterestGrace = (model: Model, from = 0): void => {
  const { amortization, grace } = model.terms;
  const { interest, interestFree } = grace;
  const putOff = amortization.kind === 'bullet' ? model.periods.length : interest;
  for (const [index, period] of model.periods.entries()) {
    if (interest > 0 || period.granted?.interest === true) {
      const isLast = index === model.periods.length - 1;
      const isPutOff = (index < putOff && !isLast) || period.granted?.interest === true;
      period.interestGrace = isPutOff && (period.interestGrace || index >= from);
    }
    if (index < interestFree) for (const part of period.parts) part.paused = true;
  }
};

/** The first installments ask for interest alone, and those with grace; those after them are worked out anew. */
const putOffPrincipal = (model: Model, periods: readonly RepaymentPeriod[]): void => {
  const [first] = periods;
  for (const period of model.periods) period.principalGrace = false;
  if (first === undefined || !model.periods.some((_, index) => hasGrace(model, index))) return;
  for (const [index, period] of model.periods.entries()) {
    if (!hasGrace(model, index)) continue;
    if (period.due >= first.due) askInterestAlone(model, index, period);
    else if (period.duePrincipal === 0n) period.principalGrace = true;
  }
  const repaying = periods.filter(({ principalGrace }) => !principalGrace);
  if (repaying.length === 0) return;
  carry(model);
  setInstallments(model, repaying);
};

const markPrincipalGrace = (model: Model, periods: readonly RepaymentPeriod[]): void => {
  for (const [index, period] of model.periods.entries()) {
    if (periods.includes(period)) period.principalGrace = hasGrace(model, index);
  }
  if (periods.every(({ principalGrace }) => principalGrace))
    for (const period of periods) period.principalGrace = false;
};

const hasGrace = ({ graceLifted, terms, periods }: Model, index: number): boolean =>
  (!graceLifted && index < terms.grace.principal) || periods[index]?.granted?.principal === true;

const askInterestAlone = (model: Model, index: number, period: RepaymentPeriod): void => {
  if (period.plannedPrincipal !== undefined) period.plannedPrincipal = period.paidPrincipal;
  carryInto(model, index);
  period.emi = period.interestGrace ? period.paidInterest : larger(period.interest, paidIn(period));
  period.plannedEmi = period.emi;
  period.principalGrace = true;
  carryInto(model, index);
};
