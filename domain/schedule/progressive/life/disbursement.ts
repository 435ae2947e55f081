import type { Day } from '../../../calendar';
import { smaller } from '../model/amounts';
import { disburse } from '../model/disburse';
import { downPaymentOf } from '../model/down-payment';
import { partOf, principalBeside } from '../model/spread';
import { addCharge, chargeEach, keptBack } from './charge';
import { conserve } from './conserve';
import { divide } from './divide';
import { checkMet, installmentOf, oweBeside, totalOf } from './installment';
import { type Entry, type Life, record } from './life';
import { placeLateCharges } from './move-installments';
import { takeOver } from './sync';

/** Pays out principal: the installments that are due later repay it, after what is to be paid down at once. */
export const applyDisbursement = (life: Life, fact: string, on: Day, amount: bigint): void => {
  const isFirst = life.disbursements.length === 0;
  life.disbursements.push({ fact, on, amount });
  life.outstandingPrincipal += amount;
  const entry = record(life, { fact, kind: 'disbursement', on, amount });
  entry.parts.principal = amount;
  lend(life, on, amount - addDownPayment(life, on, amount));
  if (isFirst) addAgreedCharges(life, on);
  useOverpaid(life, entry, on);
  entry.balance = life.outstandingPrincipal;
  keepBack(life, fact, on, amount, isFirst);
};

/** Lends a fee: principal like any other, of which nothing reaches the borrower. */
export const applyCapitalizedIncome = (life: Life, fact: string, on: Day, amount: bigint): void => {
  life.disbursements.push({ fact, on, amount, kept: amount });
  life.outstandingPrincipal += amount;
  const entry = record(life, { fact, kind: 'capitalized-income', on, amount });
  entry.parts.principal = amount;
  lend(life, on, amount);
  useOverpaid(life, entry, on);
  entry.balance = life.outstandingPrincipal;
};

/** The installments that are due later repay what is lent; after the last due date it is due at once. */
const lend = (life: Life, on: Day, amount: bigint): void => {
  if (life.installments.some(({ due, period }) => period !== undefined && due >= on)) {
    disburse(life.model, on, amount);
    addNewPeriods(life, on);
  } else if (!lendToReAged(life, on, amount)) addAdditional(life, on, amount);
  takeOver(life, on, on);
  if (life.disbursements.length === 1) return;
  for (const charge of life.charges) if (charge.isPerInstallment) chargeEach(life, charge, on);
};

/** Installments of a re-aging that follow from no period share it in equal parts, as they do what there was before. */
const lendToReAged = ({ installments, model }: Life, on: Day, amount: bigint): boolean => {
  const later = installments.filter(({ kind, due }) => kind === 're-aged' && due > on);
  if (later.length === 0) return false;
  const spread = principalBeside(model.money, amount, [], later.length);
  for (const [index, installment] of later.entries()) {
    oweBeside(installment, 'principal', partOf(spread, index, later.length));
    checkMet(installment, on);
  }
  return true;
};

/** Pays the charges that are due with a payout out of it: the principal is owed in full, less of it is paid out. */
const keepBack = (life: Life, fact: string, on: Day, amount: bigint, isFirst: boolean): void => {
  const parts = keptBack(life, on, amount, isFirst);
  const kept = totalOf(parts);
  if (kept === 0n) return;
  const entry = record(life, { fact, kind: 'disbursement-charge', on, amount: kept });
  Object.assign(entry.parts, parts);
  entry.balance = life.outstandingPrincipal;
  life.disbursements.splice(-1, 1, { fact, on, amount, kept });
};

/** An installment of its own, due on the day the money is paid out. */
const addDownPayment = (life: Life, on: Day, amount: bigint): bigint => {
  if (life.terms.downPayment === undefined) return 0n;
  const down = downPaymentOf(life.terms, life.model.money, amount);
  const installment = installmentOf('down-payment', on, on, undefined);
  installment.owed.principal = down;
  const later = life.installments.findIndex(({ due }) => due > on);
  life.installments.splice(later < 0 ? life.installments.length : later, 0, installment);
  return down;
};

/**
 * Gives periods that came to the plan their installments: after the last there was that is due no later. Not so where a
 * re-aging has put other installments in the place of all that follow from periods.
 */
export const addNewPeriods = (life: Life, on: Day): void => {
  const { installments, model } = life;
  if (installments.every(({ period }) => period === undefined)) return;
  const known = new Set(installments.map(({ period }) => period));
  const added = model.periods.filter((period) => !known.has(period));
  for (const period of added) {
    const before = installments.findLastIndex(({ due }) => due <= period.due);
    installments.splice(before + 1, 0, installmentOf('regular', period.from, period.due, period));
  }
  if (added.length > 0) placeLateCharges(life, on);
};

/** What is paid out after the last due date is due at once. */
const addAdditional = (life: Life, on: Day, amount: bigint): void => {
  const installment = installmentOf('additional', on, on, undefined);
  installment.owed.principal = amount;
  life.installments.push(installment);
};

/** The charges that the terms provide for from the first payout on. */
const addAgreedCharges = (life: Life, on: Day): void => {
  for (const { name, kind, time, calculation } of life.terms.charges) {
    if (time === 'per-installment') addCharge(life, { fact: name, kind, calculation, dueOn: undefined }, on);
    if (time === 'first-installment') {
      const first = life.installments.find(({ kind: sort }) => sort === 'regular');
      addCharge(life, { fact: name, kind, calculation, dueOn: first?.due ?? on }, on);
    }
  }
};

/** Money that was left over before pays what has become due now. */
export const useOverpaid = (life: Life, entry: Entry, on: Day): void => {
  if (life.overpaid === 0n) return;
  conserve(life, on);
  const had = life.overpaid;
  life.overpaid = divide(life, entry, undefined, had, on, 'day');
  entry.overpaid = smaller(entry.amount, had);
  for (const installment of life.installments) checkMet(installment, on);
};
