import { z } from 'zod';
import { type CommandOf, instantSchema, noticeIdSchema } from '../kernel';
import { messageSchema } from './events';
import { messageChannelSchema } from './kinds';

/** What became of an attempt at a message. `final`: trying again would not help. */
const messageOutcomeSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('sent'), gateway: z.string(), reference: z.string() }),
  z.strictObject({ outcome: z.literal('failed'), reason: z.string(), final: z.boolean() }),
  z.strictObject({ outcome: z.literal('unknown'), reason: z.string() }),
]);

export const noticeCommands = {
  /** Asks leave to send a message now. Granted once for each notice and channel. */
  BeginMessage: messageSchema.extend({ noticeId: noticeIdSchema }),
  RecordMessage: z.strictObject({
    noticeId: noticeIdSchema,
    channel: messageChannelSchema,
    attempt: z.int().min(1),
    /** Of a message that was not begun before; and when it was handed over. */
    handedOver: z.strictObject({ message: messageSchema, at: instantSchema }).optional(),
    result: messageOutcomeSchema,
  }),
};

export type NoticeCommand = CommandOf<typeof noticeCommands>;
