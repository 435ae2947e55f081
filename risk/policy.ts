import { z } from 'zod';
import { decisionReasonSchema } from '../domain/application';
import { rateTextSchema } from '../domain/kernel';
import { canonicalHash } from '../platform/event-log';
import firstCredit from './policies/first-credit.json';

const scoredByValue = z.strictObject({
  feature: z.enum([
    'checkingStatus',
    'creditHistory',
    'savings',
    'employment',
    'otherInstallmentPlans',
    'housing',
    'purpose',
  ]),
  /** Points per value; a value that is missing or not listed scores as the worst one listed. */
  points: z.record(z.string(), z.int()),
  reason: decisionReasonSchema,
});

const scoredByBand = z.strictObject({
  feature: z.enum(['termMonths', 'amount']),
  /** Ascending; the last band has no upper end. */
  bands: z.array(z.strictObject({ upTo: z.number().nullable(), points: z.int() })).min(1),
  reason: decisionReasonSchema,
});

const characteristicSchema = z.union([scoredByValue, scoredByBand]);

/** A risk policy as data. Its hash is its identity: a decision names it, and can be made again with it. */
export const policySchema = z.strictObject({
  name: z.string(),
  version: z.int().min(1),
  note: z.string(),
  admission: z.strictObject({
    /** Whole years, both ends included. */
    age: z.strictObject({ least: z.int(), most: z.int() }),
    deniedRegions: z.array(z.string()),
    installmentShareMost: rateTextSchema,
  }),
  /** Below `reject` no; from `approve` yes; between them a person looks. */
  cutoff: z.strictObject({ reject: z.int(), approve: z.int() }),
  /** At most so many reasons are given. */
  reasonsMost: z.int().min(1),
  scorecard: z.strictObject({ base: z.int(), characteristics: z.array(characteristicSchema).min(1) }),
});

export type Characteristic = Readonly<z.infer<typeof characteristicSchema>>;
export type PolicyDocument = Readonly<z.infer<typeof policySchema>>;

export interface Policy {
  readonly document: PolicyDocument;
  /** SHA-256 of the document's canonical JSON. */
  readonly hash: string;
}

/** Reads a policy document; throws when it is none. */
export const readPolicy = (document: unknown): Policy => {
  const parsed = policySchema.parse(document);
  return { document: parsed, hash: canonicalHash(parsed) };
};

/** The policy that the house starts with. */
export const firstCreditPolicy: Policy = readPolicy(firstCredit);
