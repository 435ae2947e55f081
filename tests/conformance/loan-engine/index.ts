import type { Catalogue } from './case-steps';
import { CATALOGUE, catalogueOf } from './charges';
import type { Difference } from './difference';
import type { Engine } from './engine';
import { runLifecycleCase } from './lifecycle-case';
import { type LoanCase, loanCaseSchema, selectLoanCase } from './loan-case';
import { MissingKnob } from './missing-knob';
import { runModelCase } from './model-case';
import { runScheduleCase } from './schedule-case';
import { isAccrual } from './transaction-rows';

export type { Difference } from './difference';
export type { Engine, ShownPosting } from './engine';
export { minorOf } from './figures';

/** What came of a case: the knobs that are missing for it, or whether it came out as stated. */
export type Verdict =
  | { readonly kind: 'unselected'; readonly missing: readonly string[] }
  /** `without`: what the case states that was not compared. */
  | { readonly kind: 'passed'; readonly without?: readonly string[] }
  | { readonly kind: 'failed'; readonly difference: Difference };

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
    const difference = run(engine, selection.selected, catalogue);
    if (difference !== undefined) return { kind: 'failed', difference };
    return hasAccruals(selection.selected) ? { kind: 'passed', without: ['accruals'] } : { kind: 'passed' };
  } catch (error) {
    if (error instanceof MissingKnob) return { kind: 'unselected', missing: [error.knob] };
    if (!(error instanceof Error)) throw error;
    return { kind: 'failed', difference: { at: 'while running', expected: 'figures', got: error.message } };
  }
};

/** Rows of the source's accrual accounting, which a loan's own transactions do not have. */
const hasAccruals = (selected: LoanCase): boolean =>
  selected.kind === 'lifecycle' &&
  selected.steps.some(
    (step) =>
      step.op === 'expectTransactions' &&
      step.rows.some((row) => isAccrual(row) && step.ignoring?.includes(row.type) !== true),
  );

const run = (engine: Engine, selected: LoanCase, catalogue: Catalogue): Difference | undefined => {
  switch (selected.kind) {
    case 'schedule':
      return runScheduleCase(engine, selected.terms, selected.body);
    case 'model':
      return runModelCase(engine, selected.terms, selected.steps);
    case 'lifecycle':
      return runLifecycleCase(engine, selected.terms, selected.steps, catalogue);
  }
};
