import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType } from '../kernel';

export const periodEvents = {
  /** The books up to and with a business date are closed: nothing is booked in them any more. */
  PeriodClosed: eventType({
    schema: 1,
    data: z.strictObject({
      /** The last date of the period before; absent: the books from their beginning. */
      after: businessDateSchema.optional(),
      through: businessDateSchema,
      closedOn: businessDateSchema,
    }),
  }),
};

export type PeriodEvent = EventOf<typeof periodEvents>;
