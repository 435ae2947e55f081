import type { Day } from '../../../calendar';
import type { CreditKind } from '../../loan-terms';
import { smaller } from '../model/amounts';
import { lowerInstallments } from '../model/lower';
import { isPaidUp, paidIn } from '../model/model';
import { askForMore } from '../model/pay';
import { oweAgain } from './chargeback';
import { conserve } from './conserve';
import { divide, type PayoffDay, payRest } from './divide';
import { noAmounts, outstandingIn, totalOf } from './installment';
import { type Entry, followsDays, type Life, record, restsAtDueDates } from './life';
import { payoffAmounts, runningOn } from './payoff';
import { takeOver } from './sync';

/** Money that comes in, or counts as such. What nothing is left to pay with is held for the borrower. */
export const applyCredit = (
  life: Life,
  { fact, kind, credit, amount, on }: { fact: string; kind: string; credit: CreditKind; amount: bigint; on: Day },
): Entry => {
  const entry = record(life, { fact, kind, on, amount, credit });
  const until = askForRest(life, amount, on) ? 'asks-due-date' : untilWhen(life, amount, on);
  let left = divide(life, entry, credit, amount, on, until);
  // What the plan comes to once a payment is taken in may ask for what was left over.
  for (let before = -1n; left > 0n && left !== before; ) {
    before = left;
    conserve(life, on);
    left = divide(life, entry, credit, left, on, until, true);
    if (left === before) left = payRest(life, entry, left, on);
  }
  entry.overpaid = left;
  life.overpaid += left;
  if (lowers(life, entry)) {
    lowerInstallments(life.model, on);
    takeOver(life, on);
  }
  entry.balance = life.outstandingPrincipal;
  return entry;
};

/** Principal came in advance, and the terms have all installments share what that leaves. */
const lowers = (life: Life, { lines }: Entry): boolean =>
  life.terms.recalculation?.onAdvancePayment === 'lower-the-installment' &&
  followsDays(life) &&
  lines.some(({ portion, state }) => portion === 'principal' && state === 'in-advance');

/**
 * Until when a payment counts interest: to the end of the running period where the terms have each installment rest
 * there, and where they have a payoff do so and the money is one.
 */
export const untilWhen = (life: Life, amount: bigint, on: Day): PayoffDay => {
  const end = payoffEnd(life, amount, on);
  if (end !== undefined) return amount >= totalOf(payoffAmounts(life, end)) ? 'all-due-date' : 'due-date';
  return restsAtDueDates(life) ? 'due-date' : 'day';
};

/** The next rest date, where a payoff counts interest to it and the money covers principal and interest to that day. */
const payoffEnd = (life: Life, amount: bigint, on: Day): Day | undefined => {
  if (!followsDays(life) || life.terms.recalculation?.payoffUntil !== 'rest-date') return undefined;
  if (amount < life.outstandingPrincipal) return undefined;
  const end = life.model.periods[runningOn(life.model, on)]?.due;
  if (end === undefined) return undefined;
  const { principal, interest } = payoffAmounts(life, end);
  return amount >= principal + interest ? end : undefined;
};

/**
 * A payoff takes the interest to the rest date where the running installment was paid in advance, too: that installment
 * asks for it again once the next open one is paid, and no money bears interest beyond the day that it is paid on.
 */
const askForRest = (life: Life, amount: bigint, on: Day): boolean => {
  const { model } = life;
  const index = runningOn(model, on);
  const running = model.periods[index];
  const end = payoffEnd(life, amount, on);
  if (running === undefined || end === undefined || !isPaidUp(running) || paidIn(running) === 0n) return false;
  askForMore(model, index, payoffAmounts(life, end).interest - payoffAmounts(life, on).interest);
  return true;
};

/**
 * Money held for the borrower goes back. What goes back beyond it is lent anew: then all of it is owed with the running
 * installment, and what was held pays for its part.
 */
export const applyRefund = (life: Life, fact: string, amount: bigint, on: Day): Entry => {
  const entry = record(life, { fact, kind: 'credit-balance-refund', on, amount });
  const held = smaller(amount, life.overpaid);
  life.overpaid -= held;
  entry.overpaid = held;
  entry.parts.principal = amount - held;
  if (amount > held) {
    oweAgain(life, { ...noAmounts(), principal: amount }, on);
    life.overpaid += payRest(life, entry, held, on);
  }
  return entry;
};

/** Charges that came later are paid with what was left over of earlier payments. */
export const payWithLeftover = (life: Life): void => {
  for (const entry of life.transactions) {
    if (life.overpaid === 0n || !life.installments.some((installment) => outstandingIn(installment) > 0n)) return;
    if (entry.credit === undefined || entry.overpaid === 0n) continue;
    const amount = smaller(life.overpaid, entry.overpaid);
    const left = payRest(life, entry, divide(life, entry, entry.credit, amount, entry.on, 'day'), entry.on);
    entry.overpaid -= amount - left;
    life.overpaid -= amount - left;
  }
};
