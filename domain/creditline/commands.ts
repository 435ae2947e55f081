import { z } from 'zod';
import {
  applicationIdSchema,
  borrowerIdSchema,
  type CommandOf,
  creditLineIdSchema,
  loanIdSchema,
  moneyTextSchema,
} from '../kernel';

export const creditLineCommands = {
  OpenCreditLine: z.strictObject({
    creditLineId: creditLineIdSchema,
    borrowerId: borrowerIdSchema,
    limit: moneyTextSchema,
  }),
  ReserveCredit: z.strictObject({
    creditLineId: creditLineIdSchema,
    applicationId: applicationIdSchema,
    amount: moneyTextSchema,
  }),
  ReleaseCredit: z.strictObject({
    creditLineId: creditLineIdSchema,
    applicationId: applicationIdSchema,
    reason: z.string(),
  }),
  DrawCredit: z.strictObject({
    creditLineId: creditLineIdSchema,
    applicationId: applicationIdSchema,
    loanId: loanIdSchema,
    amount: moneyTextSchema,
  }),
  /** `cause` is the id of the event that repaid the principal: the same cause restores once. */
  RestoreCredit: z.strictObject({
    creditLineId: creditLineIdSchema,
    loanId: loanIdSchema,
    cause: z.string(),
    amount: moneyTextSchema,
  }),
  FreezeCreditLine: z.strictObject({ creditLineId: creditLineIdSchema, reason: z.string() }),
  UnfreezeCreditLine: z.strictObject({ creditLineId: creditLineIdSchema, reason: z.string() }),
};

export type CreditLineCommand = CommandOf<typeof creditLineCommands>;
