import { nearestDouble } from '../../doubles';
import { larger, positive, smaller } from './amounts';
import { carryThroughUntouched, DONE } from './carry-untouched';
import { interestOf } from './interest';
import {
  askedIn,
  balanceAfter,
  copyParts,
  count,
  creditedIn,
  type Model,
  paidIn,
  type RepaymentPeriod,
  unaskedInterest,
} from './model';

/**
 * Works out what is derived, from one period on: the balance of every interest period, the interest of every period,
 * and how it and the principal share the installment. Stops where nothing changes any more: `changed` is the last
 * period that was touched itself.
 */
export const carry = (model: Model, from = 0, changed = model.periods.length): void => {
  for (let index = Math.max(0, from); index < model.periods.length; index += 1) {
    const next = index > changed && index > 0 ? carryThroughUntouched(model, index) : index;
    if (next === DONE || carryInto(model, next, next > changed)) return;
    index = next;
  }
};

/** Works out one period from the one before it. True where that was asked not to be, if nothing there has changed. */
export const carryInto = (model: Model, index: number, unlessSame = false): boolean => {
  const period = model.periods[index];
  if (period === undefined) return true;
  const before = model.periods[index - 1];
  const opening = before === undefined ? openingOf(period) : balanceAfter(before);
  const carriedIn = before === undefined ? 0n : unaskedInterest(before);
  if (unlessSame && opening === openingOf(period) && carriedIn === period.carriedIn) return true;
  period.isUntouched = undefined;
  period.carriedIn = carriedIn;
  if (period.sharesParts) copyParts(period);
  carryBalances(period, opening);
  period.interest = interestDueBy(model, period);
  shareInstallment(period);
  count(model, period);
  if (index < model.changedFrom) model.changedFrom = index;
  if (index > model.changedTo) model.changedTo = index;
  return false;
};

const openingOf = ({ parts }: RepaymentPeriod): bigint => parts[0]?.balance ?? 0n;

const carryBalances = (period: RepaymentPeriod, opening: bigint): void => {
  let balance = opening;
  let credited = 0n;
  for (const part of period.parts) {
    if (part.balance !== balance) {
      part.balance = balance;
      part.base = nearestDouble(balance);
    }
    // Most add nothing: a comparison costs less than a sum of zeros.
    if (part.correction !== 0n) balance += part.correction;
    if (part.disbursed !== 0n) balance += part.disbursed;
    if (balance < 0n) balance = 0n;
    if (part.creditedPrincipal !== 0n) credited += part.creditedPrincipal;
    if (part.creditedInterest !== 0n) credited += part.creditedInterest;
  }
  period.credited = credited;
};

/** All interest that has come due by the end of a period, whether its installment has room for it or not. */
const interestDueBy = (model: Model, period: RepaymentPeriod): bigint => {
  let due = period.interestPlace === 'here' ? interestOf(model, period) : 0n;
  if (period.fixedInterest !== 0n) due += period.fixedInterest;
  if (period.interestFromLater !== 0n) due += period.interestFromLater;
  if (period.carriedIn !== 0n) due += period.carriedIn;
  return due;
};

/**
 * Interest first, principal with what is left of the installment; nothing below what was paid already. Interest that
 * finds no room is carried to the next period, never added to the principal.
 */
export const shareInstallment = (period: RepaymentPeriod): void => {
  const { interest } = period;
  period.emi = installmentWith(period, interest);
  const asked = askedIn(period);
  period.dueInterest = dueInterestOf(period, interest, asked);
  period.duePrincipal = larger(asked - period.dueInterest, period.paidPrincipal);
};

/** The installment with so much interest: as it is, or what leads it and the interest beside that. */
const installmentWith = (period: RepaymentPeriod, interest: bigint): bigint => {
  const { emi, plannedPrincipal } = period;
  if (plannedPrincipal === undefined) return emi;
  const beside = period.interestGrace ? period.paidInterest : interest;
  return positive(plannedPrincipal + beside - period.interestFromLater - creditedInterestIn(period));
};

/** Whether it would ask for less than was paid of it. */
export const isShortWith = (period: RepaymentPeriod, interest: bigint): boolean =>
  paidIn(period) > askedIn(period, installmentWith(period, interest));

/** How an installment is shared between so much interest and principal. */
export const sharesOf = (
  period: RepaymentPeriod,
  interest: bigint,
  emi = installmentWith(period, interest),
): { readonly interest: bigint; readonly principal: bigint } => {
  const asked = askedIn(period, emi);
  const due = dueInterestOf(period, interest, asked);
  return { interest: due, principal: larger(asked - due, period.paidPrincipal) };
};

/** Of so much interest: what the installment has room for. Where more principal was paid than fits beside it, none. */
const dueInterestOf = (period: RepaymentPeriod, interest: bigint, asked: bigint): bigint => {
  const { paidInterest, paidPrincipal } = period;
  if (period.interestGrace) return paidInterest;
  if (paidPrincipal > 0n && paidPrincipal > positive(asked - interest)) return paidInterest;
  return larger(paidInterest, smaller(interest, asked));
};

const creditedInterestIn = ({ parts }: RepaymentPeriod): bigint => {
  let credited = 0n;
  for (const part of parts) credited += part.creditedInterest;
  return credited;
};

/** Principal that was paid out or put back, and not paid yet. */
export const outstandingPrincipalOf = (model: Model): bigint => {
  return positive(model.principal - model.sums.paidPrincipal);
};

/** Least that an installment can be: what was paid of it, beyond what chargebacks ask for. */
export const leastInstallment = (period: RepaymentPeriod): bigint => paidIn(period) - creditedIn(period);
