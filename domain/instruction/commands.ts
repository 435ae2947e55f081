import { z } from 'zod';
import type { BorrowerStanding } from '../borrower';
import type { CustodyState } from '../custody';
import { type CommandOf, custodyInstructionIdSchema } from '../kernel';
import { channelOutcomeSchema } from '../payout';
import { custodyOrderSchema } from './order';

const of = { instructionId: custodyInstructionIdSchema };

export const instructionCommands = {
  RequestCustodyInstruction: z.strictObject({ ...of, order: custodyOrderSchema }),
  ApproveCustodyInstruction: z.strictObject({ ...of, note: z.string().max(500) }),
  CancelCustodyInstruction: z.strictObject({ ...of, reason: z.string().min(1).max(200) }),
  /** `effectId` is the idempotency key towards the bank; an instruction is given once. */
  SubmitCustodyInstruction: z.strictObject({ ...of, effectId: z.string() }),
  RecordCustodyOutcome: z.strictObject({ ...of, effectId: z.string(), answer: channelOutcomeSchema }),
};

/** The accounts that an order names, as they stand. */
export interface AccountsNamed {
  readonly account: CustodyState;
  /** Of a transfer: the account that the money goes to. */
  readonly to?: CustodyState;
  /** Of an account to be opened for a borrower: who they are, and their cards. */
  readonly borrower?: BorrowerStanding;
}

export type InstructionCommand = CommandOf<typeof instructionCommands, { RequestCustodyInstruction: AccountsNamed }>;
