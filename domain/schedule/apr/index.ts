export type { AnnualRate } from './annual-rate';
export type { CashFlow } from './cash-flows';
export { unitPeriodOf } from './common-period';
export type { DatedFlow } from './dated-flow';
export { effectiveRate, europeanRate, TIME_BASES, type YearsFlow, yearsBetween } from './european';
export { compoundIrr, type PeriodFlow, simpleIrr } from './irr';
export { commonDayOfMonth } from './months-back';
export { actuarialRate, regulationZ } from './regulation-z';
export { type UnitPeriod, unitPeriodsBetween } from './unit-period';
