import { z } from 'zod';
import { businessDateSchema, currencySchema, custodyInstructionIdSchema, type EventOf, eventType } from '../kernel';
import { custodyOwnerSchema } from './owner';

/** The instruction to the bank that made it so. */
const by = { instructionId: custodyInstructionIdSchema, on: businessDateSchema };

export const custodyEvents = {
  CustodyAccountOpened: eventType({
    schema: 1,
    data: z.strictObject({
      ...by,
      owner: custodyOwnerSchema,
      currency: currencySchema,
      /** The account's number at the bank. */
      bankReference: z.string(),
    }),
    published: ({ currency, on }) => ({ currency, on }),
  }),
  CustodyAccountFrozen: eventType({
    schema: 1,
    data: z.strictObject({ ...by, reason: z.string() }),
    published: ({ on }) => ({ on }),
  }),
  CustodyAccountUnfrozen: eventType({
    schema: 1,
    data: z.strictObject({ ...by, reason: z.string() }),
    published: ({ on }) => ({ on }),
  }),
};

export type CustodyEvent = EventOf<typeof custodyEvents>;
