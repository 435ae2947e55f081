import type { Day } from '../../../calendar';
import { minorDigits } from '../../../kernel';
import type { ChargeCalculation } from '../../loan-terms';
import { larger, positive, smaller } from '../model/amounts';
import { minorOf, roundedAmount } from '../model/money-rules';
import { decimalOf, times, whole } from '../model/precision';
import { type Amounts, checkMet, type Installment, installmentOf, noAmounts } from './installment';
import type { Life } from './life';
import type { ChargeShare, LoanCharge } from './loan-charge';

type NewCharge = Pick<LoanCharge, 'fact' | 'kind' | 'calculation' | 'dueOn'>;

/** Adds a charge: to the installment its day falls in, or to all that are still to come. */
export const addCharge = (life: Life, charge: NewCharge, on: Day): LoanCharge => {
  const added: LoanCharge = { ...charge, isPerInstallment: charge.dueOn === undefined, shares: new Map() };
  life.charges.push(added);
  if (charge.dueOn === undefined) {
    chargeEach(life, added, on);
    return added;
  }
  const installment = installmentFor(life, charge.dueOn);
  owe(added, installment, amountOf(life, charge.calculation, basisOfLoan(life, charge.dueOn)), on);
  return added;
};

/** A charge on every installment, worked out again for those that are still open: after a further payout. */
export const chargeEach = (life: Life, charge: LoanCharge, on: Day): void => {
  for (const installment of life.installments) {
    if (installment.kind !== 'regular' && installment.kind !== 're-aged') continue;
    if (installment.isMet && charge.shares.has(installment)) continue;
    const { principal, interest } = installment.owed;
    owe(charge, installment, amountOf(life, charge.calculation, { principal, interest }), on);
  }
};

/** Charges one installment alone, once, whatever else the charge is on. */
export const chargeInstallment = (
  life: Life,
  charge: Omit<NewCharge, 'dueOn'>,
  installment: Installment,
  basis: Basis,
): void => {
  let known = life.charges.find(({ fact }) => fact === charge.fact);
  if (known?.shares.has(installment) === true) return;
  if (known === undefined) {
    known = { ...charge, dueOn: undefined, isPerInstallment: false, shares: new Map() };
    life.charges.push(known);
  }
  owe(known, installment, amountOf(life, charge.calculation, basis), installment.due);
};

/**
 * Charges what is due with a payout and paid out of it; answers with how much that is. It is on no installment: with
 * the first payout, or with each tranche on its own amount.
 */
export const keptBack = (life: Life, on: Day, lent: bigint, isFirst: boolean): Amounts => {
  const parts = noAmounts();
  for (const { name, kind, time, calculation } of life.terms.charges) {
    if (time !== 'tranche' && (time !== 'disbursement' || !isFirst)) continue;
    const interest = life.installments.reduce((sum, { owed }) => sum + owed.interest, 0n);
    const { amount, of } = amountOf(life, calculation, { principal: lent, interest });
    const isTranche = time === 'tranche';
    life.charges.push({
      fact: isTranche ? `${name} ${life.disbursements.length}` : name,
      kind,
      calculation,
      dueOn: isTranche ? on : undefined,
      isPerInstallment: false,
      shares: new Map([[installmentOf('additional', on, on, undefined), { amount, of, paid: amount, waived: 0n }]]),
    });
    parts[kind] += amount;
  }
  return parts;
};

const owe = (charge: LoanCharge, installment: Installment, { amount, of }: Worth, on: Day): void => {
  const share = charge.shares.get(installment);
  if (share === undefined) {
    charge.shares.set(installment, { amount, of, paid: 0n, waived: 0n });
    installment.owed[charge.kind] += amount;
  } else {
    // What was paid or waived of it stays charged.
    const asked = larger(amount, share.paid + share.waived);
    installment.owed[charge.kind] += asked - share.amount;
    share.amount = asked;
    share.of = of;
  }
  checkMet(installment, on);
};

