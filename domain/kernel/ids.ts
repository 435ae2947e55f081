import { z } from 'zod';
import type { BusinessDate } from './business-date';
import type { Currency } from './currency';

/**
 * The id of an aggregate is the name of its stream: "loan-7k2mq…". The text before the first "-" is its category, so an
 * id says what it is about wherever it turns up, and `usance replay <id>` needs no look-up.
 */
const idOf = <const Category extends string>(category: Category) =>
  z
    .string()
    .regex(new RegExp(`^${category}-[0-9a-z][0-9a-z-]{0,63}$`), `an id such as "${category}-4q2m…"`)
    .brand<Category>();

export const borrowerIdSchema = idOf('borrower');
export const identityIdSchema = idOf('identity');
export const productIdSchema = idOf('product');
export const applicationIdSchema = idOf('application');
export const creditLineIdSchema = idOf('creditline');
export const loanIdSchema = idOf('loan');
export const payoutIdSchema = idOf('payout');
export const repaymentIdSchema = idOf('repayment');
/** The books of one loan, or of one business date for aggregated entries. */
export const ledgerIdSchema = idOf('ledger');
/** The permission to debit one loan automatically, and all that is done under it. */
export const mandateIdSchema = idOf('mandate');
export const reconciliationIdSchema = idOf('reconciliation');
export const channelIdSchema = idOf('channel');
export const policyIdSchema = idOf('policy');
/** The rules by which one counterparty's statements are reconciled; those of `house` where it has none of its own. */
export const rulesIdSchema = idOf('rules');
/** The register of the interest that one product's loans in one currency have earned and that is not due. */
export const accrualIdSchema = idOf('accrual');
/** The accounting periods of some books. */
export const periodIdSchema = idOf('period');
/** What is done about the arrears of one borrower. */
export const caseIdSchema = idOf('case');
/** An account at the custody bank. */
export const custodyAccountIdSchema = idOf('custody');
/** One instruction to the custody bank. */
export const custodyInstructionIdSchema = idOf('instruction');
/** One payment that came in by itself: what it brought, and where that went. */
export const receiptIdSchema = idOf('receipt');
/** What one event is told of: at most one message on each channel. */
export const noticeIdSchema = idOf('notice');

export type BorrowerId = z.infer<typeof borrowerIdSchema>;
/** Holds the claim of one borrower on one identity document; its key is the blind index of the ID number. */
export type IdentityId = z.infer<typeof identityIdSchema>;
export type ProductId = z.infer<typeof productIdSchema>;
export type ApplicationId = z.infer<typeof applicationIdSchema>;
export type CreditLineId = z.infer<typeof creditLineIdSchema>;
export type LoanId = z.infer<typeof loanIdSchema>;
export type PayoutId = z.infer<typeof payoutIdSchema>;
export type RepaymentId = z.infer<typeof repaymentIdSchema>;
export type LedgerId = z.infer<typeof ledgerIdSchema>;
export type ReconciliationId = z.infer<typeof reconciliationIdSchema>;
/** A payment channel; its key is the channel's name in events, books and statements. */
export type ChannelId = z.infer<typeof channelIdSchema>;
/** All versions of one risk policy; its key is the policy's name. */
export type PolicyId = z.infer<typeof policyIdSchema>;
export type RulesId = z.infer<typeof rulesIdSchema>;

export type AccrualId = z.infer<typeof accrualIdSchema>;
export type PeriodId = z.infer<typeof periodIdSchema>;
export type CaseId = z.infer<typeof caseIdSchema>;
export type MandateId = z.infer<typeof mandateIdSchema>;
export type CustodyAccountId = z.infer<typeof custodyAccountIdSchema>;
export type CustodyInstructionId = z.infer<typeof custodyInstructionIdSchema>;
export type ReceiptId = z.infer<typeof receiptIdSchema>;
export type NoticeId = z.infer<typeof noticeIdSchema>;

/** A keyed HMAC of an identifying value, in base32: equal values can be found, none can be read. */
export const blindIndexSchema = z
  .string()
  .regex(/^[0-9a-z]{26,64}$/)
  .brand<'BlindIndex'>();
export type BlindIndex = z.infer<typeof blindIndexSchema>;

/** Any aggregate's id. */
export type AggregateId =
  | BorrowerId
  | IdentityId
  | ProductId
  | ApplicationId
  | CreditLineId
  | LoanId
  | PayoutId
  | RepaymentId
  | LedgerId
  | ReconciliationId
  | ChannelId
  | PolicyId
  | RulesId
  | AccrualId
  | PeriodId
  | CaseId
  | MandateId
  | CustodyAccountId
  | CustodyInstructionId
  | ReceiptId
  | NoticeId;

/** The key of an id: what follows the first "-". Related aggregates share it (the credit line of a borrower). */
export const keyOf = (id: AggregateId): string => id.slice(id.indexOf('-') + 1);

