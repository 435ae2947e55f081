import type { Day } from '../../calendar';
import { parseRate } from '../../kernel';
import { type AmountRules, amountOf, amountRulesOf } from './amounts';
import { left, type Row } from './row';
import type { Story } from './story';

/** Penalty interest on overdue installments, as far as it has come. */
export interface Penalties {
  readonly until: (rows: readonly Row[], day: Day) => void;
}

interface Overdue {
  upTo: Day;
  /** Overdue principal × days. */
  principalDays: bigint;
  charged: bigint;
}

/**
 * Simple interest on overdue principal, ACT/365, from the due date once the grace days are over; never on interest.
 * Days are summed before the one rounding, so that accruing day by day comes to the same as in one step.
 */
export const penaltiesOf = ({ terms, notes }: Story): Penalties => {
  const { graceDays, ratePerYear } = terms.penalty;
  const rate = parseRate(ratePerYear);
  if (rate.numerator === 0n) return { until: () => undefined };
  const amounts: AmountRules = amountRulesOf(terms);
  const known = new Map<Row, Overdue>();
  const accrue = (row: Row, day: Day): void => {
    const overdue = known.get(row) ?? { upTo: row.due, principalDays: 0n, charged: 0n };
    known.set(row, overdue);
    const principal = left(row, 'principal');
    if (notes !== undefined && principal > 0n) {
      const stretches = notes.overdue.get(row) ?? [];
      stretches.push({ from: overdue.upTo, to: day, principal });
      notes.overdue.set(row, stretches);
    }
    overdue.principalDays += principal * BigInt(day - overdue.upTo);
    overdue.upTo = day;
    if (day <= row.due + graceDays) return;
    const total = amountOf(overdue.principalDays * rate.numerator, 365n * rate.denominator, amounts);
    if (total === overdue.charged) return;
    row.owed.penalty += total - overdue.charged;
    overdue.charged = total;
    row.metOn = undefined;
  };
  return {
    until: (rows, day) => {
      for (const row of rows) if (row.due < day && row.metOn === undefined) accrue(row, day);
    },
  };
};
