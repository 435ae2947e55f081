import { accrualCommands } from '../domain/accrual';
import { applicationCommands } from '../domain/application';
import { borrowerCommands } from '../domain/borrower';
import { channelCommands } from '../domain/channel';
import { collectionsCommands } from '../domain/collections';
import { creditLineCommands } from '../domain/creditline';
import { custodyCommands } from '../domain/custody';
import { identityCommands } from '../domain/identity';
import { instructionCommands } from '../domain/instruction';
import { type Actor, borrowerId } from '../domain/kernel';
import { ledgerCommands } from '../domain/ledger';
import { loanCommands } from '../domain/loan';
import { mandateCommands } from '../domain/mandate';
import { noticeCommands } from '../domain/notices';
import { payoutCommands } from '../domain/payout';
import { periodCommands } from '../domain/period';
import { policyCommands } from '../domain/policy';
import { productCommands } from '../domain/product';
import { receiptCommands } from '../domain/receipt';
import { reconciliationCommands } from '../domain/reconciliation';
import { repaymentCommands } from '../domain/repayment';
import { rulesCommands } from '../domain/rules';
import { commandHouse, registration } from '../tests/support/command-house';
import type { CommandRequest, CommandType } from '.';
import { registry } from './registry';

const declared = Object.keys({
  ...identityCommands,
  ...borrowerCommands,
  ...productCommands,
  ...creditLineCommands,
  ...applicationCommands,
  ...loanCommands,
  ...payoutCommands,
  ...repaymentCommands,
  ...mandateCommands,
  ...receiptCommands,
  ...ledgerCommands,
  ...reconciliationCommands,
  ...channelCommands,
  ...policyCommands,
  ...rulesCommands,
  ...accrualCommands,
  ...periodCommands,
  ...collectionsCommands,
  ...custodyCommands,
  ...instructionCommands,
  ...noticeCommands,
}) as CommandType[];

/** Who may give what, besides the house itself. What is not here is the house's alone. */
const WHO: Partial<Record<CommandType, readonly Actor['kind'][]>> = {
  RequestCustodyInstruction: ['finance', 'operator'],
  ApproveCustodyInstruction: ['finance', 'operator'],
  CancelCustodyInstruction: ['finance', 'operator'],
  RecordCustodyOutcome: ['operator'],
  RegisterBorrower: ['partner', 'operator'],
  GrantConsent: ['borrower'],
  WithdrawConsent: ['borrower'],
  BindBankCard: ['borrower', 'partner'],
  SetNoticePreferences: ['borrower'],
  FreezeBorrower: ['operator'],
  UnfreezeBorrower: ['operator'],
  EraseBorrower: ['borrower', 'operator'],
  DraftProduct: ['operator'],
  PublishProduct: ['operator'],
  RetireProduct: ['operator'],
  FreezeCreditLine: ['operator'],
  UnfreezeCreditLine: ['operator'],
  SubmitApplication: ['borrower', 'partner'],
  ReviewApplication: ['underwriter'],
  ClaimReview: ['underwriter'],
  ReleaseReview: ['underwriter'],
  RequestHumanReview: ['borrower'],
  AcceptOffer: ['borrower'],
  RequestSignature: ['borrower'],
  WithdrawApplication: ['borrower'],
  DrawTranche: ['borrower'],
  GrantMandate: ['borrower'],
  RevokeMandate: ['borrower'],
  AgeLoan: ['operator'],
  ApplyCredit: ['finance'],
  RefundCreditBalance: ['finance'],
  AddCharge: ['finance'],
  WaiveCharge: ['finance'],
  AdjustCharge: ['finance'],
  ChargeBackRepayment: ['finance'],
  ChangeRate: ['operator'],
  MoveDueDate: ['operator'],
  ExtendTerm: ['operator'],
  GrantGrace: ['operator'],
  ReAgeLoan: ['operator'],
  ReAmortizeLoan: ['operator'],
  PauseInterest: ['operator'],
  ChargeOffLoan: ['finance'],
  TerminateContract: ['operator'],
  SettleLoan: ['finance'],
  ReverseFact: ['finance'],
  WriteOffLoan: ['finance'],
  RecordPayoutOutcome: ['operator'],
  InitiateRepayment: ['borrower', 'partner'],
  RecordRepaymentOutcome: ['operator'],
  RecordReceipt: ['finance', 'operator'],
  MatchReceipt: ['finance', 'operator'],
  RequestReceiptRefund: ['finance', 'operator'],
  ApproveReceiptRefund: ['finance', 'operator'],
  RecordReceiptRefund: ['finance', 'operator'],
  ReconcileStatement: ['finance'],
  AssignBreak: ['finance'],
  ExplainBreak: ['finance'],
  ResolveBreak: ['finance'],
  EnrolChannel: ['operator'],
  ReviseChannelTerms: ['operator'],
  SuspendChannel: ['operator'],
  RestoreChannel: ['operator'],
  RetireChannel: ['operator'],
  DraftPolicy: ['underwriter', 'operator'],
  CheckPolicy: ['underwriter', 'operator'],
  ShadowPolicy: ['underwriter', 'operator'],
  ApprovePolicy: ['underwriter', 'operator'],
  RetirePolicy: ['underwriter', 'operator'],
  DraftRuleSet: ['finance'],
  RecordRuleSetTrial: ['finance'],
  ActivateRuleSet: ['finance'],
  ClosePeriod: ['finance'],
  ClaimCase: ['collector', 'operator'],
  ReleaseCase: ['collector', 'operator'],
  AttemptContact: ['collector', 'operator'],
  RecordContactResult: ['collector', 'operator'],
  RecordPromise: ['collector', 'operator'],
  AgreeHardship: ['operator'],
  HandOverCase: ['operator'],
  TakeBackCase: ['operator'],
  TakeLegalStep: ['operator'],
  CloseCase: ['operator'],
};

