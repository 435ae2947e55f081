import { z } from 'zod';
import { actorSchema, businessDateSchema, type EventOf, eventType, instantSchema } from '../kernel';
import { custodyOrderSchema, flowSchema } from './order';

/** What all events of one instruction repeat, so that each can be booked and reconciled by itself. */
const about = { order: custodyOrderSchema, flow: flowSchema.optional() };
const effect = { ...about, effectId: z.string() };

export const instructionEvents = {
  CustodyInstructionRequested: eventType({
    schema: 1,
    data: z.strictObject({
      ...about,
      requestedBy: actorSchema,
      /** It goes to the bank only once a second person has approved it. */
      needsApproval: z.boolean(),
    }),
    published: ({ order }) => ({ kind: order.kind }),
  }),
  CustodyInstructionApproved: eventType({
    schema: 1,
    data: z.strictObject({ approvedBy: actorSchema, note: z.string() }),
    published: () => ({}),
  }),
  /** Taken back before it was given to the bank. */
  CustodyInstructionCancelled: eventType({
    schema: 1,
    data: z.strictObject({ reason: z.string() }),
    published: ({ reason }) => ({ reason }),
  }),
  /** Written before the first byte is sent: from here on the outcome may be unknown, never forgotten. */
  CustodyInstructionSubmitted: eventType({
    schema: 1,
    data: z.strictObject({ ...effect, submittedAt: instantSchema, valueDate: businessDateSchema }),
    published: ({ order }) => ({ kind: order.kind }),
  }),
  CustodyInstructionSettled: eventType({
    schema: 1,
    data: z.strictObject({ ...effect, bankReference: z.string(), valueDate: businessDateSchema }),
    published: ({ order, valueDate }) => ({ kind: order.kind, valueDate }),
  }),
  /** A definite, signed refusal: the bank has done nothing. */
  CustodyInstructionFailed: eventType({
    schema: 1,
    data: z.strictObject({ ...effect, reason: z.string(), valueDate: businessDateSchema }),
    published: ({ order, reason }) => ({ kind: order.kind, reason }),
  }),
  /** No definite answer: ask again under the same effect id. */
  CustodyInstructionUnknown: eventType({
    schema: 1,
    data: z.strictObject({
      ...effect,
      reason: z.string(),
      /** How often the bank has been asked since. */
      queries: z.int().min(0),
      nextQueryAt: instantSchema,
    }),
    published: ({ order, queries }) => ({ kind: order.kind, queries }),
  }),
  /** The query ladder is exhausted: a person has to find out. */
  CustodyInstructionEscalated: eventType({
    schema: 1,
    data: z.strictObject({ ...effect, queries: z.int() }),
    published: ({ order }) => ({ kind: order.kind }),
  }),
};

export type InstructionEvent = EventOf<typeof instructionEvents>;
