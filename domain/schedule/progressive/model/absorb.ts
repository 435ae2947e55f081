import type { Day } from '../../../calendar';
import { larger, positive } from './amounts';
import { carry, leastInstallment, shareInstallment } from './carry';
import {
  askedIn,
  balanceAfter,
  copyOf,
  creditedIn,
  isPaidUp,
  type Model,
  owedPrincipal,
  type RepaymentPeriod,
  unaskedInterest,
} from './model';
import { interestUntil } from './until';

/**
 * Lets the last installment that is not paid up take the difference between what was paid out with its interest and
 * what the installments ask for. No installment asks for more principal than is left. Where later installments are paid
 * up already, the interest that their days bear up to `through` is asked for with it.
 */
export const absorb = (model: Model, through: Day): void => {
  const left = model.principal - model.sums.paidPrincipal;
  if (model.largestAsked > left) capPrincipal(model, left);
  for (;;) {
    const open = lastOpen(model);
    const index = open >= 0 ? open : untouchedLast(model);
    const period = model.periods[index];
    if (period === undefined) return;
    forgetForward(model, period);
    takeDifference(model, index, period);
    if (period.emi >= leastInstallment(period)) {
      bringForward(model, index, through);
      return;
    }
    // It was paid more than it may ask for: it is paid up, and the one before it takes the difference.
    setInstallment(period, leastInstallment(period));
    carry(model, index, index);
    if (open < 0) return;
  }
};

/** Index of the last installment that is not paid up. */
export const lastOpen = ({ periods }: Model): number => {
  for (let index = periods.length - 1; index >= 0; index -= 1) {
    const period = periods[index];
    if (period !== undefined && !isPaidUp(period)) return index;
  }
  return -1;
};

const setInstallment = (period: RepaymentPeriod, emi: bigint): void => {
  if (period.plannedPrincipal !== undefined) {
    period.plannedPrincipal = positive(period.plannedPrincipal + emi - period.emi);
  }
  period.emi = emi;
  shareInstallment(period);
};

const capPrincipal = (model: Model, left: bigint): void => {
  for (const [index, period] of model.periods.entries()) {
    const owed = owedPrincipal(period);
    if (owed <= left) continue;
    setInstallment(period, larger(period.emi - (owed - left), positive(leastInstallment(period))));
    carry(model, index, index);
  }
};

/** Before anything is paid: the last installment, when it is paid up only because nothing is asked for. */
const untouchedLast = ({ periods, sums }: Model): number => {
  const last = periods.at(-1);
  if (last === undefined || sums.paidPrincipal !== 0n || last.parts.length === 0) return -1;
  return balanceAfter(last) > 0n ? periods.length - 1 : -1;
};

const takeDifference = (model: Model, index: number, period: RepaymentPeriod): void => {
  // An installment that asked for less than its interest asks for more of it once it has grown: for all of it, where
  // it asked for nothing else.
  for (let round = 0; round < 4; round += 1) {
    const { dueInterest, asked } = model.sums;
    let emi = period.emi + model.principal + dueInterest - asked;
    if (emi > period.emi && period.dueInterest === askedIn(period)) emi += unaskedInterest(period);
    if (period.fixedInterest > 0n) emi = larger(emi, period.paidPrincipal + period.fixedInterest - creditedIn(period));
    if (emi === period.emi) return;
    setInstallment(period, emi);
    carry(model, index, index);
  }
};

/** Interest that was asked for early goes back to where it belongs. */
const forgetForward = (model: Model, period: RepaymentPeriod): void => {
  if (!model.hasForward) return;
  model.hasForward = false;
  let first = -1;
  for (const [index, other] of model.periods.entries()) {
    const isStale = other.interestPlace === 'earlier' || (other === period && other.interestFromLater !== 0n);
    if (isStale && first < 0) first = index;
    if (other.interestPlace === 'earlier') other.interestPlace = 'here';
    if (other === period) other.interestFromLater = 0n;
    else if (other.interestFromLater !== 0n) model.hasForward = true;
  }
  if (first >= 0) carry(model, first);
};

/** Asks for interest with an open installment that later days bear, as later installments are paid up. */
export const bringForward = (model: Model, index: number, through: Day): void => {
  const period = model.periods[index];
  if (period === undefined || !bearsLater(model, index)) return;
  const interest = unaskedLater(model, index, through);
  if (interest === 0n) return;
  period.interestFromLater = interest;
  model.hasForward = true;
  for (const later of model.periods.slice(index + 1)) {
    if (later.due > period.due && later.interestPlace === 'here') later.interestPlace = 'earlier';
  }
  carry(model, index);
};

/** Whether anything bears interest after an installment that later ones are paid up behind. */
const bearsLater = ({ periods }: Model, index: number): boolean =>
  periods.slice(index + 1).some(({ interest, parts }) => interest > 0n || parts.some(({ balance }) => balance > 0n));

const unaskedLater = (model: Model, index: number, through: Day): bigint => {
  const due = model.periods[index]?.due ?? 0;
  const later = interestUntil(withoutOverdue(model, due), through);
  const bearing = later.periods.findLast((candidate) => unaskedInterest(candidate) > 0n && candidate.due > due);
  return bearing === undefined ? 0n : unaskedInterest(bearing);
};

/** Interest on overdue principal is not interest on what was paid early. */
const withoutOverdue = (model: Model, due: Day): Model => {
  const isBeyond = model.overdueCorrections.some((correction) => correction.due > due);
  const isHere = model.overdueCorrections.some((correction) => correction.due === due);
  if (isBeyond || !isHere) return model;
  const copy = copyOf(model);
  for (const { on, amount } of copy.overdueCorrections) {
    const part = copy.periods.flatMap(({ parts }) => parts).find(({ to }) => to === on);
    if (part !== undefined) part.correction -= amount;
  }
  carry(copy);
  return copy;
};