export const borrowerId = (key: string): BorrowerId => borrowerIdSchema.parse(`borrower-${key}`);
export const identityId = (index: BlindIndex): IdentityId => identityIdSchema.parse(`identity-${index}`);
export const productId = (key: string): ProductId => productIdSchema.parse(`product-${key}`);
export const applicationId = (key: string): ApplicationId => applicationIdSchema.parse(`application-${key}`);
/** Every borrower has one credit line, found by the borrower's own key. */
export const creditLineId = (borrower: BorrowerId): CreditLineId =>
  creditLineIdSchema.parse(`creditline-${keyOf(borrower)}`);
/** An application becomes at most one loan, found by the application's own key. */
export const loanId = (application: ApplicationId): LoanId => loanIdSchema.parse(`loan-${keyOf(application)}`);
/** A loan that is paid out in one sum has at most one payout, found by the loan's own key. */
export const payoutId = (loan: LoanId): PayoutId => payoutIdSchema.parse(`payout-${keyOf(loan)}`);
/** Each tranche of a loan has a payout of its own, found by the key of the request for it. */
export const tranchePayoutId = (key: string): PayoutId => payoutIdSchema.parse(`payout-${key}`);
export const repaymentId = (key: string): RepaymentId => repaymentIdSchema.parse(`repayment-${key}`);
/** An automatic debit is found by its loan, the due date that it is for, and the attempt, counted from 1. */
export const automaticRepaymentId = (loan: LoanId, dueDate: BusinessDate, attempt: number): RepaymentId =>
  repaymentIdSchema.parse(`repayment-${keyOf(loan)}-${dueDate}-${attempt}`);
/** What a receipt brings for a loan is found by the receipt and the line of its split, counted from 1. */
export const receivedRepaymentId = (receipt: ReceiptId, line: number): RepaymentId =>
  repaymentIdSchema.parse(`repayment-${keyOf(receipt)}-${line}`);
/** The mandate of a loan is found by the loan's own key. */
export const mandateId = (loan: LoanId): MandateId => mandateIdSchema.parse(`mandate-${keyOf(loan)}`);
/** The loan that a mandate is for. */
export const loanOfMandate = (mandate: MandateId): LoanId => loanIdSchema.parse(`loan-${keyOf(mandate)}`);
/** The books of one loan are found by the loan's own key. */
export const ledgerId = (loan: LoanId): LedgerId => ledgerIdSchema.parse(`ledger-${keyOf(loan)}`);
/** One reconciliation per channel and business date. */
export const reconciliationId = (channel: string, date: BusinessDate): ReconciliationId =>
  reconciliationIdSchema.parse(`reconciliation-${channel}-${date}`);
/** A channel is found by its name. */
export const channelId = (name: string): ChannelId => channelIdSchema.parse(`channel-${name}`);
/** A policy is found by its name. */
export const policyId = (name: string): PolicyId => policyIdSchema.parse(`policy-${name}`);
/** Rules of reconciliation are found by the name of the set. */
export const rulesId = (name: string): RulesId => rulesIdSchema.parse(`rules-${name}`);
/** One register per product and currency. */
export const accrualId = (product: ProductId, currency: Currency): AccrualId =>
  accrualIdSchema.parse(`accrual-${keyOf(product)}-${currency.toLowerCase()}`);
/** The books of a register on one business date. */
export const accrualLedgerId = (register: AccrualId, date: BusinessDate): LedgerId =>
  ledgerIdSchema.parse(`ledger-${register}-${date}`);
/** A borrower has one case, whatever loans are in arrears: the law counts contacts by debtor. */
export const caseId = (borrower: BorrowerId): CaseId => caseIdSchema.parse(`case-${keyOf(borrower)}`);
/** A notice is found by what it is about: the id of an event, or what names a date that comes. */
export const noticeId = (cause: string): NoticeId => noticeIdSchema.parse(`notice-${cause}`);
/** The house keeps one set of books, and closes it as one. */
export const HOUSE_PERIODS: PeriodId = periodIdSchema.parse('period-house');
/** Each owner has one custody account per currency, found by both. */
export const custodyAccountId = (key: string): CustodyAccountId => custodyAccountIdSchema.parse(`custody-${key}`);
export const custodyInstructionId = (key: string): CustodyInstructionId =>
  custodyInstructionIdSchema.parse(`instruction-${key}`);
/** The books of one instruction to the custody bank. */
export const custodyLedgerId = (instruction: CustodyInstructionId): LedgerId =>
  ledgerIdSchema.parse(`ledger-${instruction}`);
export const receiptId = (key: string): ReceiptId => receiptIdSchema.parse(`receipt-${key}`);
/** The books of one receipt: what it brought, and what went back. */
export const receiptLedgerId = (receipt: ReceiptId): LedgerId => ledgerIdSchema.parse(`ledger-${receipt}`);
