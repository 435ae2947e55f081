import { canonicalHash } from '../platform/event-log';
import { aggregates } from './aggregates';
import { handling } from './handling';
import {
  borrowerOfMandate,
  borrowerStanding,
  cardOf,
  closedPeriods,
  debitStanding,
  loanDues,
  loanStanding,
} from './look-ups';

const { accrual, ledger, loan, mandate, payout, period, reconciliation, repayment, rules } = aggregates;

/** Nobody but the house itself: sagas and the scheduler. */
const HOUSE = [] as const;

/** The commands by which money moves, is booked, and is held against what others say of it. */
export const moneyRegistry = {
  RequestPayout: handling('RequestPayout', payout, { stream: (d) => d.payoutId, existence: 'new', who: HOUSE }),
  SubmitPayout: handling('SubmitPayout', payout, { stream: (d) => d.payoutId, existence: 'existing', who: HOUSE }),
  RecordPayoutOutcome: handling('RecordPayoutOutcome', payout, {
    stream: (d) => d.payoutId,
    existence: 'existing',
    who: ['operator'],
  }),

  InitiateRepayment: handling('InitiateRepayment', repayment, {
    stream: (d) => d.repaymentId,
    existence: 'new',
    who: ['borrower', 'partner'],
    lookUp: async (d, issued, read) => ({
      loan: loanStanding((await read.load(loan, d.loanId)).state, issued.businessDate),
      ...(d.kind === 'automatic' && { debit: await debitStanding(read, d.loanId) }),
    }),
  }),
  ReceiveRepayment: handling('ReceiveRepayment', repayment, {
    stream: (d) => d.repaymentId,
    existence: 'new',
    who: HOUSE,
  }),
  RecordRepaymentOutcome: handling('RecordRepaymentOutcome', repayment, {
    stream: (d) => d.repaymentId,
    existence: 'existing',
    who: ['operator'],
  }),
  RecordAllocation: handling('RecordAllocation', repayment, {
    stream: (d) => d.repaymentId,
    existence: 'existing',
    who: HOUSE,
  }),

  GrantMandate: handling('GrantMandate', mandate, {
    stream: (d) => d.mandateId,
    existence: 'any',
    who: ['borrower'],
    lookUp: async (d, issued, read) => ({
      dues: await loanDues(read, d.loanId, issued.businessDate),
      borrower: await borrowerStanding(read, d.borrowerId),
      payer: await cardOf(read, d.borrowerId, d.cardId),
    }),
  }),
  RevokeMandate: handling('RevokeMandate', mandate, {
    stream: (d) => d.mandateId,
    existence: 'existing',
    who: ['borrower'],
  }),
  ExpireMandate: handling('ExpireMandate', mandate, { stream: (d) => d.mandateId, existence: 'existing', who: HOUSE }),
  AnnounceDebit: handling('AnnounceDebit', mandate, {
    stream: (d) => d.mandateId,
    existence: 'existing',
    who: HOUSE,
    lookUp: async (d, _issued, read) => ({ dues: await loanDues(read, d.loanId, d.dueDate) }),
  }),
  OrderDebit: handling('OrderDebit', mandate, {
    stream: (d) => d.mandateId,
    existence: 'existing',
    who: HOUSE,
    lookUp: async (d, issued, read) => ({
      dues: await loanDues(read, d.loanId, issued.businessDate),
      borrower: await borrowerOfMandate(read, d.mandateId),
    }),
  }),
  RecordDebit: handling('RecordDebit', mandate, { stream: (d) => d.mandateId, existence: 'existing', who: HOUSE }),

  PostEntry: handling('PostEntry', ledger, {
    stream: (d) => d.ledgerId,
    existence: 'any',
    who: HOUSE,
    // Today is in no closed period: a period ends with a date that is over.
    lookUp: async (d, _issued, read) => (d.bookOn === undefined ? {} : closedPeriods(read)),
  }),
  AccrueInterest: handling('AccrueInterest', accrual, { stream: (d) => d.accrualId, existence: 'any', who: HOUSE }),
  ClosePeriod: handling('ClosePeriod', period, { stream: (d) => d.periodId, existence: 'any', who: ['finance'] }),

  ReconcileStatement: handling('ReconcileStatement', reconciliation, {
    stream: (d) => d.reconciliationId,
    existence: 'any',
    who: ['finance'],
  }),
  AssignBreak: handling('AssignBreak', reconciliation, {
    stream: (d) => d.reconciliationId,
    existence: 'existing',
    who: ['finance'],
  }),
  ResolveBreak: handling('ResolveBreak', reconciliation, {
    stream: (d) => d.reconciliationId,
    existence: 'existing',
    who: ['finance'],
  }),
  ExplainBreak: handling('ExplainBreak', reconciliation, {
    stream: (d) => d.reconciliationId,
    existence: 'existing',
    who: ['finance'],
  }),

  DraftRuleSet: handling('DraftRuleSet', rules, {
    stream: (d) => d.rulesId,
    existence: 'any',
    who: ['finance'],
    lookUp: async ({ document }) => ({ hash: canonicalHash(document) }),
  }),
  RecordRuleSetTrial: handling('RecordRuleSetTrial', rules, {
    stream: (d) => d.rulesId,
    existence: 'existing',
    who: ['finance'],
  }),
  ActivateRuleSet: handling('ActivateRuleSet', rules, {
    stream: (d) => d.rulesId,
    existence: 'existing',
    who: ['finance'],
  }),
} as const;
