import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType, moneyTextSchema } from '../kernel';
import { accountCodeSchema } from './accounts';

export const postingSchema = z.strictObject({
  account: accountCodeSchema,
  side: z.enum(['debit', 'credit']),
  amount: moneyTextSchema,
});
export type Posting = Readonly<z.infer<typeof postingSchema>>;

/** One balanced journal entry: what happened financially, and the fact that caused it. */
export const entrySchema = z.strictObject({
  /** Derived from the cause: the same cause books once. */
  entryId: z.string(),
  cause: z.strictObject({ eventId: z.string(), type: z.string(), stream: z.string() }),
  valueDate: businessDateSchema,
  postings: z.array(postingSchema).min(2),
  /** The entry that this one takes back, if it does. */
  reverses: z.string().optional(),
});
export type Entry = Readonly<z.infer<typeof entrySchema>>;

export const ledgerEvents = {
  EntryPosted: eventType({
    schema: 1,
    data: entrySchema.extend({ bookedOn: businessDateSchema }),
    published: ({ entryId, valueDate, postings }) => ({ entryId, valueDate, postings }),
  }),
};

export type LedgerEvent = EventOf<typeof ledgerEvents>;
