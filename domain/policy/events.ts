import { z } from 'zod';
import { actorSchema, businessDateSchema, type EventOf, eventType } from '../kernel';
import { policyDocumentSchema, policyHashSchema } from './policy-document';

const by = { hash: policyHashSchema, by: actorSchema };

export const policyEvents = {
  PolicyDrafted: eventType({
    schema: 1,
    data: z.strictObject({
      ...by,
      version: z.int().min(1),
      document: policyDocumentSchema,
      draftedOn: businessDateSchema,
    }),
  }),
  /** Nothing was found wrong: every cell compiles, every field exists, the golden cases come out as they say. */
  PolicyChecked: eventType({
    schema: 1,
    data: z.strictObject({
      ...by,
      /** Hash of the feature catalogue that it was checked against. */
      catalogue: z.string(),
      goldenCases: z.int().min(0),
    }),
  }),
  /** It decides beside the active one, and only for the record. */
  PolicyShadowed: eventType({ schema: 1, data: z.strictObject(by) }),
  /** One of the two who must want it. */
  PolicyApproved: eventType({ schema: 1, data: z.strictObject({ ...by, note: z.string() }) }),
  /** It decides from now on, in place of the one before. */
  PolicyActivated: eventType({
    schema: 1,
    data: z.strictObject({ hash: policyHashSchema, replaces: policyHashSchema.optional() }),
    published: ({ hash, replaces }) => ({ hash, replaces }),
  }),
  PolicyRetired: eventType({ schema: 1, data: z.strictObject({ ...by, reason: z.string() }) }),
};

export type PolicyEvent = EventOf<typeof policyEvents>;
