import { identityId } from '../domain/kernel';
import type { PolicyDocument } from '../domain/policy';
import { canonicalHash } from '../platform/event-log';
import { aggregates } from './aggregates';
import { collectionsRegistry } from './collections-registry';
import { custodyRegistry } from './custody-registry';
import type { CommandType } from './entry';
import { type Handling, handling } from './handling';
import { applicationCap, borrowerStanding, indebtedness, offeringOnOffer, productCap, reviewFacts } from './look-ups';
import { moneyRegistry } from './money-registry';
import { receiptRegistry } from './receipt-registry';

const { application, borrower, channel, creditLine, identity, loan, policy, product } = aggregates;

/** Nobody but the house itself: sagas and the scheduler. */
const HOUSE = [] as const;

/** Who makes the rules by which the house lends. */
const RISK = ['underwriter', 'operator'] as const;

const contentHash = async ({ document }: { readonly document: PolicyDocument }) => ({ hash: canonicalHash(document) });

/** Every command of the house: its stream, whether that must be new or exist, who may give it, what it looks up. */
export const registry: { readonly [Type in CommandType]: Handling } = {
  ClaimIdentity: handling('ClaimIdentity', identity, { stream: (d) => d.identityId, existence: 'any', who: HOUSE }),
  ReleaseIdentity: handling('ReleaseIdentity', identity, {
    stream: (d) => d.identityId,
    existence: 'existing',
    who: HOUSE,
  }),

  RegisterBorrower: handling('RegisterBorrower', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'new',
    who: ['partner', 'operator'],
    first: (d) => ({
      type: 'ClaimIdentity',
      data: { identityId: identityId(d.idNumberIndex), borrowerId: d.borrowerId },
    }),
  }),
  GrantConsent: handling('GrantConsent', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['borrower'],
  }),
  WithdrawConsent: handling('WithdrawConsent', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['borrower'],
  }),
  SetNoticePreferences: handling('SetNoticePreferences', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['borrower'],
  }),
  RecordIdentityCheck: handling('RecordIdentityCheck', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: HOUSE,
  }),
  BindBankCard: handling('BindBankCard', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['borrower', 'partner'],
  }),
  FreezeBorrower: handling('FreezeBorrower', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['operator'],
  }),
  UnfreezeBorrower: handling('UnfreezeBorrower', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['operator'],
  }),
  EraseBorrower: handling('EraseBorrower', borrower, {
    stream: (d) => d.borrowerId,
    existence: 'existing',
    who: ['borrower', 'operator'],
    lookUp: (d, _issued, read) => indebtedness(read, d.borrowerId),
  }),

  DraftProduct: handling('DraftProduct', product, { stream: (d) => d.productId, existence: 'any', who: ['operator'] }),
  PublishProduct: handling('PublishProduct', product, {
    stream: (d) => d.productId,
    existence: 'existing',
    who: ['operator'],
  }),
  RetireProduct: handling('RetireProduct', product, {
    stream: (d) => d.productId,
    existence: 'existing',
    who: ['operator'],
  }),

  OpenCreditLine: handling('OpenCreditLine', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'any',
    who: HOUSE,
  }),
  ReserveCredit: handling('ReserveCredit', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'any',
    who: HOUSE,
  }),
  ReleaseCredit: handling('ReleaseCredit', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'any',
    who: HOUSE,
  }),
  DrawCredit: handling('DrawCredit', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'existing',
    who: HOUSE,
  }),
  RestoreCredit: handling('RestoreCredit', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'existing',
    who: HOUSE,
  }),
  FreezeCreditLine: handling('FreezeCreditLine', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'existing',
    who: ['operator'],
  }),
  UnfreezeCreditLine: handling('UnfreezeCreditLine', creditLine, {
    stream: (d) => d.creditLineId,
    existence: 'existing',
    who: ['operator'],
  }),

  SubmitApplication: handling('SubmitApplication', application, {
    stream: (d) => d.applicationId,
    existence: 'new',
    who: ['borrower', 'partner'],
    lookUp: async (d, _issued, read) => ({
      borrower: await borrowerStanding(read, d.borrowerId),
      product: await offeringOnOffer(read, d.productId),
    }),
  }),
  StartDecision: handling('StartDecision', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: HOUSE,
  }),
  RejectApplication: handling('RejectApplication', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: HOUSE,
  }),
  RecordDecision: handling('RecordDecision', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: HOUSE,
    lookUp: (d, issued, read) => applicationCap(read, d.applicationId, issued.businessDate),
  }),
  ReviewApplication: handling('ReviewApplication', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['underwriter'],
    lookUp: (d, issued, read) => reviewFacts(read, d.applicationId, issued.businessDate),
  }),
  ClaimReview: handling('ClaimReview', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['underwriter'],
  }),
  ReleaseReview: handling('ReleaseReview', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['underwriter'],
  }),
  RequestHumanReview: handling('RequestHumanReview', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['borrower'],
  }),
  AcceptOffer: handling('AcceptOffer', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['borrower'],
  }),
  RequestSignature: handling('RequestSignature', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['borrower'],
    lookUp: async (d, _issued, read) => ({ borrower: await borrowerStanding(read, d.borrowerId) }),
  }),
  RecordSignature: handling('RecordSignature', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: HOUSE,
  }),
  ExpireApplication: handling('ExpireApplication', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: HOUSE,
  }),
  WithdrawApplication: handling('WithdrawApplication', application, {
    stream: (d) => d.applicationId,
    existence: 'existing',
    who: ['borrower'],
  }),

  OpenLoan: handling('OpenLoan', loan, {
    stream: (d) => d.loanId,
    existence: 'new',
    who: HOUSE,
    lookUp: (d, issued, read) => productCap(read, d.productId, issued.businessDate),
  }),
  DisburseLoan: handling('DisburseLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: HOUSE }),
  DrawTranche: handling('DrawTranche', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['borrower'] }),
  ReleaseTranche: handling('ReleaseTranche', loan, { stream: (d) => d.loanId, existence: 'existing', who: HOUSE }),
  AgeLoan: handling('AgeLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  ApplyRepayment: handling('ApplyRepayment', loan, { stream: (d) => d.loanId, existence: 'existing', who: HOUSE }),
  ApplyCredit: handling('ApplyCredit', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  RefundCreditBalance: handling('RefundCreditBalance', loan, {
    stream: (d) => d.loanId,
    existence: 'existing',
    who: ['finance'],
  }),
  AddCharge: handling('AddCharge', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  WaiveCharge: handling('WaiveCharge', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  AdjustCharge: handling('AdjustCharge', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  ChargeBackRepayment: handling('ChargeBackRepayment', loan, {
    stream: (d) => d.loanId,
    existence: 'existing',
    who: ['finance'],
  }),
  ChangeRate: handling('ChangeRate', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  MoveDueDate: handling('MoveDueDate', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  ExtendTerm: handling('ExtendTerm', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  GrantGrace: handling('GrantGrace', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  ReAgeLoan: handling('ReAgeLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  ReAmortizeLoan: handling('ReAmortizeLoan', loan, {
    stream: (d) => d.loanId,
    existence: 'existing',
    who: ['operator'],
  }),
  PauseInterest: handling('PauseInterest', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['operator'] }),
  ChargeOffLoan: handling('ChargeOffLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  TerminateContract: handling('TerminateContract', loan, {
    stream: (d) => d.loanId,
    existence: 'existing',
    who: ['operator'],
  }),
  SettleLoan: handling('SettleLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  ReverseFact: handling('ReverseFact', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  WriteOffLoan: handling('WriteOffLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: ['finance'] }),
  CancelLoan: handling('CancelLoan', loan, { stream: (d) => d.loanId, existence: 'existing', who: HOUSE }),

  ...moneyRegistry,
  ...receiptRegistry,

  EnrolChannel: handling('EnrolChannel', channel, { stream: (d) => d.channelId, existence: 'new', who: ['operator'] }),
  ReviseChannelTerms: handling('ReviseChannelTerms', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: ['operator'],
  }),
  RecordHeartbeat: handling('RecordHeartbeat', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: HOUSE,
  }),
  DegradeChannel: handling('DegradeChannel', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: HOUSE,
  }),
  RecordProbe: handling('RecordProbe', channel, { stream: (d) => d.channelId, existence: 'existing', who: HOUSE }),
  SuspendChannel: handling('SuspendChannel', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: ['operator'],
  }),
  RestoreChannel: handling('RestoreChannel', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: ['operator'],
  }),
  RetireChannel: handling('RetireChannel', channel, {
    stream: (d) => d.channelId,
    existence: 'existing',
    who: ['operator'],
  }),

  ...collectionsRegistry,
  ...custodyRegistry,

  DraftPolicy: handling('DraftPolicy', policy, {
    stream: (d) => d.policyId,
    existence: 'any',
    who: RISK,
    lookUp: contentHash,
  }),
  InstallPolicy: handling('InstallPolicy', policy, {
    stream: (d) => d.policyId,
    existence: 'any',
    who: HOUSE,
    lookUp: contentHash,
  }),
  CheckPolicy: handling('CheckPolicy', policy, { stream: (d) => d.policyId, existence: 'existing', who: RISK }),
  ShadowPolicy: handling('ShadowPolicy', policy, { stream: (d) => d.policyId, existence: 'existing', who: RISK }),
  ApprovePolicy: handling('ApprovePolicy', policy, { stream: (d) => d.policyId, existence: 'existing', who: RISK }),
  RetirePolicy: handling('RetirePolicy', policy, { stream: (d) => d.policyId, existence: 'existing', who: RISK }),
};
