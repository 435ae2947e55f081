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
  'FRAUD_SUSPECTED',
  'TOO_MANY_APPLICATIONS',
  'RECENTLY_REJECTED',
  'EARLIER_LOANS_LATE',
  'DEBTS_UNDER_ENFORCEMENT',
  'PURPOSE_RISKY',
  'PROPERTY_LITTLE',
  'HOUSING_UNSETTLED',
  'SOURCE_UNAVAILABLE',
  'RULES_INCONCLUSIVE',
  'REVIEWER_JUDGEMENT',
] as const;
export const decisionReasonSchema = z.enum(DECISION_REASONS);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

/** What one source said, or why it did not; of the house's own knowledge, the position up to which it knew the log. */
export const sourceRecordSchema = z.strictObject({
  source: z.string(),
  /** `cached`: what it said earlier. `behind`: the house's own knowledge had not caught up in time. */
  outcome: z.enum(['answered', 'cached', 'timed-out', 'failed', 'no-consent', 'not-supplied', 'behind']),
  /** Why there was no answer, or why an earlier one was used. */
  reason: z.string().optional(),
  /** How old what it said was when it was used. */
  ageMs: z.int().min(0).optional(),
  reference: z.string().optional(),
  /** The consent that covered the call. */
  consentId: z.string().optional(),
  tookMs: z.int().min(0),
  at: instantSchema,
});

const outcomeSchema = z.enum(['approve', 'reject', 'refer']);
const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Features that came together: from one source, at one time, or missing for one reason. */
const provenanceSchema = z.strictObject({
  source: z.string(),
  /** When the source said so; null when it did not. */
  observedAt: instantSchema.nullable(),
  /** How old that was, milliseconds. */
  ageMs: z.int().min(0).nullable(),
  missing: z.string().optional(),
  features: z.array(z.string()),
});

/** What is lent when it is approved, and what of that the policy decided. */
const grantSchema = z.strictObject({
  principal: moneyTextSchema,
  installments: z.int().min(1),
  /** The class of price, and what it adds to the product's rate per year: basis points. */
  price: z.string(),
  adds: z.int(),
});

/** How the engine came to its decision, beside features and rules: everything else that it takes to repeat it. */
const basisSchema = z.strictObject({
  segment: z.string(),
  strategy: z.string(),
  arm: z.string(),
  product: z.string(),
  channel: z.string(),
  /** What was asked for, and the least that the product lends. */
  asked: z.strictObject({ principal: moneyTextSchema, least: moneyTextSchema, installments: z.int().min(1) }),
  model: z
    .strictObject({
      document: z.string(),
      hash: z.string(),
      by: z.enum(['local', 'remote']),
      fallback: z.enum(['timed-out', 'failed']).optional(),
      outputs: z.record(z.string(), valueSchema),
    })
    .optional(),
  probabilityBad: z.number().optional(),
  grant: grantSchema.optional(),
  /** What is added to the rate in place of that, where the law allows no more. */
  addsAtMost: z.int().optional(),
  /** Probability × loss given default × principal granted: what to expect, and booked nowhere. */
  expectedLoss: moneyTextSchema.optional(),
  provenance: z.array(provenanceSchema),
  /** Content hash of every list that was looked into, by name. */
  lists: z.record(z.string(), z.string()),
  /** What versions in the shadow would have decided. */
  shadows: z.array(
    z.strictObject({
      hash: z.string(),
      outcome: outcomeSchema,
      reasons: z.array(decisionReasonSchema),
      segment: z.string(),
      arm: z.string(),
      grant: grantSchema.optional(),
    }),
  ),
  /** From features present to outcome, microseconds. */
  engineMicros: z.int().min(0),
});

export type DecisionBasis = Readonly<z.infer<typeof basisSchema>>;
export type Grant = Readonly<z.infer<typeof grantSchema>>;

/**
 * A decision with all that produced it, so that it can be made again years later and come out the same: features as
 * they were, the policy by version and content hash, the rules that fired, the score and the reasons.
 */
export const decisionSchema = z
  .strictObject({
    outcome: outcomeSchema,
    reasons: z.array(decisionReasonSchema),
    /** Points; 600 at odds of 50:1, 20 points double the odds. Absent when a rule decided before scoring. */
    score: z.int().optional(),
    policy: z.strictObject({ name: z.string(), version: z.int(), hash: z.string() }),
    features: z.record(z.string(), valueSchema),
    sources: z.array(sourceRecordSchema),
    trace: z.array(z.strictObject({ rule: z.string(), fired: z.boolean(), note: z.string().optional() })),
    /** What may be lent, when approved: never more than was asked. */
    granted: moneyTextSchema.optional(),
    /** Absent in decisions of before there were policies in versions. */
    basis: basisSchema.optional(),
    /** Milliseconds from the first feature asked for to the outcome. */
    tookMs: z.int().min(0),
  })
  .meta({ id: 'Decision' });

export type Decision = Readonly<z.infer<typeof decisionSchema>>;
export type SourceRecord = Readonly<z.infer<typeof sourceRecordSchema>>;

/** What a decision adds to the rate of the terms that were applied under, basis points a year. */
export const pricedBy = ({ basis }: Decision): number => basis?.addsAtMost ?? basis?.grant?.adds ?? 0;
