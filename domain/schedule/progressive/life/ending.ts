import type { Day } from '../../../calendar';
import { larger, positive, smaller } from '../model/amounts';
import { untilDay } from '../model/until-day';
import { accelerate, interestTo, isAgreed, runningOn } from './accelerate';
import { conserve } from './conserve';
import { checkMet, type Installment, outstandingOf, oweBeside, totalOf } from './installment';
import { type Entry, followsDays, type Life, outstandingPortions, record } from './life';
import { takeOver } from './sync';

/**
 * The lender no longer counts on the money. What becomes of the plan is as the terms say. Of a loan that owes nothing
 * any more, by a payment that became known later, there is nothing to charge off.
 */
export const applyChargeOff = (life: Life, fact: string, on: Day): void => {
  if (owesNothing(life)) return;
  const entry = record(life, { fact, kind: 'charge-off', on, amount: 0n });
  if (life.terms.chargeOff === 'zero-interest') dropLaterInterest(life, on);
  if (life.terms.chargeOff === 'accelerate-maturity') accelerate(life, on);
  life.chargedOffOn = on;
  stateOutstanding(life, entry);
};

/** All that is left falls due at once, with interest to the day; of a loan that owes nothing any more, nothing. */
export const applyTermination = (life: Life, fact: string, on: Day): void => {
  if (owesNothing(life)) return;
  const entry = record(life, { fact, kind: 'termination', on, amount: 0n });
  accelerate(life, on);
  life.terminatedOn = on;
  stateOutstanding(life, entry);
};

const owesNothing = ({ installments }: Life): boolean => totalOf(outstandingPortions(installments)) === 0n;

/** The debt is given up. */
export const applyWriteOff = (life: Life, fact: string, kind: string, on: Day): Entry => {
  takeOver(life, on);
  conserve(life, on);
  const entry = record(life, { fact, kind, on, amount: 0n });
  stateOutstanding(life, entry);
  for (const installment of life.installments) {
    life.outstandingPrincipal -= positive(outstandingOf(installment, 'principal'));
    for (const portion of ['principal', 'interest', 'fee', 'penalty'] as const) {
      installment.writtenOff[portion] += positive(outstandingOf(installment, portion));
    }
    checkMet(installment, on);
  }
  life.writtenOffOn = on;
  entry.balance = life.outstandingPrincipal;
  return entry;
};

const stateOutstanding = (life: Life, entry: Entry): void => {
  Object.assign(entry.parts, outstandingPortions(life.installments));
  entry.amount = totalOf(entry.parts);
  entry.balance = life.outstandingPrincipal;
};

/** Interest after the day is dropped; the installments stay as large as they are, so that the end comes earlier. */
const dropLaterInterest = (life: Life, on: Day): void => {
  const running = runningOn(life, on);
  if (running !== undefined) {
    const interest = interestTo(life, running, on);
    const dropped = positive(running.owed.interest - larger(interest, running.paid.interest));
    oweBeside(running, 'principal', dropped);
    oweBeside(running, 'interest', -dropped);
    checkMet(running, on);
  }
  const stays = (installment: Installment): boolean =>
    installment.from <= on || installment.isMet || isAgreed(installment);
  let run = runBeside(life, stays, on);
  for (const installment of life.installments) {
    if (stays(installment)) continue;
    const interest = positive(outstandingOf(installment, 'interest'));
    const kept = installment.period === undefined ? 0n : smaller(interest, run);
    run -= kept;
    oweBeside(installment, 'principal', interest - kept);
    oweBeside(installment, 'interest', kept - interest);
  }
  takeFromEnd(life, on);
};

/**
 * What has run up to the day and is owed with later installments, those of its own days being met already. What a
 * re-amortization has split over them is none of it (published: C4512).
 */
const runBeside = (life: Life, stays: (installment: Installment) => boolean, on: Day): bigint => {
  if (!followsDays(life)) return 0n;
  const { dueInterest, paidInterest } = untilDay(life.model, on).sums;
  let run = dueInterest - paidInterest;
  for (const installment of life.installments) {
    const { period } = installment;
    if (period === undefined) continue;
    run -= stays(installment) ? positive(outstandingOf(installment, 'interest')) : period.fixedInterest;
  }
  return positive(run);
};

/** Installments together ask for no more principal than was paid out. */
const takeFromEnd = (life: Life, on: Day): void => {
  const paidOut = [...life.disbursements, ...life.putBacks].reduce((sum, { amount }) => sum + amount, 0n);
  const asked = life.installments.reduce((sum, { owed }) => sum + owed.principal, 0n);
  let surplus = asked - paidOut;
  for (const installment of life.installments.toReversed()) {
    if (surplus === 0n) return;
    if (installment.kind === 'additional' || installment.isMet) continue;
    const taken = surplus > 0n ? smaller(surplus, positive(outstandingOf(installment, 'principal'))) : surplus;
    oweBeside(installment, 'principal', -taken);
    surplus -= taken;
    checkMet(installment, on);
  }
};
