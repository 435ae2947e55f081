import { type AccrualEvent, accrualEvents } from './accrual';
import { type ApplicationEvent, applicationEvents } from './application';
import { type BorrowerEvent, borrowerEvents } from './borrower';
import { type ChannelEvent, channelEvents } from './channel';
import { type CollectionsEvent, collectionsEvents } from './collections';
import { type CreditLineEvent, creditLineEvents } from './creditline';
import { type CustodyEvent, custodyEvents } from './custody';
import { type IdentityEvent, identityEvents } from './identity';
import { type InstructionEvent, instructionEvents } from './instruction';
import { type LedgerEvent, ledgerEvents } from './ledger';
import { type LoanEvent, loanEvents } from './loan';
import { type MandateEvent, mandateEvents } from './mandate';
import { type NoticeEvent, noticeEvents } from './notices';
import { type PayoutEvent, payoutEvents } from './payout';
import { type PeriodEvent, periodEvents } from './period';
import { type PolicyEvent, policyEvents } from './policy';
import { type ProductEvent, productEvents } from './product';
import { type ReceiptEvent, receiptEvents } from './receipt';
import { type ReconciliationEvent, reconciliationEvents } from './reconciliation';
import { type RepaymentEvent, repaymentEvents } from './repayment';
import { type RulesEvent, rulesEvents } from './rules';

/** Every event type of the house by name. A name is declared once, whatever its stream. */
export const eventTypes = {
  ...identityEvents,
  ...borrowerEvents,
  ...productEvents,
  ...creditLineEvents,
  ...applicationEvents,
  ...loanEvents,
  ...payoutEvents,
  ...repaymentEvents,
  ...mandateEvents,
  ...receiptEvents,
  ...ledgerEvents,
  ...reconciliationEvents,
  ...channelEvents,
  ...policyEvents,
  ...rulesEvents,
  ...accrualEvents,
  ...periodEvents,
  ...collectionsEvents,
  ...custodyEvents,
  ...instructionEvents,
  ...noticeEvents,
};

export type DomainEvent =
  | IdentityEvent
  | BorrowerEvent
  | ProductEvent
  | CreditLineEvent
  | ApplicationEvent
  | LoanEvent
  | PayoutEvent
  | RepaymentEvent
  | MandateEvent
  | ReceiptEvent
  | LedgerEvent
  | ReconciliationEvent
  | ChannelEvent
  | PolicyEvent
  | RulesEvent
  | AccrualEvent
  | PeriodEvent
  | CollectionsEvent
  | CustodyEvent
  | InstructionEvent
  | NoticeEvent;
