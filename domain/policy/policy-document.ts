import { z } from 'zod';
import { decisionReasonSchema } from '../application';
import { moneyTextSchema } from '../kernel';

/** What a policy calls a part of itself. */
const partNameSchema = z.string().regex(/^[a-z][0-9a-z-]{0,39}$/, 'a name such as "challenger"');

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

/** Whole hundredths of a percent: 10000 is all of it. */
const basisPointsSchema = z.int().min(0).max(10_000);

/** Rules in JSON Decision Model, as rule editors write it. Its own shape is checked where rules are compiled. */
const rulesSchema = z.record(z.string(), z.unknown());

/** How a model's input is made from a feature: as it is, by a word for each of its values, or by bands. */
const modelInputSchema = z.strictObject({
  feature: z.string(),
  /** The model's word for each value; what is not listed is missing to the model. */
  values: z.record(z.string(), z.string()).optional(),
  /** Ascending; the last band has no upper end. */
  bands: z
    .array(z.strictObject({ below: z.number().nullable(), value: z.string() }))
    .min(1)
    .optional(),
});

const modelUseSchema = z.strictObject({
  /** Which of the house's models: "south-german-2026-1/scorecard". */
  document: z.string().regex(/^[0-9a-z-]+\/[0-9a-z-]+$/, 'a model such as "south-german-2026-1/scorecard"'),
  /** SHA-256 of the model's document: this very model, and no other of that name. */
  hash: hashSchema,
  /** Ask a model server first; when it is late or fails, the document is scored here. */
  remote: z.boolean().optional(),
  /** By the model's own names; null: always missing to it here. */
  inputs: z.record(z.string(), modelInputSchema.nullable()),
  outputs: z.strictObject({
    /** The output that is the probability of a bad end. */
    probabilityBad: z.string(),
    /** Outputs that give reasons, the weightiest first. */
    reasons: z.array(z.string()).max(10).optional(),
  }),
  /** The house's reason for each of the model's; what is not listed gives none. */
  reasons: z.record(z.string(), decisionReasonSchema).optional(),
});

const armSchema = z.strictObject({
  name: partNameSchema,
  share: basisPointsSchema,
  /** The model whose score the rules see; none: they see no score. */
  model: partNameSchema.optional(),
  rules: partNameSchema,
});

const strategySchema = z.strictObject({
  /** Who is in which arm follows from this name and the borrower: another name, another draw. */
  experiment: z.string().min(1).max(60),
  /** The shares make 10000 together. */
  arms: z.array(armSchema).min(1).max(10),
});

const goldenCaseSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** Over the sound applicant that the catalogue has for such cases. */
  features: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  product: z.string().optional(),
  channel: z.string().optional(),
  /** The arm to look at; default: the first one. */
  arm: partNameSchema.optional(),
  expect: z.strictObject({
    outcome: z.enum(['approve', 'reject', 'refer']),
    segment: partNameSchema.optional(),
    price: partNameSchema.optional(),
    /** Among its reasons. */
    reason: decisionReasonSchema.optional(),
  }),
});

/**
 * A risk policy as data: who belongs to which segment, who is let in, which rules and which model decide, at what
 * price. Its hash is its identity: a decision names it, and can be made again with it.
 */
export const policyDocumentSchema = z
  .strictObject({
    format: z.literal(1),
    name: partNameSchema,
    note: z.string().max(1_000),
    segments: z.array(partNameSchema).min(1).max(30),
    rules: z.record(partNameSchema, rulesSchema),
    /** Rules that give `segment` and `strategy`. */
    segmentation: partNameSchema,
    /** Rules that give `verdict` (pass, reject, refer) and its `reason`, before any score. */
    admission: partNameSchema,
    strategies: z.record(partNameSchema, strategySchema),
    models: z.record(partNameSchema, modelUseSchema),
    /** What each class adds to the product's rate per year, in basis points; never dearer than the law allows. */
    prices: z.record(partNameSchema, z.strictObject({ adds: z.int().min(-10_000).max(10_000) })),
    /** Where less than what was asked for is granted, a multiple of this. */
    grantStep: moneyTextSchema,
    /** At most so many reasons are given. */
    reasonsMost: z.int().min(1).max(10),
    /** Share of what is owed that is lost when it goes badly: to tell the loss to expect. */
    lossGivenDefault: basisPointsSchema,
    /** Above this a referred application takes two people to approve. */
    fourEyesAbove: moneyTextSchema,
    /** Rules that say what a borrower has to supply: fields, comma separated; `requires`. */
    requirements: partNameSchema,
    golden: z.array(goldenCaseSchema).max(200),
  })
  .meta({ id: 'RiskPolicy' });

export type PolicyDocument = Readonly<z.infer<typeof policyDocumentSchema>>;
export type Strategy = PolicyDocument['strategies'][string];
export type Arm = Strategy['arms'][number];
export type ModelUse = PolicyDocument['models'][string];
export type GoldenCase = PolicyDocument['golden'][number];

export const policyHashSchema = hashSchema;
