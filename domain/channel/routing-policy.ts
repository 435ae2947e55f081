import { z } from 'zod';
import { moneyTextSchema, rateTextSchema } from '../kernel';
import firstRouting from './policies/first-routing.1.json';
import secondRouting from './policies/first-routing.2.json';
import { REVIEW_KINDS } from './terms';

/** Above zero, so that whatever is better in one respect and worse in none scores better. */
const weightSchema = z.int().min(1).max(1_000_000);

const weightsSchema = z.strictObject({
  /** How well the channel's way of reviewing suits the movement. */
  fit: weightSchema,
  approval: weightSchema,
  cost: weightSchema,
  speed: weightSchema,
});

/** Movements that one way of reviewing suits. All that is named must hold. */
const preferenceSchema = z.strictObject({
  name: z.string().min(1),
  review: z.enum(REVIEW_KINDS),
  least: moneyTextSchema.optional(),
  most: moneyTextSchema.optional(),
  /** Loans that the borrower has drawn so far: how often money moves for this one. */
  loansDrawn: z.int().min(0).optional(),
});

/** How channels are chosen, as data. Never changed, only followed by another version. */
export const routingPolicySchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().min(1),
  weights: z.strictObject({ normal: weightsSchema, urgent: weightsSchema }),
  /** The first that holds says which review is wanted; when none holds, every review suits. */
  preferences: z.array(preferenceSchema),
  /** What is measured counts from so many attempts on; with fewer, what was measured more widely is used. */
  leastAttempts: z.int().min(1),
  /** What is believed of a channel before it is measured: so many of so many attempts succeed. */
  prior: z
    .strictObject({ settled: z.int().min(1), attempts: z.int().min(1) })
    .refine(({ settled, attempts }) => settled <= attempts, 'no more can settle than are attempted'),
  /** A fee of this share of the amount scores one half; none scores one. */
  halfCost: rateTextSchema.refine((text) => /[1-9]/.test(text), 'above zero'),
  /** So many seconds to settlement score one half; none score one. */
  halfSpeedSeconds: z.int().min(1),
});

export type RoutingPolicyDocument = Readonly<z.infer<typeof routingPolicySchema>>;

/** A policy and the hash of its document, by which decisions name it. */
export interface RoutingPolicy {
  readonly document: RoutingPolicyDocument;
  readonly hash: string;
}

/** The policy that the house begins with. */
export const firstRoutingPolicy: RoutingPolicyDocument = routingPolicySchema.parse(firstRouting);

/** The policy in force: cost weighs more than speed, and what is large for a consumer counts as large. */
export const routingPolicy: RoutingPolicyDocument = routingPolicySchema.parse(secondRouting);
