import { z } from 'zod';
import {
  businessDateSchema,
  type CommandOf,
  currencySchema,
  custodyAccountIdSchema,
  custodyInstructionIdSchema,
} from '../kernel';
import { custodyOwnerSchema } from './owner';

/** What the bank has done by an instruction. */
const done = { accountId: custodyAccountIdSchema, instructionId: custodyInstructionIdSchema, on: businessDateSchema };

export const custodyCommands = {
  OpenCustodyAccount: z.strictObject({
    ...done,
    owner: custodyOwnerSchema,
    currency: currencySchema,
    bankReference: z.string(),
  }),
  FreezeCustodyAccount: z.strictObject({ ...done, reason: z.string() }),
  UnfreezeCustodyAccount: z.strictObject({ ...done, reason: z.string() }),
};

export type CustodyCommand = CommandOf<typeof custodyCommands>;
