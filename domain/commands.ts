import type { AccrualCommand } from './accrual';
import type { ApplicationCommand } from './application';
import type { BorrowerCommand } from './borrower';
import type { ChannelCommand } from './channel';
import type { CollectionsCommand } from './collections';
import type { CreditLineCommand } from './creditline';
import type { CustodyCommand } from './custody';
import type { IdentityCommand } from './identity';
import type { InstructionCommand } from './instruction';
import type { LedgerCommand } from './ledger';
import type { LoanCommand } from './loan';
import type { MandateCommand } from './mandate';
import type { NoticeCommand } from './notices';
import type { PayoutCommand } from './payout';
import type { PeriodCommand } from './period';
import type { PolicyCommand } from './policy';
import type { ProductCommand } from './product';
import type { ReceiptCommand } from './receipt';
import type { ReconciliationCommand } from './reconciliation';
import type { RepaymentCommand } from './repayment';
import type { RulesCommand } from './rules';

/** Every command of the house, as a decider sees it. */
export type DomainCommand =
  | IdentityCommand
  | BorrowerCommand
  | ProductCommand
  | CreditLineCommand
  | ApplicationCommand
  | LoanCommand
  | PayoutCommand
  | RepaymentCommand
  | MandateCommand
  | ReceiptCommand
  | LedgerCommand
  | ReconciliationCommand
  | ChannelCommand
  | PolicyCommand
  | RulesCommand
  | AccrualCommand
  | PeriodCommand
  | CollectionsCommand
  | CustodyCommand
  | InstructionCommand
  | NoticeCommand;