/** The installment that a day falls in: after the one before is due. What comes after the last has one of its own. */
export const installmentFor = (life: Life, on: Day): Installment => {
  const regular = life.installments.filter(({ kind }) => kind !== 'down-payment');
  const found = regular.find(({ from, due }, index) => (index === 0 ? from <= on : from < on) && on <= due);
  if (found !== undefined) return found;
  const [firstOne] = regular;
  const last = regular.at(-1);
  if (firstOne === undefined || last === undefined) throw new RangeError('a loan has installments');
  if (on < firstOne.from) return firstOne;
  if (last.kind === 'additional') {
    last.due = on;
    return last;
  }
  const additional = installmentOf('additional', last.due, on, undefined);
  life.installments.push(additional);
  return additional;
};

interface Basis {
  readonly principal: bigint;
  readonly interest: bigint;
}

const basisOfLoan = ({ terms, disbursements, installments }: Life, on: Day): Basis => {
  let principal = 0n;
  let interest = 0n;
  for (const { owed } of installments) {
    principal += owed.principal;
    interest += owed.interest;
  }
  if (terms.tranches.several) {
    principal = disbursements.reduce((sum, payout) => (payout.on <= on ? sum + payout.amount : sum), 0n);
  }
  return { principal, interest };
};

/** What a charge comes to, and what it is a share of. */
type Worth = Pick<ChargeShare, 'amount' | 'of'>;

const amountOf = (life: Life, calculation: ChargeCalculation, basis: Basis): Worth => {
  const digits = minorDigits(life.terms.currency);
  if (calculation.kind === 'flat') return { amount: minorOf(calculation.amount, digits), of: undefined };
  const of = basisFor(life, calculation.of, basis);
  const amount = roundedAmount(life.model.money, times(whole(of), decimalOf(calculation.share)));
  const least = calculation.least === undefined ? amount : larger(amount, minorOf(calculation.least, digits));
  return { amount: calculation.most === undefined ? least : smaller(least, minorOf(calculation.most, digits)), of };
};

type ShareOf = Extract<ChargeCalculation, { kind: 'share' }>['of'];

const basisFor = ({ installments }: Life, of: ShareOf, { principal, interest }: Basis): bigint => {
  switch (of) {
    case 'principal':
      return principal;
    case 'interest':
      return interest;
    case 'principal-and-interest':
    case 'installment':
      return principal + interest;
    case 'outstanding-principal':
      return installments.reduce((sum, { owed, paid }) => sum + positive(owed.principal - paid.principal), 0n);
  }
};

/** Counts money that was paid on an installment's charges of a kind towards them, oldest first. */
export const payCharges = (life: Life, installment: Installment, kind: 'fee' | 'penalty', amount: bigint): void => {
  let left = amount;
  for (const charge of life.charges) {
    const share = charge.kind === kind ? charge.shares.get(installment) : undefined;
    if (share === undefined || left === 0n) continue;
    const taken = smaller(left, positive(share.amount - share.paid - share.waived));
    share.paid += taken;
    left -= taken;
  }
};

/** Money that counted towards an installment's charges of a kind does so no longer, newest first. */
export const unpayCharges = (life: Life, installment: Installment, kind: 'fee' | 'penalty', amount: bigint): void => {
  let left = amount;
  for (const charge of life.charges.toReversed()) {
    const share = charge.kind === kind ? charge.shares.get(installment) : undefined;
    if (share === undefined || left === 0n) continue;
    const taken = smaller(left, share.paid);
    share.paid -= taken;
    left -= taken;
  }
};

/** Drops what is still owed of a charge: in one installment or in all. Answers with how much that was. */
export const waiveCharge = (charge: LoanCharge, on: Day, only: Installment | undefined): bigint => {
  let waived = 0n;
  for (const [installment, share] of charge.shares) {
    if (only !== undefined && installment !== only) continue;
    const left = positive(share.amount - share.paid - share.waived);
    share.waived += left;
    installment.waived[charge.kind] += left;
    waived += left;
    checkMet(installment, on);
  }
  return waived;
};
