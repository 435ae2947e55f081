import { nearestDouble, wholeAmount } from '../../doubles';
import { balanceAfter, type Model, type RepaymentPeriod, unaskedInterest } from './model';
import { surelyRoundedMinor } from './money-rules';

/** Nothing changes any more: see `carryThroughUntouched`. */
export const DONE = -1;

/**
 * Carries a changed balance through the periods from one on that nothing has happened to yet: no payment, payout or
 * chargeback, interest that finds room in its installment. Most of a loan is such periods most of the time, and every
 * payment moves all of them by some cents. They are worked out in doubles, as far as these leave no doubt.
 * @returns the first period that this cannot be said of; `DONE` where nothing changes any more
 */
export const carryThroughUntouched = (model: Model, first: number): number => {
  const before = model.periods[first - 1];
  if (before === undefined || model.terms.interest.method === 'flat' || unaskedInterest(before) !== 0n) return first;
  const sumBefore = model.sums.dueInterest;
  let opening = balanceAfter(before);
  let index = first;
  for (; index < model.periods.length; index += 1) {
    const period = model.periods[index];
    if (period === undefined || !isUntouched(period)) break;
    if (period.parts[0]?.balance === opening) {
      noteChanged(model, first, index - 1, sumBefore);
      return DONE;
    }
    if (!carryBalance(model, period, opening)) break;
    opening = opening > period.duePrincipal ? opening - period.duePrincipal : 0n;
  }
  noteChanged(model, first, index - 1, sumBefore);
  return index === model.periods.length ? DONE : index;
};

/** Interest moves between the portions of an installment, which stays as large as it is. */
const noteChanged = (model: Model, from: number, to: number, dueInterestBefore: bigint): void => {
  if (to < from) return;
  model.sums.duePrincipal -= model.sums.dueInterest - dueInterestBefore;
  if (from < model.changedFrom) model.changedFrom = from;
  if (to > model.changedTo) model.changedTo = to;
};

/** Lets a period begin with a balance; false where what comes of that is in doubt, or finds no room. */
const carryBalance = (model: Model, period: RepaymentPeriod, opening: bigint): boolean => {
  const [part] = period.parts;
  const interest = part && interestOn(model, opening, part.factor);
  if (part === undefined || interest === undefined || interest > period.emi) return false;
  model.sums.dueInterest += interest - period.dueInterest;
  part.balance = opening;
  setInterest(period, interest);
  return true;
};

const isUntouched = (period: RepaymentPeriod): boolean => {
  const { counted, parts } = period;
  const [part] = parts;
  return (
    parts.length === 1 &&
    part !== undefined &&
    !part.paused &&
    part.from === period.from &&
    part.to === period.due &&
    part.correction === 0n &&
    part.disbursed === 0n &&
    part.creditedPrincipal === 0n &&
    part.creditedInterest === 0n &&
    hasPlainInstallment(period) &&
    // What it asked for last is in the sums of the model.
    counted.asked === period.emi &&
    counted.dueInterest === period.dueInterest &&
    counted.duePrincipal === period.duePrincipal
  );
};

const hasPlainInstallment = (period: RepaymentPeriod): boolean =>
  period.interestPlace === 'here' &&
  !period.interestGrace &&
  period.plannedPrincipal === undefined &&
  period.paidPrincipal === 0n &&
  period.paidInterest === 0n &&
  period.carriedIn === 0n &&
  period.interestFromLater === 0n &&
  period.fixedInterest === 0n &&
  period.credited === 0n &&
  period.creditedMoved === 0n;

const RELATIVE_ERROR = 32 * 2 ** -53;
const CARRIED_ERROR = 1e-18;

/** Interest of a whole period, rounded; undefined where that is in doubt. */
const interestOn = ({ money }: Model, balance: bigint, factor: number): bigint | undefined => {
  const base = nearestDouble(balance);
  const interest = base * factor;
  if (interest === 0) return 0n;
  const rounded = surelyRoundedMinor(money, interest, base * CARRIED_ERROR + interest * RELATIVE_ERROR);
  return rounded === undefined ? undefined : wholeAmount(rounded);
};

const setInterest = (period: RepaymentPeriod, interest: bigint): void => {
  const { counted } = period;
  const principal = period.emi - interest;
  period.interest = interest;
  period.dueInterest = interest;
  period.duePrincipal = principal;
  counted.dueInterest = interest;
  counted.duePrincipal = principal;
};
