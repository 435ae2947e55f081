import { z } from 'zod';
import { businessDateSchema, currencySchema, moneyTextSchema, ROUNDINGS, rateTextSchema } from '../kernel';

/**
 * The conventions by which a loan's figures are made. They travel with the contract: a changed product never changes
 * an old loan. Every convention is named, even where there is one choice so far.
 */
export const termsSchema = z.strictObject({
  currency: currencySchema,
  interest: z.strictObject({
    method: z.literal('declining-balance'),
    amortization: z.literal('equal-installments'),
    dayCount: z.literal('30/360'),
    /** Nominal rate per year. */
    ratePerYear: rateTextSchema,
  }),
  fee: z.strictObject({
    /** Share of the principal, due with the first installment. */
    originationRate: rateTextSchema,
  }),
  penalty: z.strictObject({
    /** Simple interest per year on overdue principal, ACT/365, from the due date once the grace days are over. */
    ratePerYear: rateTextSchema,
    graceDays: z.int().min(0).max(30),
  }),
  rounding: z.enum(ROUNDINGS),
});

export type Terms = Readonly<z.infer<typeof termsSchema>>;

/** A decimal amount in the schedule's currency, same text form as in Money. */
const amountSchema = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/);

export const installmentSchema = z.strictObject({
  n: z.int().min(1),
  /** First day of the period (the day after which interest counts). */
  from: businessDateSchema,
  due: businessDateSchema,
  principal: amountSchema,
  interest: amountSchema,
  fee: amountSchema,
  total: amountSchema,
  /** Principal left after this installment. */
  balance: amountSchema,
});

/** A repayment plan as it is quoted, signed and booked. Amounts are decimal texts in `currency`. */
export const scheduleSchema = z
  .strictObject({
    currency: currencySchema,
    disbursedOn: businessDateSchema,
    rows: z.array(installmentSchema).min(1),
    totals: z.strictObject({
      principal: amountSchema,
      interest: amountSchema,
      fee: amountSchema,
      total: amountSchema,
    }),
  })
  .meta({ id: 'Schedule', description: 'A repayment plan; amounts are decimal texts in its currency.' });

export type Installment = Readonly<z.infer<typeof installmentSchema>>;
export type Schedule = Readonly<z.infer<typeof scheduleSchema>>;

/** What was asked, what it costs in all, and the plan: shown before any commitment and repeated in the contract. */
export const quoteSchema = z
  .strictObject({
    principal: moneyTextSchema,
    termMonths: z.int().min(1).max(120),
    terms: termsSchema,
    schedule: scheduleSchema,
    /** All-in annual rate: the IRR of all cash flows, compounded yearly (PBoC [2021] No. 3). Decimal text. */
    allInRate: rateTextSchema,
    /** SHA-256 over the figures (terms, amounts; not the calendar days): quote = contract = booked schedule. */
    quoteHash: z.string(),
  })
  .meta({ id: 'Quote' });

export type Quote = Readonly<z.infer<typeof quoteSchema>>;
