import { z } from 'zod';
import {
  businessDateSchema,
  currencySchema,
  type EventOf,
  eventType,
  moneyTextSchema,
  productIdSchema,
} from '../kernel';

/** Interest earned and not due, of all loans; and how much of it is that of loans whose interest is suspended. */
export const accruedSchema = z.strictObject({ accrued: moneyTextSchema, suspended: moneyTextSchema });
export type Accrued = Readonly<z.infer<typeof accruedSchema>>;

/** What a register says of one business date, and how far in the log it knew of what had happened. */
export const registeredSchema = z.strictObject({
  productId: productIdSchema,
  currency: currencySchema,
  /** The business date: what is said holds at its end. */
  valueDate: businessDateSchema,
  /** Loans that were earning interest. */
  loans: z.int().min(0),
  accrued: accruedSchema,
  /** Of what is other than on the date before: what late facts have changed of the dates before. */
  restated: accruedSchema,
  through: z.string(),
});

export const accrualEvents = {
  /** What the loans of one product and currency have earned by the end of a business date, and what that changes. */
  InterestAccrued: eventType({
    schema: 1,
    data: registeredSchema.extend({
      /** Accrued now without what was accrued on the date before; below zero where more fell due than was earned. */
      change: accruedSchema,
    }),
    published: ({ productId, valueDate, loans, accrued }) => ({ productId, valueDate, loans, ...accrued }),
  }),
};

export type AccrualEvent = EventOf<typeof accrualEvents>;
