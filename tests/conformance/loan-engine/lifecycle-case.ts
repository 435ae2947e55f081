import { type AccrualCount, countAccruals, NO_ACCRUALS, sumOfAccruals } from './accruals';
import type { Catalogue, Step } from './case-steps';
import type { CaseTerms } from './case-terms';
import { type Check, checkStep } from './checks';
import type { Difference } from './difference';
import type { Engine } from './engine';
import { LoanLife } from './loan-life';
import { perform } from './operations';

const isCheck = (step: Step): step is Check => step.op.startsWith('expect');

/** Lives a case's loan step by step; ends at the first check that does not hold. Accruals are counted apart. */
export const runLifecycleCase = (
  engine: Engine,
  terms: CaseTerms,
  steps: readonly Step[],
  catalogue: Catalogue,
): { readonly difference?: Difference; readonly accruals: AccrualCount } => {
  const life = new LoanLife(engine, terms, catalogue);
  let accruals = NO_ACCRUALS;
  for (const [index, step] of steps.entries()) {
    if (isCheck(step)) {
      const difference = checkStep(life, step, index);
      if (difference !== undefined) return { difference, accruals };
      if (step.op === 'expectTransactions') accruals = sumOfAccruals(accruals, accrualsIn(life, step));
    } else {
      perform(life, step);
    }
  }
  return { accruals };
};

const accrualsIn = (life: LoanLife, step: Extract<Step, { op: 'expectTransactions' }>): AccrualCount => {
  const { accruals, activities } = life.accruals;
  return countAccruals(step.rows, step.ignoring ?? [], accruals, activities, life.decimals);
};
