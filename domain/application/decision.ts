import { z } from 'zod';
import { instantSchema, moneyTextSchema } from '../kernel';

/** Why an application was decided as it was. Each code has a plain-words text per language in `risk/reasons`. */
const DECISION_REASONS = [
  'AGE_OUTSIDE_RANGE',
  'REGION_NOT_SERVED',
  'BLACKLISTED',
  'IDENTITY_NOT_VERIFIED',
  'CONSENT_MISSING',
  'CREDIT_LINE_INSUFFICIENT',
  'INSTALLMENT_ABOVE_MEANS',
  'SCORE_BELOW_CUTOFF',
  'SCORE_NEEDS_REVIEW',
  'CREDIT_HISTORY_POOR',
  'CHECKING_ACCOUNT_WEAK',
  'SAVINGS_LOW',
  'EMPLOYMENT_SHORT',
  'DURATION_LONG',
  'AMOUNT_HIGH',
  'OTHER_INSTALLMENT_PLANS',
  'BUREAU_UNAVAILABLE',
  'OFFER_ABOVE_CAP',
  'REVIEWER_JUDGEMENT',
] as const;
export const decisionReasonSchema = z.enum(DECISION_REASONS);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

/** What one outside source said, or why it did not. */
export const sourceRecordSchema = z.strictObject({
  source: z.string(),
  outcome: z.enum(['answered', 'timed-out', 'failed', 'no-consent']),
  reference: z.string().optional(),
  /** The consent that covered the call. */
  consentId: z.string().optional(),
  tookMs: z.int().min(0),
  at: instantSchema,
});

/**
 * A decision with all that produced it, so that it can be made again years later and come out the same: features as
 * they were, the policy by version and content hash, the rules that fired, the score and the reasons.
 */
export const decisionSchema = z
  .strictObject({
    outcome: z.enum(['approve', 'reject', 'refer']),
    reasons: z.array(decisionReasonSchema),
    /** Points; 600 at odds of 50:1, 20 points double the odds. Absent when a rule decided before scoring. */
    score: z.int().optional(),
    policy: z.strictObject({ name: z.string(), version: z.int(), hash: z.string() }),
    features: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    sources: z.array(sourceRecordSchema),
    trace: z.array(z.strictObject({ rule: z.string(), fired: z.boolean(), note: z.string().optional() })),
    /** What may be lent, when approved: never more than was asked. */
    granted: moneyTextSchema.optional(),
    /** Milliseconds from the first feature asked for to the outcome. */
    tookMs: z.int().min(0),
  })
  .meta({ id: 'Decision' });

export type Decision = Readonly<z.infer<typeof decisionSchema>>;
export type SourceRecord = Readonly<z.infer<typeof sourceRecordSchema>>;
