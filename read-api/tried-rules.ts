import { z } from 'zod';
import { moneyTextSchema } from '../domain/kernel';

const count = z.int().min(0);
const triedSchema = z.strictObject({ rules: z.string(), matched: count, breaks: count, pairs: z.string() });
const foundSchema = z.strictObject({ type: z.string(), reference: z.string(), difference: moneyTextSchema });

export const comparedSchema = z
  .strictObject({
    outcome: z.literal('compared'),
    statementHash: z.string(),
    lines: count,
    inForce: triedSchema,
    tried: triedSchema,
    onlyInForce: z.array(foundSchema).readonly(),
    onlyTried: z.array(foundSchema).readonly(),
  })
  .meta({ id: 'DryRun', description: 'What other rules would have made of a statement. Nothing was written.' });

/** What comes of trying rules. */
export type DryRun =
  | Readonly<z.infer<typeof comparedSchema>>
  | { readonly outcome: 'unknown-counterparty' }
  | { readonly outcome: 'no-statement'; readonly reason: string };
