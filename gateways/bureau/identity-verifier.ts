import { z } from 'zod';
import type { Unavailable } from '../http';

/** Whether name, ID number and phone belong to one person. `unknown` is not a match. */
export const identityAnswerSchema = z.object({
  result: z.enum(['match', 'mismatch', 'unknown']),
  reference: z.string().min(1).max(100),
});
export type IdentityAnswer = Readonly<z.infer<typeof identityAnswerSchema>>;

export interface IdentityEnquiry {
  /** Clear values, revealed for this one call. */
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  /** The same id again is the same enquiry. */
  readonly requestId: string;
}

export type IdentityOutcome = ({ readonly outcome: 'answered' } & IdentityAnswer) | Unavailable;

export interface IdentityVerifier {
  /** Name for the record of the check. */
  readonly name: string;
  verify(enquiry: IdentityEnquiry): Promise<IdentityOutcome>;
}
