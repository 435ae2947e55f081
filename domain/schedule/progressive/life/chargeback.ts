import type { Day } from '../../../calendar';
import { ALLOCATED_PORTIONS } from '../../loan-terms';
import { smaller } from '../model/amounts';
import { putBack } from '../model/credit';
import { useOverpaid } from './disbursement';
import { type Amounts, checkMet, type Installment, installmentOf, noAmounts, oweBeside } from './installment';
import { type Entry, followsDays, type Life, record } from './life';
import { takeOver } from './sync';

/**
 * The payer takes money back: what it had paid is owed again, in the order that the terms say. Money that is held for
 * the borrower pays what is owed again; where neither an order is given nor interest follows days it goes back first,
 * and is owed by nobody.
 */
export const applyChargeback = (life: Life, fact: string, of: string, amount: bigint, on: Day): void => {
  const entry = record(life, { fact, kind: 'chargeback', on, amount, of });
  const goesBack = life.terms.chargebackOrder === undefined && !followsDays(life);
  const held = goesBack ? smaller(amount, life.overpaid) : 0n;
  life.overpaid -= held;
  entry.overpaid = held;
  if (amount > held) {
    Object.assign(entry.parts, partsTakenBack(life, entry, of, amount - held));
    oweAgain(life, entry.parts, on);
    useOverpaid(life, entry, on);
  }
  entry.balance = life.outstandingPrincipal;
};

/**
 * All as principal, unless the terms give an order: then no more of a portion than the payment had paid of it, and as
 * principal what it had paid of none.
 */
const partsTakenBack = (life: Life, entry: Entry, of: string, amount: bigint): Amounts => {
  const order = life.terms.chargebackOrder;
  const original = life.transactions.find(({ fact }) => fact === of);
  const parts = noAmounts();
  if (order === undefined || original === undefined) return { ...parts, principal: amount };
  const left = { ...original.parts };
  for (const earlier of life.transactions) {
    if (earlier === entry || earlier.of !== of) continue;
    for (const portion of ALLOCATED_PORTIONS) left[portion] -= earlier.parts[portion];
  }
  let rest = amount;
  for (const portion of order) {
    const taken = smaller(rest, left[portion]);
    if (taken <= 0n) continue;
    parts[portion] = taken;
    rest -= taken;
  }
  parts.principal += rest;
  return parts;
};

/** Owes amounts again that had been paid: with the running installment, or with one of their own after the last. */
export const oweAgain = (life: Life, parts: Amounts, on: Day): void => {
  life.putBacks.push({ on, amount: parts.principal });
  life.outstandingPrincipal += parts.principal;
  const maturity = life.model.periods.at(-1)?.due ?? on;
  if (followsDays(life) && on <= maturity) {
    putBack(life.model, on, parts.principal, parts.interest);
    takeOver(life, on);
    add(runningOn(life, on), { ...parts, principal: 0n, interest: 0n }, on);
    return;
  }
  add(nextAfter(life, on), parts, on);
};

const add = (installment: Installment | undefined, parts: Amounts, on: Day): void => {
  if (installment === undefined) return;
  for (const portion of ALLOCATED_PORTIONS) oweBeside(installment, portion, parts[portion]);
  checkMet(installment, on);
};

const runningOn = ({ installments }: Life, on: Day): Installment | undefined =>
  installments.find(({ from, due, period }) => period !== undefined && from <= on && on < due) ??
  installments.findLast(({ due, period }) => period !== undefined && due === on);

/** The next installment that is due later, or the one after the last. */
const nextAfter = (life: Life, on: Day): Installment => {
  const found = life.installments.find(
    ({ kind, due }) => kind !== 'down-payment' && (kind === 'additional' || due > on),
  );
  if (found !== undefined) {
    if (found.kind === 'additional' && found.due < on) found.due = on;
    return found;
  }
  const last = life.installments.at(-1);
  if (last?.due === on) return last;
  const additional = installmentOf('additional', last?.due ?? on, on, undefined);
  life.installments.push(additional);
  return additional;
};
