import type { Day } from '../../../calendar';
import type { CreditKind } from '../../loan-terms';
import { smaller } from '../model/amounts';
import { lowerInstallments } from '../model/lower';
import { oweAgain } from './chargeback';
import { conserve } from './conserve';
import { divide, type PayoffDay, payRest } from './divide';
import { noAmounts, outstandingIn } from './installment';
import { type Entry, followsDays, type Life, record } from './life';
import { payoffAmounts } from './payoff';
import { takeOver } from './sync';

/** Money that comes in, or counts as such. What nothing is left to pay with is held for the borrower. */
export const applyCredit = (
  life: Life,
  { fact, kind, credit, amount, on }: { fact: string; kind: string; credit: CreditKind; amount: bigint; on: Day },
): Entry => {
  const entry = record(life, { fact, kind, on, amount, credit });
  const until = untilWhen(life, amount, on);
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

/** Interest to the next rest date, where the terms say so of a payment that closes the loan. */
export const untilWhen = (life: Life, amount: bigint, on: Day): PayoffDay => {
  const { recalculation } = life.terms;
  if (!followsDays(life) || recalculation?.payoffUntil !== 'rest-date') return 'day';
  if (recalculation.rest.frequency === 'per-installment') return 'due-date';
  const running = life.installments.find(({ from, due, period }) => period !== undefined && from <= on && on < due);
  if (running === undefined) return 'day';
  const { principal, interest } = payoffAmounts(life, running.due);
  return amount >= principal + interest ? 'due-date' : 'day';
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