const CREATES: readonly CommandType[] = [
  'OpenCustodyAccount',
  'RequestCustodyInstruction',
  'RegisterBorrower',
  'SubmitApplication',
  'OpenLoan',
  'RequestPayout',
  'InitiateRepayment',
  'ReceiveRepayment',
  'RecordReceipt',
  'EnrolChannel',
];
const WHETHER_OR_NOT: readonly CommandType[] = [
  'ClaimIdentity',
  'DraftProduct',
  'OpenCreditLine',
  'ReserveCredit',
  'ReleaseCredit',
  'PostEntry',
  'ReconcileStatement',
  'DraftPolicy',
  'InstallPolicy',
  'DraftRuleSet',
  'AccrueInterest',
  'ClosePeriod',
  'NoteLoan',
  'BeginMessage',
  'RecordMessage',
];

const PEOPLE = ['borrower', 'underwriter', 'collector', 'auditor', 'finance', 'operator', 'partner'] as const;

/** A command of a type about nothing that exists: enough to find its stream. */
const about = (type: CommandType): CommandRequest => {
  const ids = Object.fromEntries(
    [
      'identity',
      'borrower',
      'product',
      'creditLine',
      'application',
      'loan',
      'payout',
      'repayment',
      'ledger',
      'channel',
      'policy',
      'rules',
      'accrual',
      'period',
      'case',
      'account',
      'instruction',
      'notice',
      'receipt',
    ].map((name) => [`${name}Id`, `${name.toLowerCase()}-nowhere`]),
  );
  const data = { ...ids, reconciliationId: 'reconciliation-nowhere-2026-03-02', hash: 'none', document: {} };
  return { type, data } as unknown as CommandRequest;
};

describe('the registry of commands', () => {
  it('has every command that the domain declares, and no other', () => {
    expect(Object.keys(registry).sort()).toEqual([...declared].sort());
  });

  it.each(declared)('says who may give %s', (type) => {
    expect([...registry[type].who].sort()).toEqual([...(WHO[type] ?? [])].sort());
  });

  it('lets nobody else give anything, before it looks at anything', async () => {
    const { busOf, everything } = await commandHouse();
    const { give, reads } = busOf('this-process');
    for (const type of declared) {
      for (const kind of PEOPLE.filter((each) => !WHO[type]?.includes(each))) {
        const result = await give(about(type), `${type} by ${kind}`, { actor: { kind, id: 'somebody' } });
        expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_ALLOWED' } });
      }
    }
    expect(reads).toEqual([]);
    expect(await everything()).toEqual([]);
  });

  it.each(declared.filter((type) => ![...CREATES, ...WHETHER_OR_NOT].includes(type)))(
    '%s is about something that exists',
    async (type) => {
      const { busOf, everything } = await commandHouse();
      const result = await busOf('this-process').give(about(type), 'first');
      expect(result).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_FOUND' } });
      expect(await everything()).toEqual([]);
    },
  );

  it('creates a thing once: another command that would create it again is refused', async () => {
    const { busOf } = await commandHouse();
    const { give } = busOf('this-process');
    expect(await give(registration(borrowerId('a'), 'one'), 'first')).toMatchObject({ kind: 'accepted' });
    expect(await give(registration(borrowerId('a'), 'one'), 'second')).toMatchObject({
      kind: 'refused',
      refusal: { code: 'ALREADY_EXISTS' },
    });
  });
});
