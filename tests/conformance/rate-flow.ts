import { z } from 'zod';
import { dateSchema, decimalSchema, fractionSchema } from './figures';

/** Money that changes hands: `count` times, each later one a period (or `stepYears`) after the one before. */
export const flowSchema = z.looseObject({
  dir: z.enum(['advance', 'payment']),
  amount: decimalSchema,
  count: z.int().positive(),
  t: z.int().min(0).optional(),
  f: fractionSchema.optional(),
  tYears: fractionSchema.optional(),
  stepYears: fractionSchema.optional(),
  firstDate: dateSchema.nullish(),
  every: z.string().optional(),
});
export type Flow = z.infer<typeof flowSchema>;
