import { z } from 'zod';
import { borrowerIdSchema, type EventOf, eventType, instantSchema } from '../kernel';
import { languageSchema, messageChannelSchema, noticeKindSchema } from './kinds';

/** Which message it is: what was sent to whom about what, by which way. The address itself is nowhere here. */
export const messageSchema = z.strictObject({
  borrowerId: borrowerIdSchema,
  kind: noticeKindSchema,
  /** The loan, application or case that it is about. */
  about: z.string(),
  channel: messageChannelSchema,
  template: z.string(),
  version: z.int().min(1),
  language: languageSchema,
  /** From 1; another attempt is made only when the one before certainly did not go out. */
  attempt: z.int().min(1),
});

const outcome = {
  channel: messageChannelSchema,
  attempt: z.int().min(1),
  at: instantSchema,
  /** Where it was not begun before: the partner takes one key once, so that it cannot go out twice. */
  message: messageSchema.optional(),
};

export type Message = Readonly<z.infer<typeof messageSchema>>;

export const noticeEvents = {
  /** It is about to go out: on record before its first byte, so that it never goes out twice. */
  MessageBegun: eventType({
    schema: 1,
    data: messageSchema.extend({ at: instantSchema }),
    published: ({ kind, channel }) => ({ kind, channel }),
  }),
  /** The partner has taken it. */
  MessageSent: eventType({
    schema: 1,
    data: z.strictObject({ ...outcome, gateway: z.string(), reference: z.string() }),
    published: ({ channel }) => ({ channel }),
  }),
  /** It certainly has not gone out. */
  MessageFailed: eventType({
    schema: 1,
    data: z.strictObject({ ...outcome, reason: z.string(), final: z.boolean() }),
    published: ({ channel, final }) => ({ channel, final }),
  }),
  /** Nobody can say whether it has gone out; it is not sent again. */
  MessageUnknown: eventType({
    schema: 1,
    data: z.strictObject({ ...outcome, reason: z.string() }),
    published: ({ channel }) => ({ channel }),
  }),
};

export type NoticeEvent = EventOf<typeof noticeEvents>;
