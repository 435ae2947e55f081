import { z } from 'zod';
import { businessDateSchema, moneyTextSchema } from '../domain/kernel';

const count = z.int().min(0);
export const span = { from: businessDateSchema, to: businessDateSchema };

export const replaySchema = z
  .strictObject({
    decisions: count,
    notRepeatable: count.describe('Made before there were policies in versions.'),
    differences: count,
    examples: z
      .array(
        z.strictObject({ applicationId: z.string(), field: z.string(), recorded: z.string(), repeated: z.string() }),
      )
      .readonly(),
  })
  .meta({ id: 'RiskReplay', description: 'Recorded decisions made again by the versions that they name.' });

const sideSchema = z.strictObject({
  approved: count,
  rejected: count,
  referred: count,
  granted: moneyTextSchema,
  expectedLoss: moneyTextSchema,
  meanAdds: z.int().describe('Mean of what prices add to the rate, basis points, over approvals.'),
});

const loansSchema = z.strictObject({ decisions: count, loans: count, bad: count });

export const whatIfSchema = z
  .strictObject({
    policy: z.strictObject({ hash: z.string(), version: z.int() }),
    decisions: count,
    notRepeatable: count,
    recorded: sideSchema,
    instead: sideSchema,
    moves: z.record(z.string(), count),
    swapIn: loansSchema,
    swapOut: loansSchema,
    kept: loansSchema,
  })
  .meta({
    id: 'RiskWhatIf',
    description: 'Recorded applications decided by another version, and how their loans went.',
  });

/** What can be asked of recorded decisions. */
export interface RecordedDecisions {
  readonly replay: (span: Span) => Promise<z.infer<typeof replaySchema>>;
  /** Undefined when there is no such version. */
  readonly whatIf: (hash: string, span: Span) => Promise<z.infer<typeof whatIfSchema> | undefined>;
}

type Span = { readonly [End in keyof typeof span]: z.infer<(typeof span)[End]> };
