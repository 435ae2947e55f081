import type {
  ApplicationId,
  BorrowerId,
  BusinessDate,
  ChannelId,
  CustodyInstructionId,
  LoanId,
  PayoutId,
  RepaymentId,
} from '../../domain/kernel';
import type { MessageOrder } from './message-order';

/** Everything the house asks of the outside world. Plain data: what is asked can be logged, repeated and counted. */
export type Effect =
  | { readonly kind: 'verify-identity'; readonly borrowerId: BorrowerId }
  | { readonly kind: 'destroy-data-key'; readonly borrowerId: BorrowerId }
  /** Decides by what was on record at a position, and counts back from its instant. */
  | {
      readonly kind: 'assess-application';
      readonly applicationId: ApplicationId;
      readonly position: string;
      /** Epoch milliseconds. */
      readonly at: number;
    }
  | { readonly kind: 'sign-contract'; readonly applicationId: ApplicationId; readonly documentHash: string }
  | {
      readonly kind: 'send-payout';
      readonly payoutId: PayoutId;
      readonly effectId: string;
      readonly sentOn: BusinessDate;
    }
  | { readonly kind: 'route-payout'; readonly payoutId: PayoutId; readonly effectId: string }
  | { readonly kind: 'judge-channel'; readonly channelId: ChannelId; readonly seen: string }
  | { readonly kind: 'probe-channel'; readonly channelId: ChannelId }
  | { readonly kind: 'hear-channel'; readonly channelId: ChannelId }
  | { readonly kind: 'send-message'; readonly order: MessageOrder }
  | { readonly kind: 'query-payout'; readonly payoutId: PayoutId; readonly effectId: string }
  | { readonly kind: 'route-debit'; readonly loanId: LoanId; readonly repaymentId: RepaymentId }
  | { readonly kind: 'send-debit'; readonly repaymentId: RepaymentId; readonly effectId: string }
  | { readonly kind: 'query-debit'; readonly repaymentId: RepaymentId; readonly effectId: string }
  | {
      readonly kind: 'instruct-custody';
      readonly instructionId: CustodyInstructionId;
      readonly effectId: string;
      readonly sentOn: BusinessDate;
    }
  | { readonly kind: 'query-custody'; readonly instructionId: CustodyInstructionId; readonly effectId: string };
