import type { BusinessDate, Instant, MoneyText } from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';
import type { StatementLine } from '../../domain/reconciliation';
import type { DebitOutcome } from '../../domain/repayment';
import type { MessageHeaders, SignatureFault, Unavailable } from '../http';
import type { QueryOutcome } from '../instructions';
import type { HeartbeatAnswer } from './wire';

/** An account at a bank, in clear: revealed by the caller for one instruction. */
export interface BankAccount {
  readonly cardNumber: string;
  readonly bank: string;
  readonly name: string;
}

interface Instruction {
  /**
   * Idempotency key towards the channel. It is on record before the instruction is given, and never used for another.
   */
  readonly effectId: string;
  readonly amount: MoneyText;
  readonly businessDate: BusinessDate;
}

export interface PayoutInstruction extends Instruction {
  readonly payee: BankAccount;
}

/** A debit of all or nothing, unless it may be partial: then the channel takes what it finds where that is less. */
interface MayBePartial {
  readonly mayBePartial?: boolean;
}

export interface DebitInstruction extends Instruction, MayBePartial {
  readonly payer: BankAccount;
}

export interface EffectQuery extends Instruction, MayBePartial {
  /** When the instruction was first given; the settle-late window counts from here. */
  readonly submittedAt: Instant;
}

export type StatementOutcome =
  | {
      readonly outcome: 'answered';
      /** SHA-256 of the statement as it was received, hex. */
      readonly statementHash: string;
      readonly lines: readonly StatementLine[];
    }
  | Unavailable;

export type HeartbeatOutcome = ({ readonly outcome: 'answered' } & HeartbeatAnswer) | Unavailable;

/** What a callback says, once it is known to come from the channel. It may come twice, late or out of order. */
export type CallbackVerdict =
  | {
      readonly genuine: true;
      /** The same for every delivery of one callback. */
      readonly callbackId: string;
      readonly movement: 'payout' | 'debit';
      readonly effectId: string;
      readonly amount: MoneyText;
      readonly answer: DebitOutcome;
    }
  | { readonly genuine: false; readonly reason: SignatureFault | 'stale' | 'unparsable' };

/**
 * A payment channel. Every instruction ends in one of three ways: settled, failed (a signed, definite no), or unknown,
 * which is resolved by asking again under the same effect id and never by trying another way.
 */
export interface PaymentChannel {
  readonly name: string;
  /** Moves money out to a payee. */
  payout(instruction: PayoutInstruction): Promise<ChannelOutcome>;
  /** Moves money in from a payer. */
  debit(instruction: DebitInstruction): Promise<DebitOutcome>;
  /** What became of an instruction. */
  query(query: EffectQuery): Promise<QueryOutcome | DebitOutcome>;
  /** What the channel booked on a business date. */
  statement(date: BusinessDate): Promise<StatementOutcome>;
  /** How the channel stands now, by its own word. */
  heartbeat(): Promise<HeartbeatOutcome>;
  /** Judges a callback by its headers and raw body. Header names in lower case. */
  verifyCallback(headers: MessageHeaders, rawBody: Uint8Array): Promise<CallbackVerdict>;
}
