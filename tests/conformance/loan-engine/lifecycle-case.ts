import type { Catalogue, Step } from './case-steps';
import type { CaseTerms } from './case-terms';
import { type Check, checkStep } from './checks';
import type { Difference } from './difference';
import type { Engine } from './engine';
import { LoanLife } from './loan-life';
import { perform } from './operations';

const isCheck = (step: Step): step is Check => step.op.startsWith('expect');

/** Lives a case's loan step by step; ends at the first check that does not hold. */
export const runLifecycleCase = (
  engine: Engine,
  terms: CaseTerms,
  steps: readonly Step[],
  catalogue: Catalogue,
): Difference | undefined => {
  const life = new LoanLife(engine, terms, catalogue);
  for (const [index, step] of steps.entries()) {
    if (isCheck(step)) {
      const difference = checkStep(life, step, index);
      if (difference !== undefined) return difference;
    } else {
      perform(life, step);
    }
  }
  return undefined;
};
