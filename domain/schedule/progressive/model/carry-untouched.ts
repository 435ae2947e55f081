import { nearestDouble, wholeAmount } from '../../doubles';
import { asksForItsDays, balanceAfter, type Model, type RepaymentPeriod, unaskedInterest } from './model';
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
  let opening = nearestDouble(balanceAfter(before));
  if (opening >= SAFE) return first;
  const { periods } = model;
  let [asked, owed] = [0, 0];
  let index = first;
  for (; index < periods.length; index += 1) {
    const period = periods[index];
    const part = period?.parts[0];
    if (period === undefined || part === undefined || period.sharesParts || !isStillUntouched(period)) break;
    if (part.base === opening) {
      noteChanged(model, first, index - 1, asked - owed);
      return DONE;
    }
    const emi = nearestDouble(period.emi);
    const interest = interestOn(model, opening, part.factor);
    if (interest === undefined || interest > emi || emi >= SAFE) break;
    asked += interest;
    owed += nearestDouble(period.dueInterest);
    part.balance = wholeAmount(opening);
    part.base = opening;
    setShares(period, wholeAmount(interest), wholeAmount(emi - interest));
    opening = Math.max(0, opening - (emi - interest));
  }
  noteChanged(model, first, index - 1, asked - owed);
  return index === periods.length ? DONE : index;
};

/** Whole numbers below this are held exactly, and so are their sums over all periods. */
const SAFE = 2 ** 42;

/** Interest moves between the portions of an installment, which stays as large as it is. */
const noteChanged = (model: Model, from: number, to: number, interest: number): void => {
  if (to < from) return;
  const { sums } = model;
  const moved = interest < 0 ? -wholeAmount(-interest) : wholeAmount(interest);
  sums.dueInterest += moved;
  sums.duePrincipal -= moved;
  if (from < model.changedFrom) model.changedFrom = from;
  if (to > model.changedTo) model.changedTo = to;
};

/** Found out once after each time that it was worked out by itself. */
export const isStillUntouched = (period: RepaymentPeriod): boolean => {
  period.isUntouched ??= isUntouched(period);
  return period.isUntouched;
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
  asksForItsDays(period) && period.paidPrincipal === 0n && period.paidInterest === 0n && period.carriedIn === 0n;

const RELATIVE_ERROR = 32 * 2 ** -53;
const CARRIED_ERROR = 1e-18;

/** Interest of a whole period, rounded; undefined where that is in doubt. */
const interestOn = ({ money }: Model, base: number, factor: number): number | undefined => {
  const interest = base * factor;
  if (interest === 0) return 0;
  return surelyRoundedMinor(money, interest, base * CARRIED_ERROR + interest * RELATIVE_ERROR);
};

const setShares = (period: RepaymentPeriod, interest: bigint, principal: bigint): void => {
  const { counted } = period;
  period.interest = interest;
  period.dueInterest = interest;
  period.duePrincipal = principal;
  period.mayOwePrincipal = true;
  counted.dueInterest = interest;
  counted.duePrincipal = principal;
};
