import { z } from 'zod';
import { type CommandOf, channelIdSchema, moneyTextSchema } from '../kernel';
import { channelCostSchema } from './cost';
import { ANOMALIES } from './events';
import { channelTermsSchema } from './terms';

const why = z.strictObject({ channelId: channelIdSchema, reason: z.string().min(1).max(200) });

export const channelCommands = {
  EnrolChannel: z.strictObject({ channelId: channelIdSchema, terms: channelTermsSchema }),
  ReviseChannelTerms: z.strictObject({ channelId: channelIdSchema, terms: channelTermsSchema }),
  /** What the channel tells of itself. Believed for so many seconds. */
  RecordHeartbeat: z.strictObject({
    channelId: channelIdSchema,
    available: z.boolean(),
    balance: moneyTextSchema.optional(),
    cost: channelCostSchema.optional(),
    validSeconds: z.int().min(1).max(86_400),
  }),
  DegradeChannel: z.strictObject({
    channelId: channelIdSchema,
    anomaly: z.enum(ANOMALIES),
    detail: z.string().min(1).max(200),
  }),
  RecordProbe: z.strictObject({ channelId: channelIdSchema, passed: z.boolean(), detail: z.string().max(200) }),
  SuspendChannel: why,
  /** A person puts it back to use, whatever took it out. */
  RestoreChannel: why,
  RetireChannel: why,
};

export type ChannelCommand = CommandOf<typeof channelCommands>;
