import { type Day, epochDay } from '../../kernel';
import type { AnnualRate } from './annual-rate';
import type { CashFlow } from './cash-flows';
import { unitPeriodOf } from './common-period';
import type { DatedFlow } from './dated-flow';
import type { Fraction } from './fraction';
import { commonDayOfMonth } from './months-back';
import { solve } from './solve';
import { unitPeriodsBetween, unitPeriodsPerYear } from './unit-period';

/**
 * The annual percentage rate by the actuarial method of US Regulation Z (12 CFR 1026 Appendix J (b)(8)): flows are
 * `whole` unit-periods and `part` of one after time zero, and the rate of a unit-period times their number in a year
 * is the annual rate.
 */
export const actuarialRate = (flows: readonly CashFlow[], perYear: Fraction, decimals: number): AnnualRate =>
  solve({ kind: 'actuarial', perYear }, flows, decimals);

/**
 * The same from calendar days: the unit-period and the distances follow from the days by Appendix J (b)(2) to (b)(5).
 * Time zero is the first flow, an advance or a payment.
 */
export const regulationZ = (dated: readonly DatedFlow[], decimals: number): AnnualRate => {
  const flows = dated.map(({ on, cash }) => ({ on: epochDay(on), cash })).toSorted((a, b) => a.on - b.on);
  const daysOf = (toBorrower: boolean): readonly Day[] =>
    flows.filter(({ cash }) => cash > 0n === toBorrower).map(({ on }) => on);
  const [advances, payments] = [daysOf(true), daysOf(false)];
  if (advances.length === 0) return { kind: 'none', why: 'nothing-lent' };
  if (payments.length === 0) return { kind: 'none', why: 'nothing-paid' };
  const zero = Math.min(...flows.map(({ on }) => on));
  const isOneDay = flows.every(({ on }) => on === zero);
  const period = isOneDay ? { unit: 'day' as const } : unitPeriodOf(advances, payments);
  const dayOfMonth = commonDayOfMonth(payments);
  return actuarialRate(
    flows.map(({ on, cash }) => ({
      cash,
      ...unitPeriodsBetween(period, zero, on, cash > 0n ? undefined : dayOfMonth),
    })),
    unitPeriodsPerYear(period),
    decimals,
  );
};
