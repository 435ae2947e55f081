import { z } from 'zod';
import { type BusinessDate, businessDateSchema, type Currency, moneyTextSchema } from '../../domain/kernel';
import { statementLineSchema } from '../../domain/reconciliation';
import type { Unavailable } from '../http';

/** What lies in the custody account at the end of a business date, as far as it has been booked. */
export const custodyBalanceSchema = z.object({ businessDate: businessDateSchema, balance: moneyTextSchema });
export type CustodyBalance = Readonly<z.infer<typeof custodyBalanceSchema>>;

/** Every cash movement of a business date: opening + Σ in − Σ out = closing. */
export const custodyStatementSchema = z.object({
  businessDate: businessDateSchema,
  opening: moneyTextSchema,
  closing: moneyTextSchema,
  lines: z.array(statementLineSchema),
});
export type CustodyStatement = Readonly<z.infer<typeof custodyStatementSchema>>;

export type CustodyBalanceOutcome = ({ readonly outcome: 'answered' } & CustodyBalance) | Unavailable;

export type CustodyStatementOutcome =
  | ({
      readonly outcome: 'answered';
      /** SHA-256 of the statement as it was received, hex. */
      readonly statementHash: string;
    } & CustodyStatement)
  | Unavailable;

/** The bank that keeps the money. It moves nothing here: channels do; the bank says what is there. */
export interface CustodyBank {
  readonly name: string;
  balance(date: BusinessDate, currency: Currency): Promise<CustodyBalanceOutcome>;
  statement(date: BusinessDate, currency: Currency): Promise<CustodyStatementOutcome>;
}
