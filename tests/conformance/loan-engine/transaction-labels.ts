import { CREDIT_KINDS, type CreditKind } from '../../../domain/schedule/loan-terms';
import type { LoanFact } from '../../../domain/schedule/replay';

const CREDIT_LABELS: Readonly<Record<CreditKind, string>> = {
  repayment: 'Repayment',
  'down-payment': 'Down Payment',
  'merchant-refund': 'Merchant Issued Refund',
  'payout-refund': 'Payout Refund',
  'goodwill-credit': 'Goodwill Credit',
  'interest-payment-waiver': 'Interest Payment Waiver',
  'interest-refund': 'Interest Refund',
  'charge-adjustment': 'Charge Adjustment',
  recovery: 'Recovery Payment',
  'capitalized-income-adjustment': 'Capitalized Income Adjustment',
};

/** What the source calls the transactions that our other facts make. What is not here makes none. */
const FACT_LABELS: Readonly<Partial<Record<LoanFact['kind'], string>>> = {
  disbursement: 'Disbursement',
  'capitalized-income': 'Capitalized Income',
  payoff: 'Repayment',
  'credit-balance-refund': 'Credit Balance Refund',
  'charge-waiver': 'Waive loan charges',
  'charge-adjustment': 'Charge Adjustment',
  chargeback: 'Chargeback',
  're-age': 'Re-age',
  're-amortize': 'Re-amortize',
  'charge-off': 'Charge-off',
  'write-off': 'Close (as written-off)',
  termination: 'Contract Termination',
};

const isCreditKind = (kind: string): kind is CreditKind => (CREDIT_KINDS as readonly string[]).includes(kind);

/** The fact decides; what the engine adds by itself (an interest refund) says its own kind. */
export const labelOf = (fact: LoanFact | undefined, kind: string): string | undefined => {
  if (kind === 'disbursement-charge') return 'Repayment (at time of disbursement)';
  if (isCreditKind(kind)) return CREDIT_LABELS[kind];
  if (fact?.kind === 'credit') return CREDIT_LABELS[fact.credit];
  return fact === undefined ? kind : FACT_LABELS[fact.kind];
};

/** "Merchant Issued Refund" and "MERCHANT_ISSUED_REFUND" are the same. */
export const isSameType = (label: string, type: string): boolean => nameOf(label) === nameOf(type);
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');

/** Types whose code and label differ in more than their writing. */
const CODES: Readonly<Record<string, string>> = {
  repaymentatdisbursement: 'repaymentattimeofdisbursement',
  writeoff: 'closeaswrittenoff',
  waivecharges: 'waiveloancharges',
  recoveryrepayment: 'recoverypayment',
};

const nameOf = (text: string): string => CODES[plain(text)] ?? plain(text);

/** What the source calls the transaction of a fact, where an undo may name it; a disbursement has its own undo. */
export const labelOfUndoable = (fact: LoanFact): string | undefined =>
  fact.kind === 'disbursement' ? undefined : labelOf(fact, '');

export const isUndoableType = (type: string): boolean =>
  [...Object.values(CREDIT_LABELS), ...Object.values(FACT_LABELS)].some(
    (label) => label !== FACT_LABELS.disbursement && isSameType(label, type),
  );
