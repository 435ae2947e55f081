import type { Day } from '../../../calendar';
import { larger, positive, smaller } from '../model/amounts';
import { roundedAmount } from '../model/money-rules';
import { untilDay } from '../model/pay';
import { over, times, whole } from '../model/precision';
import { conserve } from './conserve';
import { checkMet, type Installment, installmentOf, outstandingOf, oweBeside, totalOf } from './installment';
import { type Entry, followsDays, type Life, outstandingPortions, record } from './life';
import { takeOver } from './sync';

/** The lender no longer counts on the money. What becomes of the plan is as the terms say. */
export const applyChargeOff = (life: Life, fact: string, on: Day): void => {
  const entry = record(life, { fact, kind: 'charge-off', on, amount: 0n });
  if (life.terms.chargeOff === 'zero-interest') dropLaterInterest(life, on);
  if (life.terms.chargeOff === 'accelerate-maturity') accelerate(life, on);
  life.chargedOffOn = on;
  stateOutstanding(life, entry);
};

/** All that is left falls due at once, with interest to the day. */
export const applyTermination = (life: Life, fact: string, on: Day): void => {
  const entry = record(life, { fact, kind: 'termination', on, amount: 0n });
  accelerate(life, on);
  life.terminatedOn = on;
  stateOutstanding(life, entry);
};

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

/** Interest of an installment's days up to a day inside it. */
const interestTo = (life: Life, installment: Installment, on: Day): bigint => {
  const { period, from, due } = installment;
  if (period !== undefined && followsDays(life)) {
    return untilDay(life.model, on).periods[life.model.periods.indexOf(period)]?.interest ?? 0n;
  }
  const owed = positive(outstandingOf(installment, 'interest'));
  if (due === from) return owed;
  return roundedAmount(life.model.money, times(over(whole(owed), whole(due - from)), whole(on - from)));
};

const runningOn = (life: Life, on: Day): Installment | undefined =>
  life.installments.find(({ kind, from, due }) => kind !== 'down-payment' && from <= on && on < due);

/** The installment that is due on a day, none of whose own days are left. */
const endingOn = (life: Life, on: Day): Installment | undefined =>
  life.installments.find(({ kind, from, due }) => kind !== 'down-payment' && from < on && due === on);

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
  for (const installment of life.installments) {
    if (installment.from <= on || installment.isMet || isAgreed(installment)) continue;
    const dropped = positive(outstandingOf(installment, 'interest'));
    oweBeside(installment, 'principal', dropped);
    oweBeside(installment, 'interest', -dropped);
  }
  takeFromEnd(life, on);
};

/** Interest in equal parts was agreed with a re-aging: it does not follow from days, and none of it is dropped. */
const isAgreed = ({ period }: Installment): boolean => period?.reAged === true;

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

/** The running installment becomes the last: it is due now, with all later principal and interest to the day. */
const accelerate = (life: Life, on: Day): void => {
  const running = endingOn(life, on) ?? runningOn(life, on);
  if (running === undefined || on >= (life.installments.at(-1)?.due ?? on)) return;
  const isRunning = running.due > on;
  const interest = interestTo(life, running, on);
  const later = life.installments.filter(({ kind, due }) => kind !== 'down-payment' && due > on);
  // What found no room in installments that are due by then waits for the next, which is due now.
  const waiting = isRunning ? undefined : later.find(({ period }) => period !== undefined);
  const waited = waiting !== undefined && followsDays(life) ? interestTo(life, waiting, on) : 0n;
  if (isRunning && !running.isMet) running.owed.interest = larger(interest, running.paid.interest);
  running.due = on;
  running.period = undefined;
  const charges = installmentOf('additional', on, on, undefined);
  for (const installment of later) {
    if (installment === running) continue;
    running.owed.principal += installment.owed.principal;
    running.paid.principal += installment.paid.principal;
    running.writtenOff.principal += installment.writtenOff.principal;
    running.owed.interest += isAgreed(installment)
      ? installment.owed.interest
      : larger(installment === waiting ? waited : 0n, installment.paid.interest + installment.writtenOff.interest);
    running.paid.interest += installment.paid.interest;
    running.writtenOff.interest += installment.writtenOff.interest;
    running.paidInAdvance += installment.paidInAdvance;
    for (const portion of ['fee', 'penalty'] as const) {
      charges.owed[portion] += installment.owed[portion];
      charges.paid[portion] += installment.paid[portion];
      charges.waived[portion] += installment.waived[portion];
      charges.writtenOff[portion] += installment.writtenOff[portion];
    }
    charges.due = installment.due;
    installment.heldBy = running;
  }
  life.installments = life.installments.filter(
    (installment) => installment === running || !later.includes(installment),
  );
  if (charges.owed.fee + charges.owed.penalty > 0n) life.installments.push(charges);
  for (const installment of life.installments) checkMet(installment, on);
};
