import type { Day } from '../../../calendar';
import { assert } from '../../../kernel';
import { positive, smaller } from '../model/amounts';
import { isSettled, settle } from '../model/settle';
import { checkMet, type Installment, outstandingOf, oweBeside } from './installment';
import { followsDays, type Life } from './life';
import { takeOver } from './sync';

/**
 * Keeps what holds of a loan after every step of its life: the principal of its installments is what was lent and put
 * back, and no portion of one is paid beyond what is owed with it. Where interest follows days the plan itself sees to
 * it; otherwise payments and the plan know nothing of each other, and installments make up for what they differ by.
 * The assertion is on in production: a loan that cannot be brought there is not shown at all.
 * @returns whether anything had to be changed
 */
export const conserve = (life: Life, on: Day): boolean => {
  const isChanged = settle(life.model, on);
  if (isChanged) takeOver(life, on);
  if (isConserved(life)) return isChanged;
  coverPaid(life, on);
  moveDifference(life, on);
  assertConserved(life);
  return true;
};

/**
 * The same after money came in. Where interest follows days nothing was owed anew but by the plan, and nothing was paid
 * but what was owed: that the plan is settled says it all, and the installments need not be gone through.
 */
export const conservePaid = (life: Life, on: Day): void => {
  if (!followsDays(life) || !isSettled(life.model)) conserve(life, on);
};

/** Σ principal of the installments = principal lent and put back. */
const isConserved = (life: Life): boolean => {
  let owed = 0n;
  for (const installment of life.installments) {
    if (isOverdrawn(installment)) return false;
    owed += installment.owed.principal;
  }
  return owed === lent(life);
};

const isOverdrawn = ({ owed, paid, waived, writtenOff }: Installment): boolean =>
  owed.principal < paid.principal + waived.principal + writtenOff.principal ||
  owed.interest < paid.interest + waived.interest + writtenOff.interest ||
  owed.fee < paid.fee + waived.fee + writtenOff.fee ||
  owed.penalty < paid.penalty + waived.penalty + writtenOff.penalty;

const lent = ({ disbursements, putBacks }: Life): bigint => {
  let sum = 0n;
  for (const { amount } of disbursements) sum += amount;
  for (const { amount } of putBacks) sum += amount;
  return sum;
};

const assertConserved = (life: Life): void => {
  assert(
    isConserved(life),
    () => `a loan's installments owe ${life.installments.map(({ owed }) => owed.principal)} of ${lent(life)}`,
  );
};

/** What was paid of an installment stays asked for with it; interest that is no longer due there leaves later ones. */
const coverPaid = (life: Life, on: Day): void => {
  for (const [index, installment] of life.installments.entries()) {
    for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
      const short = positive(-outstandingOf(installment, portion));
      if (short === 0n) continue;
      oweBeside(installment, portion, short);
      if (portion === 'interest') takeInterest(life.installments.slice(index + 1), short, on);
    }
    checkMet(installment, on);
  }
};

const takeInterest = (later: readonly Installment[], amount: bigint, on: Day): void => {
  let left = amount;
  for (const installment of later) {
    const taken = smaller(left, positive(outstandingOf(installment, 'interest')));
    if (taken === 0n) continue;
    oweBeside(installment, 'interest', -taken);
    checkMet(installment, on);
    left -= taken;
  }
};

/** Principal that is too much leaves the last installments; what is missing is due with the last. */
const moveDifference = (life: Life, on: Day): void => {
  let surplus = life.installments.reduce((sum, { owed }) => sum + owed.principal, -lent(life));
  for (const installment of life.installments.toReversed()) {
    if (surplus <= 0n) break;
    const taken = smaller(surplus, positive(outstandingOf(installment, 'principal')));
    oweBeside(installment, 'principal', -taken);
    checkMet(installment, on);
    surplus -= taken;
  }
  const last = life.installments.findLast(({ kind }) => kind !== 'down-payment' && kind !== 'additional');
  if (surplus >= 0n || last === undefined) return;
  oweBeside(last, 'principal', -surplus);
  checkMet(last, on);
};
