import { z } from 'zod';
import { borrowerIdSchema, type CommandOf, identityIdSchema } from '../kernel';

export const identityCommands = {
  /** One borrower per identity document: claimed before the borrower is registered. */
  ClaimIdentity: z.strictObject({ identityId: identityIdSchema, borrowerId: borrowerIdSchema }),
  /** Frees the document when its borrower has been erased. */
  ReleaseIdentity: z.strictObject({ identityId: identityIdSchema, borrowerId: borrowerIdSchema }),
};

export type IdentityCommand = CommandOf<typeof identityCommands>;
