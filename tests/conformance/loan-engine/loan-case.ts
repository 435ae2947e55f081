import { z } from 'zod';
import { type Catalogue, type ModelStep, modelStepSchema, type Step, stepSchema } from './case-steps';
import { type CaseTerms, caseTermsSchema } from './case-terms';
import { missingOf, unknownIn } from './knobs';
import { type ScheduleBody, scheduleBodySchema } from './schedule-case';
import { dayCountWordOf, isKnownDayCount } from './terms-of-case';

/** A case of the loan files as it stands in them; what it says is read strictly afterwards. */
export const loanCaseSchema = z.looseObject({
  id: z.string(),
  category: z.string().default(''),
  knobs: z.array(z.string()).default([]),
  terms: z.record(z.string(), z.unknown()),
  steps: z.array(z.looseObject({ op: z.string() })).optional(),
});
type RawLoanCase = z.infer<typeof loanCaseSchema>;

/** A case that can be run: everything it names and does is known. */
export type LoanCase = { readonly terms: CaseTerms } & (
  | { readonly kind: 'schedule'; readonly body: ScheduleBody }
  | { readonly kind: 'model'; readonly steps: readonly ModelStep[] }
  | { readonly kind: 'lifecycle'; readonly steps: readonly Step[] }
);

export type Selection = { readonly selected: LoanCase } | { readonly missing: readonly string[] };

/** Reads a case; what of it this house does not know is named, one knob each. */
export const selectLoanCase = (raw: RawLoanCase, catalogue: Catalogue, hasJournal: boolean): Selection => {
  const terms = read('terms', caseTermsSchema, withoutNulls(raw.terms));
  const missing = [...missingOf(raw.knobs), ...terms.missing];
  if (raw.steps === undefined) {
    const { approvedAmount, disbursements, asOf, projected, projectedDisbursement, expected } = raw;
    const body = read('schedule', scheduleBodySchema, {
      approvedAmount,
      disbursements,
      asOf,
      projected,
      projectedDisbursement,
      expected,
    });
    return selection([...missing, ...body.missing], terms.value, (known) =>
      body.value === undefined ? undefined : { kind: 'schedule', terms: known, body: body.value },
    );
  }
  if (raw.steps.some(({ op }) => op === 'expectModel')) {
    const steps = raw.steps.map((step) => read(`op=${step.op}`, modelStepSchema, step));
    const unknown = steps.flatMap((step) => step.missing);
    return selection([...missing, ...unknown], terms.value, (known) => ({
      kind: 'model',
      terms: known,
      steps: steps.flatMap(({ value }) => value ?? []),
    }));
  }
  const steps = raw.steps.map((step) => read(`op=${step.op}`, stepSchema, withoutNulls(step)));
  const journal = !hasJournal && raw.steps.some(({ op }) => op === 'expectJournal') ? ['journal'] : [];
  const unknown = steps.flatMap((step) => [...step.missing, ...unknownCharge(step.value, catalogue)]);
  return selection([...missing, ...journal, ...unknown], terms.value, (known) => ({
    kind: 'lifecycle',
    terms: known,
    steps: steps.flatMap(({ value }) => value ?? []),
  }));
};

const selection = (
  missing: readonly string[],
  terms: CaseTerms | undefined,
  build: (terms: CaseTerms) => LoanCase | undefined,
): Selection => {
  const unknownCount =
    terms === undefined || isKnownDayCount(dayCountWordOf(terms)) ? [] : [`dayCount=${dayCountWordOf(terms)}`];
  const all = [...new Set([...missing, ...unknownCount])];
  const built = terms === undefined || all.length > 0 ? undefined : build(terms);
  return built === undefined ? { missing: all.length > 0 ? all : ['terms'] } : { selected: built };
};

interface Read<Value> {
  readonly value?: Value;
  readonly missing: readonly string[];
}

const read = <Schema extends z.ZodType>(prefix: string, schema: Schema, value: unknown): Read<z.infer<Schema>> => {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, missing: [] };
  return { missing: unknownIn(prefix, value, result.error) };
};

const unknownCharge = (step: Step | undefined, catalogue: Catalogue): readonly string[] =>
  step?.op === 'addCharge' && catalogue[step.charge] === undefined ? [`charge=${step.charge}`] : [];

/** Null means "not stated" wherever a case says it. */
const withoutNulls = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null));
