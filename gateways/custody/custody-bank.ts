import { z } from 'zod';
import type { CustodyOrder, Opening } from '../../domain/instruction';
import {
  type BusinessDate,
  businessDateSchema,
  type Currency,
  type CustodyAccountId,
  currencySchema,
  custodyAccountIdSchema,
  type Instant,
  moneyTextSchema,
} from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';
import { statementLineSchema } from '../../domain/reconciliation';
import type { Unavailable } from '../http';
import type { QueryOutcome } from '../instructions';

/** What lies in custody at the end of a business date, all accounts together, as far as it has been booked. */
export const custodyBalanceSchema = z.object({ businessDate: businessDateSchema, balance: moneyTextSchema });
export type CustodyBalance = Readonly<z.infer<typeof custodyBalanceSchema>>;

/** Every movement of money into and out of custody on a business date: opening + Σ in − Σ out = closing. */
export const custodyStatementSchema = z.object({
  businessDate: businessDateSchema,
  opening: moneyTextSchema,
  closing: moneyTextSchema,
  lines: z.array(statementLineSchema),
});
export type CustodyStatement = Readonly<z.infer<typeof custodyStatementSchema>>;

/** An account as it stands at the bank now. */
export const custodyAccountSchema = z.object({
  accountId: custodyAccountIdSchema,
  bankReference: z.string().min(1).max(100),
  currency: currencySchema,
  status: z.enum(['open', 'frozen']),
  balance: moneyTextSchema,
});
export type CustodyAccount = Readonly<z.infer<typeof custodyAccountSchema>>;

/** The same of one account: also what is transferred between accounts, which never leaves custody. */
export const accountStatementSchema = custodyStatementSchema.extend({ accountId: custodyAccountIdSchema });
export type AccountStatement = Readonly<z.infer<typeof accountStatementSchema>>;

type Answered<Answer> = ({ readonly outcome: 'answered' } & Answer) | Unavailable;
/** SHA-256 of the statement as it was received, hex. */
type Received<Statement> = Statement & { readonly statementHash: string };

/** Who holds an account, in clear: revealed by the caller for one opening. */
export interface AccountHolder {
  readonly name: string;
  /** Of a person. */
  readonly idNumber?: string;
  /** Where money comes from and goes back to. */
  readonly bank: string;
  readonly accountNumber: string;
}

type Ordered =
  | { readonly order: Opening; readonly holder: AccountHolder }
  | { readonly order: Exclude<CustodyOrder, Opening>; readonly holder?: never };

export type CustodyInstruction = Ordered & {
  /** Idempotency key towards the bank. It is on record before the instruction is given, and never used for another. */
  readonly effectId: string;
  readonly businessDate: BusinessDate;
};

export interface CustodyQuery {
  readonly effectId: string;
  readonly order: CustodyOrder;
  readonly businessDate: BusinessDate;
  /** When the instruction was first given; the settle-late window counts from here. */
  readonly submittedAt: Instant;
}

/**
 * The bank that keeps the money. Every instruction ends in one of three ways: settled, failed (a signed, definite no),
 * or unknown, which is resolved by asking again under the same effect id. What payment channels move passes through the
 * house's account there without an instruction of ours.
 */
export interface CustodyBank {
  readonly name: string;
  /** Opens, tops up, withdraws, transfers, freezes or unfreezes. */
  instruct(instruction: CustodyInstruction): Promise<ChannelOutcome>;
  /** What became of an instruction. */
  query(query: CustodyQuery): Promise<QueryOutcome>;
  /** How an account stands; refused as `no-such-account` where there is none. */
  account(accountId: CustodyAccountId): Promise<Answered<CustodyAccount>>;
  accountStatement(accountId: CustodyAccountId, date: BusinessDate): Promise<Answered<Received<AccountStatement>>>;
  balance(date: BusinessDate, currency: Currency): Promise<Answered<CustodyBalance>>;
  statement(date: BusinessDate, currency: Currency): Promise<Answered<Received<CustodyStatement>>>;
}
