import { z } from 'zod';
import { dateOf } from '../calendar';
import { businessDateSchema, type Currency, currencySchema, formatMinor } from '../kernel';
import type { AccountInstallment } from './replay';

/** A decimal amount in the schedule's currency, same text form as in Money. */
const amountSchema = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/);

export const installmentSchema = z.strictObject({
  n: z.int().min(1),
  kind: z.enum(['regular', 'down-payment', 'additional', 're-aged']),
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

/** The plan of a loan that nothing was paid on, as it is shown. */
export const scheduleOf = (
  currency: Currency,
  disbursedOn: Schedule['disbursedOn'],
  installments: readonly AccountInstallment[],
): Schedule => {
  const text = (minor: bigint): string => formatMinor(minor, currency);
  const sums = { principal: 0n, interest: 0n, fee: 0n };
  const rows = installments.map(({ n, kind, from, due, owed, balance }): Installment => {
    const { principal, interest, fee } = owed;
    sums.principal += principal;
    sums.interest += interest;
    sums.fee += fee;
    return {
      n,
      kind,
      from: dateOf(from),
      due: dateOf(due),
      principal: text(principal),
      interest: text(interest),
      fee: text(fee),
      total: text(principal + interest + fee),
      balance: text(balance),
    };
  });
  const { principal, interest, fee } = sums;
  return {
    currency,
    disbursedOn,
    rows,
    totals: {
      principal: text(principal),
      interest: text(interest),
      fee: text(fee),
      total: text(principal + interest + fee),
    },
  };
};
