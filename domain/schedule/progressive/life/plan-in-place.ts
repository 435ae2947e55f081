import type { Day } from '../../../calendar';
import type { Installment } from './installment';

/**
 * Whether an installment of the old plan is still there after a re-aging: what was due before, what is to be paid down,
 * and what comes after the end of the new plan.
 */
export const outlives = ({ kind, due }: Installment, on: Day, end: Day): boolean =>
  kind === 'down-payment' || due < on || (kind === 'additional' && due > end);

/** Installments by due date. Those whose days bear no interest of their own begin where the one before is due. */
export const inOneRow = (installments: readonly Installment[]): Installment[] => {
  const row = installments.toSorted((one, other) => one.due - other.due || one.from - other.from);
  let before: Installment | undefined;
  for (const installment of row) {
    const { kind, period } = installment;
    const bearsNone = kind !== 'down-payment' && (period === undefined || period.holdsEarly);
    if (before !== undefined && bearsNone) installment.from = before.due;
    before = installment;
  }
  return row;
};
