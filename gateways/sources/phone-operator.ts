import { z } from 'zod';
import type { Source } from './source';

/** What an operator may say of a number: a finding and aggregates. Calls and messages are none of it. */
export const operatorAnswerSchema = z.strictObject({
  /** Whether name, ID number and phone belong together (三要素). */
  threeFactors: z.enum(['match', 'mismatch', 'unknown']),
  /** How long the number has been this person's, whole months. */
  monthsHeld: z.int().min(0).max(1_200),
  /** How much it is used, as a band made by the operator. */
  activity: z.enum(['none', 'low', 'usual', 'high']),
  reference: z.string().min(1).max(100),
});
export type OperatorAnswer = Readonly<z.infer<typeof operatorAnswerSchema>>;

/** Clear values, revealed for this one call. */
export interface OperatorQuestion {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

export type PhoneOperator = Source<OperatorQuestion, OperatorAnswer>;
