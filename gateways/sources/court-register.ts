import { z } from 'zod';
import type { Source } from './source';

/** What the public register of debts under enforcement (被执行人) says. */
export const courtAnswerSchema = z.strictObject({
  enforcements: z.int().min(0).max(10_000),
  reference: z.string().min(1).max(100),
});
export type CourtAnswer = Readonly<z.infer<typeof courtAnswerSchema>>;

/** Clear values, revealed for this one call. */
export interface CourtQuestion {
  readonly name: string;
  readonly idNumber: string;
}

export type CourtRegister = Source<CourtQuestion, CourtAnswer>;
