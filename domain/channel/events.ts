import { z } from 'zod';
import { businessDateSchema, type EventOf, eventType, instantSchema, moneyTextSchema } from '../kernel';
import { channelCostSchema } from './cost';
import { channelTermsSchema } from './terms';

/** Why a channel is taken out of use by itself. */
export const ANOMALIES = ['failures', 'silence', 'unavailable', 'slow', 'contradiction'] as const;

const reason = z.strictObject({ reason: z.string() });

/** What a channel tells of itself, and until when that may be believed. */
export const heartbeatSchema = z.strictObject({
  available: z.boolean(),
  /** What it can still pay out. */
  balance: moneyTextSchema.optional(),
  /** Its present price, where it differs from the terms. */
  cost: channelCostSchema.optional(),
  heardAt: instantSchema,
  expiresAt: instantSchema,
});
export type Heartbeat = Readonly<z.infer<typeof heartbeatSchema>>;

export const channelEvents = {
  ChannelEnrolled: eventType({
    schema: 1,
    data: z.strictObject({ terms: channelTermsSchema, enrolledOn: businessDateSchema }),
    published: ({ enrolledOn }) => ({ enrolledOn }),
  }),
  ChannelTermsRevised: eventType({
    schema: 1,
    data: z.strictObject({ terms: channelTermsSchema, revisedOn: businessDateSchema }),
    published: ({ revisedOn }) => ({ revisedOn }),
  }),
  ChannelHeartbeatHeard: eventType({ schema: 1, data: heartbeatSchema }),
  /** Something is wrong: it takes no movement until probes have passed or a person restores it. */
  ChannelDegraded: eventType({
    schema: 1,
    data: z.strictObject({ anomaly: z.enum(ANOMALIES), detail: z.string(), degradedAt: instantSchema }),
    published: ({ anomaly, degradedAt }) => ({ anomaly, degradedAt }),
  }),
  ChannelProbed: eventType({
    schema: 1,
    data: z.strictObject({
      passed: z.boolean(),
      detail: z.string(),
      /** How many have passed in a row, this one included. */
      inARow: z.int().min(0),
    }),
    published: ({ passed, inARow }) => ({ passed, inARow }),
  }),
  ChannelRestored: eventType({
    schema: 1,
    data: z.strictObject({ by: z.enum(['probes', 'operator']), reason: z.string() }),
  }),
  /** A person has taken it out of use. */
  ChannelSuspended: eventType({ schema: 1, data: reason }),
  ChannelRetired: eventType({ schema: 1, data: reason }),
};

export type ChannelEvent = EventOf<typeof channelEvents>;
