import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { changeBalance } from './balance-change';
import { carry } from './carry';
import { evenly } from './installment-amount';
import { measure } from './interest';
import {
  creditedIn,
  creditedPrincipalIn,
  isPaidUp,
  type Model,
  owedPrincipal,
  paidIn,
  type RepaymentPeriod,
} from './model';
import { setInstallments } from './replan';
import { smooth } from './smoothing';

/** Spreads what is overdue over the installments still to come: principal and interest find their new places. */
export const reAmortize = (model: Model, on: Day): void => {
  if (!model.periods.some(({ due }) => due > on)) return;
  model.graceLifted = true;
  moveOverdue(model, on);
  carry(model);
  planAnew(model, on);
};

/** The same, with the overdue interest in equal parts on top of the new installments. Nothing overdue: nothing new. */
export const reAmortizeSplitting = (model: Model, on: Day): void => {
  const later = model.periods.filter(({ due }) => due > on);
  const overdue = model.periods.filter((period) => period.due <= on && !isPaidUp(period));
  if (later.length === 0 || overdue.length === 0) return;
  model.graceLifted = true;
  const interest = overdue.reduce((sum, { dueInterest, paidInterest }) => sum + dueInterest - paidInterest, 0n);
  const each = evenly(model.money, interest, later.length);
  forgetCorrections(model);
  closeUntil(model, on);
  for (const period of later) {
    measure(model, period);
    period.fixedInterest += each;
  }
  carry(model);
  planAnew(model, on);
};

/** Asks for no more than was paid with what is overdue; what was paid of the others counts from their due dates. */
const closeUntil = (model: Model, on: Day): void => {
  for (const [index, period] of model.periods.entries()) {
    const last = period.parts.at(-1);
    if (last === undefined || period.due > on) continue;
    if (isPaidUp(period)) {
      const next = model.periods[index + 1];
      const repaid = period.paidPrincipal - (next === undefined ? 0n : creditedPrincipalIn(next));
      if (repaid > 0n) last.correction -= repaid;
    } else {
      last.correction -= period.paidPrincipal;
      close(period);
      period.interestPlace = 'later';
    }
  }
};

const planAnew = (model: Model, on: Day): void => {
  const later = model.periods.filter(({ due }) => due > on);
  setInstallments(model, later);
  carry(model);
  absorb(model, on);
  smooth(model, later);
};

/** Asks for no more than was paid with installments that have begun; overdue principal counts as outstanding. */
export const moveOverdue = (model: Model, on: Day): void => {
  const isOver = on > (model.periods.at(-1)?.due ?? on);
  if (isOver) uncorrect(model);
  for (const period of model.periods) {
    if (period.from > on || isPaidUp(period)) continue;
    if (!isOver) correctAnew(period, on);
    close(period);
  }
  model.overdueCorrections = [];
};

/** Once the plan is over, what was overdue had counted as paid on its last day: it is outstanding again. */
const uncorrect = (model: Model): void => {
  for (const { on, amount } of model.overdueCorrections) changeBalance(model, on, { correction: -amount });
};

const correctAnew = (period: RepaymentPeriod, on: Day): void => {
  for (const part of period.parts) if (part.to === on) part.correction = 0n;
  const last = period.parts.at(-1);
  if (last !== undefined && last.correction !== 0n) last.correction -= owedPrincipal(period);
};

const close = (period: RepaymentPeriod): void => {
  period.plannedPrincipal = undefined;
  period.emi = paidIn(period);
  period.creditedMoved += creditedIn(period);
};

const forgetCorrections = (model: Model): void => {
  for (const { parts } of model.periods) for (const part of parts) part.correction = 0n;
  model.overdueCorrections = [];
};
