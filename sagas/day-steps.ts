import { type AccrualsParts, accruals } from './accruals';
import type { DayStep } from './day-step';
import { type DebitRun, debits } from './debit-run';
import { type Deadlines, dues } from './dues';

export interface DayStepsParts extends AccrualsParts {
  readonly deadlines: Deadlines;
  readonly debits: DebitRun;
}

/** What closing a business date does before its statements are looked at, in this order. */
export const daySteps = (parts: DayStepsParts): readonly DayStep[] => [
  dues(parts.deadlines),
  debits(parts.debits),
  accruals(parts),
];
