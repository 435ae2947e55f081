import { z } from 'zod';
import { custodyOrderSchema } from '../../domain/instruction';
import { acceptedWord, failedWord, notFoundWord, settledWord } from '../instructions';

/** What every word of the bank about one instruction repeats, so that it can be held against what was ordered. */
const repeated = { order: custodyOrderSchema };

const settled = settledWord.extend(repeated);
const accepted = acceptedWord.extend(repeated);
const failed = failedWord.extend(repeated);

const text = z.string().min(1).max(200);

/** What an instruction says; whoever opens an account says who will hold it. */
export const instructionBodySchema = z.strictObject({
  order: custodyOrderSchema,
  holder: z.strictObject({ name: text, idNumber: text.optional(), bank: text, accountNumber: text }).optional(),
});

/** Answer to an instruction; a definite no is a refusal with status 422 instead. */
export const custodyAnswerSchema = z.discriminatedUnion('outcome', [settled, accepted]);
export type CustodyAnswer = z.infer<typeof custodyAnswerSchema>;

export const custodyQueryAnswerSchema = z.discriminatedUnion('outcome', [settled, accepted, failed, notFoundWord]);
export type CustodyQueryAnswer = z.infer<typeof custodyQueryAnswerSchema>;

/** A word about an instruction that the bank knows. */
export type CustodyWord = Exclude<CustodyQueryAnswer, { outcome: 'not-found' }>;
