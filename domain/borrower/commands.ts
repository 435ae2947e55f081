import { z } from 'zod';
import { blindIndexSchema, borrowerIdSchema, type CommandOf, instantSchema, personalSchema } from '../kernel';
import { consentScopeSchema, noticePreferences, originationChannelSchema } from './events';

export const borrowerCommands = {
  /** The clear values were checked at the border (ID checksum, phone, 18-digit ID); the indexes were made there too. */
  RegisterBorrower: z.strictObject({
    borrowerId: borrowerIdSchema,
    name: personalSchema,
    idNumber: personalSchema,
    phone: personalSchema,
    birthDate: personalSchema,
    idNumberIndex: blindIndexSchema,
    phoneIndex: blindIndexSchema,
    region: z.string().regex(/^\d{2}$/),
  }),
  GrantConsent: z.strictObject({
    borrowerId: borrowerIdSchema,
    consentId: z.string(),
    scope: consentScopeSchema,
    purpose: z.string(),
    textVersion: z.string(),
    textHash: z.string(),
    channel: originationChannelSchema,
  }),
  WithdrawConsent: z.strictObject({ borrowerId: borrowerIdSchema, consentId: z.string() }),
  RecordIdentityCheck: z.strictObject({
    borrowerId: borrowerIdSchema,
    provider: z.string(),
    reference: z.string(),
    result: z.enum(['match', 'mismatch', 'unknown']),
    checkedAt: instantSchema,
  }),
  BindBankCard: z.strictObject({
    borrowerId: borrowerIdSchema,
    cardId: z.string(),
    cardNumber: personalSchema,
    cardIndex: blindIndexSchema,
    bank: z.string(),
    lastFour: z.string().regex(/^\d{4}$/),
  }),
  /** The address of a channel is kept where it is left out. */
  SetNoticePreferences: z.strictObject({
    borrowerId: borrowerIdSchema,
    ...noticePreferences,
    email: personalSchema.optional(),
    device: personalSchema.optional(),
  }),
  FreezeBorrower: z.strictObject({ borrowerId: borrowerIdSchema, reason: z.string() }),
  UnfreezeBorrower: z.strictObject({ borrowerId: borrowerIdSchema, reason: z.string() }),
  EraseBorrower: z.strictObject({ borrowerId: borrowerIdSchema, reason: z.string() }),
};

/** Whether the borrower owes, or has asked to owe, anything. */
export interface Indebtedness {
  readonly hasDebt: boolean;
}

export type BorrowerCommand = CommandOf<typeof borrowerCommands, { EraseBorrower: Indebtedness }>;
