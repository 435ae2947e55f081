import { z } from 'zod';
import type { Source } from './source';

/** What lenders tell each other about fraud, and about borrowing at many of them at once. */
export const fraudAnswerSchema = z.strictObject({
  /** Likelihood of fraud, 0 to 100. */
  score: z.int().min(0).max(100),
  /** Another lender has reported a fraud by this person. */
  reported: z.boolean(),
  /** Lenders that this person has applied to in the last 30 days. */
  lendersAsked30d: z.int().min(0).max(10_000),
  reference: z.string().min(1).max(100),
});
export type FraudAnswer = Readonly<z.infer<typeof fraudAnswerSchema>>;

/** Clear values, revealed for this one call. */
export interface FraudQuestion {
  readonly idNumber: string;
  readonly phone: string;
}

export type FraudRegister = Source<FraudQuestion, FraudAnswer>;
