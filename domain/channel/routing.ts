import { z } from 'zod';
import { businessDateSchema, instantSchema, moneyTextSchema } from '../kernel';
import { heartbeatSchema } from './events';
import { channelTermsSchema } from './terms';

/** A movement of money that a channel is to be chosen for. */
export const routedMovementSchema = z.strictObject({
  kind: z.enum(['payout', 'debit']),
  amount: moneyTextSchema,
  /** Of the payee or the payer. */
  bank: z.string(),
  urgency: z.enum(['normal', 'urgent']),
  /** A debit that may take less than the amount. */
  mayBePartial: z.boolean(),
  borrower: z.strictObject({
    /** Loans that the borrower has drawn so far: how often money moves for this one. */
    loansDrawn: z.int().min(0),
  }),
  /** Channels that have definitely refused this movement. */
  refusedBy: z.array(z.string()),
  at: instantSchema,
  businessDate: businessDateSchema,
});
export type RoutedMovement = Readonly<z.infer<typeof routedMovementSchema>>;

/** What became of attempts: those that settled, and how many seconds those took in all. */
const measuredSchema = z.strictObject({
  attempts: z.int().min(0),
  settled: z.int().min(0),
  seconds: z.int().min(0),
});
export type Measured = Readonly<z.infer<typeof measuredSchema>>;

/** A channel as the router sees it at one instant. */
export const channelFactsSchema = z.strictObject({
  channel: z.string(),
  status: z.enum(['in-service', 'degraded', 'suspended', 'retired']),
  terms: channelTermsSchema,
  heartbeat: heartbeatSchema.optional(),
  /** Moved or on the way in the movement's direction on its business date. */
  usedToday: moneyTextSchema,
  /** Lately, in the movement's direction: in its amount band at its bank, in its band, and in all. */
  measured: z.strictObject({ bandAndBank: measuredSchema, band: measuredSchema, channel: measuredSchema }),
});
export type ChannelFacts = Readonly<z.infer<typeof channelFactsSchema>>;

/** Why a channel cannot take a movement, whatever it would score. */
export const EXCLUSIONS = [
  'NOT_IN_SERVICE',
  'DEGRADED',
  'SILENT',
  'CANNOT_DO',
  'OTHER_CURRENCY',
  'BANK_NOT_SERVED',
  'BELOW_LEAST',
  'ABOVE_MOST',
  'OVER_DAY_LIMIT',
  'CLOSED',
  'BALANCE_TOO_LOW',
  'REFUSED_BEFORE',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** From which measurements a channel was judged; `terms`: it has not been measured enough. */
export const EVIDENCE = ['band-and-bank', 'band', 'channel', 'terms'] as const;

/** Between 0 and 1, cut off after six decimals: for reading. What decides is exact. */
const shareText = z.string().regex(/^[01]\.\d{6}$/);

const rankedSchema = z.strictObject({
  channel: z.string(),
  score: shareText,
  parts: z.strictObject({ fit: shareText, approval: shareText, cost: shareText, speed: shareText }),
  cost: moneyTextSchema,
  evidence: z.enum(EVIDENCE),
});

/**
 * How a channel was chosen: everything that was seen, by which policy, and what came of it. Plain data: routed again by
 * the same policy it is the same decision.
 */
export const routingDecisionSchema = z.strictObject({
  movement: routedMovementSchema,
  facts: z.array(channelFactsSchema),
  policy: z.strictObject({ name: z.string(), version: z.int(), hash: z.string() }),
  /** The policy's preference that the movement met. */
  preference: z.string().optional(),
  /** Best first. */
  ranking: z.array(rankedSchema),
  excluded: z.array(z.strictObject({ channel: z.string(), reasons: z.array(z.enum(EXCLUSIONS)).min(1) })),
});
export type RoutingDecision = Readonly<z.infer<typeof routingDecisionSchema>>;
