import type { Day } from '../../../calendar';
import { divideRounded } from '../../../kernel';
import { type Installment, outstandingOf } from './installment';
import type { Life } from './life';

/** Days of a year of penalties: ACT/365. */
const YEAR_DAYS = 365n;

/**
 * Charges simple interest on overdue principal up to a day, installment by installment, once the days of grace are
 * over, and then from the due date. One exact sum of principal × days is rounded once, so that it does not matter how
 * often, or on which days, it is charged; what was paid within the days of grace is never charged for.
 */
export const accruePenalties = (life: Life, through: Day): void => {
  const { penaltyRate: rate } = life;
  const { graceDays } = life.terms.penalty;
  if (rate.numerator === 0n || life.writtenOffOn !== undefined) return;
  for (const installment of life.installments) {
    if (installment.due >= through) continue;
    const base = outstandingOf(installment, 'principal');
    const days = through - Math.max(installment.due, installment.penalizedThrough);
    if (days <= 0) continue;
    installment.overdueDays += base * BigInt(days);
    installment.penalizedThrough = through;
    if (base === 0n || through - installment.due <= graceDays) continue;
    const penalty = divideRounded(
      installment.overdueDays * rate.numerator,
      rate.denominator * YEAR_DAYS,
      life.model.money.rounding,
    );
    owePenalty(installment, penalty);
  }
};

const owePenalty = (installment: Installment, penalty: bigint): void => {
  installment.owed.penalty += penalty - installment.accruedPenalty;
  installment.accruedPenalty = penalty;
};
