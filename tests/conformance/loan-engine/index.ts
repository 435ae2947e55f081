import type { AccrualCount } from './accruals';
import type { Catalogue } from './case-steps';
import { CATALOGUE, catalogueOf } from './charges';
import type { Difference } from './difference';
import type { Engine } from './engine';
import { runLifecycleCase } from './lifecycle-case';
import { type LoanCase, loanCaseSchema, selectLoanCase } from './loan-case';
import { MissingKnob } from './missing-knob';
import { runModelCase } from './model-case';
import { runScheduleCase } from './schedule-case';

export { type AccrualCount, NO_ACCRUALS, sumOfAccruals } from './accruals';
export type { Difference } from './difference';
export type { Engine, ShownPosting } from './engine';
export { minorOf } from './figures';

/** What came of a case: the knobs that are missing for it, or whether it came out as stated. */
export type Verdict =
  | { readonly kind: 'unselected'; readonly missing: readonly string[] }
  /** `accruals`: how those that the case states came out; they are compared apart and decide nothing. */
  | { readonly kind: 'passed'; readonly accruals?: AccrualCount }
  | { readonly kind: 'failed'; readonly difference: Difference; readonly accruals?: AccrualCount };

/**
 * Runs one case of the loan files on an engine. `fileCatalogue` is the file's own `meta.chargeCatalogue`, where it has
 * one: it goes before the one that is kept here. A case that breaks the engine has failed with what it said.
 */
export const runLoanCase = (
  engine: Engine,
  value: unknown,
  fileCatalogue: Readonly<Record<string, unknown>> = {},
): Verdict => {
  const catalogue = { ...CATALOGUE, ...catalogueOf(fileCatalogue) };
  const selection = selectLoanCase(loanCaseSchema.parse(value), catalogue, engine.postings !== undefined);
  if ('missing' in selection) return { kind: 'unselected', missing: selection.missing };
  try {
    const { difference, accruals } = run(engine, selection.selected, catalogue);
    const counted = accruals === undefined || accruals.rows === 0 ? {} : { accruals };
    return difference === undefined ? { kind: 'passed', ...counted } : { kind: 'failed', difference, ...counted };
  } catch (error) {
    if (error instanceof MissingKnob) return { kind: 'unselected', missing: [error.knob] };
    if (!(error instanceof Error)) throw error;
    return { kind: 'failed', difference: { at: 'while running', expected: 'figures', got: error.message } };
  }
};

interface Outcome {
  readonly difference?: Difference | undefined;
  readonly accruals?: AccrualCount;
}

const run = (engine: Engine, selected: LoanCase, catalogue: Catalogue): Outcome => {
  switch (selected.kind) {
    case 'schedule':
      return { difference: runScheduleCase(engine, selected.terms, selected.body) };
    case 'model':
      return { difference: runModelCase(engine, selected.terms, selected.steps) };
    case 'lifecycle':
      return runLifecycleCase(engine, selected.terms, selected.steps, catalogue);
  }
};
