import { z } from 'zod';
import { businessDateSchema } from '../../domain/kernel';

/**
 * What partners that move money say of one instruction. Each kind of partner adds what it repeats of the instruction,
 * so that the word can be held against it.
 */
const about = { effectId: z.string() };

export const settledWord = z.object({
  ...about,
  outcome: z.literal('settled'),
  channelReference: z.string().min(1).max(100),
  settledOn: businessDateSchema,
});
/** The partner has taken the instruction over and will say later what became of it. */
export const acceptedWord = z.object({ ...about, outcome: z.literal('accepted') });
export const failedWord = z.object({ ...about, outcome: z.literal('failed'), reason: z.string().min(1).max(100) });
export const notFoundWord = z.object({ ...about, outcome: z.literal('not-found') });

/** A word about an instruction that the partner knows. */
export type InstructionWord = z.infer<typeof settledWord> | z.infer<typeof acceptedWord> | z.infer<typeof failedWord>;
export type NotFoundWord = z.infer<typeof notFoundWord>;
