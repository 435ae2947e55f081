import { assert } from '../../kernel';
import type { AnnualRate } from './annual-rate';
import type { CashFlow } from './cash-flows';
import { NO_PART } from './fraction';
import { solve } from './solve';

/** Money that changes hands so many whole periods after time zero. */
export interface PeriodFlow {
  /** Minor units; above zero for what the borrower gets, below zero for what the borrower pays. */
  readonly cash: bigint;
  readonly whole: number;
}

const perYearOf = (periods: number): { readonly numerator: number; readonly denominator: number } => {
  assert(Number.isInteger(periods) && periods > 0, `${periods} periods in a year`);
  return { numerator: periods, denominator: 1 };
};

const onWholePeriods = (flows: readonly PeriodFlow[]): readonly CashFlow[] =>
  flows.map(({ cash, whole }) => ({ cash, whole, part: NO_PART }));

/** Annualised by the simple method of PBoC announcement [2021] No. 3: the periodic IRR × periods per year. */
export const simpleIrr = (flows: readonly PeriodFlow[], periodsPerYear: number, decimals: number): AnnualRate =>
  solve({ kind: 'actuarial', perYear: perYearOf(periodsPerYear) }, onWholePeriods(flows), decimals);

/** Annualised by the compound method of PBoC announcement [2021] No. 3: (1 + periodic IRR)^periods − 1. */
export const compoundIrr = (flows: readonly PeriodFlow[], periodsPerYear: number, decimals: number): AnnualRate =>
  solve({ kind: 'effective', perYear: perYearOf(periodsPerYear) }, onWholePeriods(flows), decimals);
