import { z } from 'zod';
import type { Case, CaseReader, Content } from './case';
import { engine } from './engine';
import { runLoanCase } from './loan-engine';

/** A loan case as far as it is counted; the rest of it is read strictly where it is run. */
const loanCaseSchema = z.looseObject({
  id: z.string(),
  tier: z.union([z.int(), z.string()]).transform(String),
  knobs: z.array(z.string()).default([]),
});

const fileSchema = z.looseObject({
  meta: z.looseObject({ chargeCatalogue: z.record(z.string(), z.unknown()).optional() }).optional(),
  cases: z.array(loanCaseSchema),
});

const isLoanCase = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'terms' in value && ('expected' in value || 'steps' in value);

/** Schedules and lives of loans. */
export const loanCases: CaseReader = {
  kind: 'loans',
  recognises: ({ cases }: Content) => Array.isArray(cases) && cases.some(isLoanCase),
  read: (content, { chargeCatalogue }) => {
    const { meta, cases } = fileSchema.parse(content);
    const catalogue = { ...chargeCatalogue, ...meta?.chargeCatalogue };
    return cases.map(
      (one): Case => ({
        id: one.id,
        tier: one.tier,
        knobs: one.knobs,
        judge: () => runLoanCase(engine, one, catalogue),
      }),
    );
  },
};

/** Definitions of charges: no cases of their own. */
export const chargeCatalogues: CaseReader = {
  kind: 'a catalogue of charges',
  recognises: ({ chargeCatalogue }: Content) => typeof chargeCatalogue === 'object' && chargeCatalogue !== null,
  read: () => [],
};
