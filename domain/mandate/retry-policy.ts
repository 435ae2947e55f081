import { z } from 'zod';
import firstRetry from './policies/first-retry.1.json';

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "18:00"');

/** What kind of a no a debit has met: there is no money; the way to it failed; the account is not to be debited. */
const REFUSAL_CLASSES = ['no-funds', 'technical', 'closed'] as const;
export const refusalClassSchema = z.enum(REFUSAL_CLASSES);
export type RefusalClass = z.infer<typeof refusalClassSchema>;

/** When a debit that was refused is tried again, as data. Never changed, only followed by another version. */
const retryPolicySchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().min(1),
  /** A debit is announced so many days before its due date. */
  noticeDays: z.int().min(0).max(30),
  /** What kind of a no the channels' reasons are. */
  reasons: z.record(z.string(), refusalClassSchema),
  /** What every other reason is. */
  otherwise: refusalClassSchema,
  noFunds: z.strictObject({
    /** A refusal before this time of day is tried again at it: money that comes in today has come by then. */
    laterTheSameDay: timeSchema,
    /** When on the pay days of the mandate. */
    onPayDaysAt: timeSchema,
    /** Where the mandate names no pay days, every so many days. */
    withoutPayDaysEvery: z.int().min(1).max(31),
    /** Not later than so many days after the due date. */
    withinDays: z.int().min(1).max(60),
    /** Attempts of this kind for one due date, the first among them. */
    most: z.int().min(1).max(20),
  }),
  /** At once, that is after so many seconds each time; no more often than there are waits. */
  technical: z.strictObject({ afterSeconds: z.array(z.int().min(1)).max(10) }),
});
export type RetryPolicy = Readonly<z.infer<typeof retryPolicySchema>>;

/** The policy in force. */
export const retryPolicy: RetryPolicy = retryPolicySchema.parse(firstRetry);
