import type { Day } from '../../calendar';
import type { AccountInstallment, PortionAmounts } from '../replay';
import { smaller } from './amounts';

export type Portion = keyof PortionAmounts;
export const PORTIONS: readonly Portion[] = ['penalty', 'fee', 'interest', 'principal'];

/** Amounts per portion that are worked on inside a replay. */
export type Portions = { [portion in Portion]: bigint };

/** A charge as it falls on one installment. */
export interface RowCharge {
  /** The fact that made it, or the name in the terms. */
  readonly id: string;
  readonly portion: 'fee' | 'penalty';
  readonly dueOn: Day;
  readonly amount: bigint;
  /** What it is a share of; none for a flat amount. */
  readonly of: bigint | undefined;
  waived: bigint;
}

/** An installment while a plan is made and paid: the only mutable thing, and never seen outside. */
export interface Row {
  readonly kind: AccountInstallment['kind'];
  readonly from: Day;
  due: Day;
  readonly owed: Portions;
  readonly paid: Portions;
  readonly waived: Portions;
  readonly writtenOff: Portions;
  readonly charges: RowCharge[];
  paidInAdvance: bigint;
  paidLate: bigint;
  metOn: Day | undefined;
  /** Of interest alone: the plan was over, and something was late. */
  isAfterTheEnd: boolean;
}

export const noPortions = (): Portions => ({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n });

export const rowOf = (kind: Row['kind'], from: Day, due: Day, principal: bigint, interest: bigint): Row => ({
  kind,
  from,
  due,
  owed: { principal, interest, fee: 0n, penalty: 0n },
  paid: noPortions(),
  waived: noPortions(),
  writtenOff: noPortions(),
  charges: [],
  paidInAdvance: 0n,
  paidLate: 0n,
  metOn: undefined,
  isAfterTheEnd: false,
});

const NOTHING: Portions = Object.freeze(noPortions());
const NO_CHARGES: RowCharge[] = Object.freeze([] as RowCharge[]) as RowCharge[];

/** An installment of a plan that nothing is paid on: it cannot be written to, and so is cheap to make. */
export const unpaidRowOf: typeof rowOf = (kind, from, due, principal, interest) => ({
  kind,
  from,
  due,
  owed: { principal, interest, fee: 0n, penalty: 0n },
  paid: NOTHING,
  waived: NOTHING,
  writtenOff: NOTHING,
  charges: NO_CHARGES,
  paidInAdvance: 0n,
  paidLate: 0n,
  metOn: undefined,
  isAfterTheEnd: false,
});

/** What of a portion is left to pay. */
export const left = (row: Row, portion: Portion): bigint =>
  row.owed[portion] - row.paid[portion] - row.waived[portion] - row.writtenOff[portion];

export const leftOfAll = (row: Row): bigint =>
  left(row, 'principal') + left(row, 'interest') + left(row, 'fee') + left(row, 'penalty');

export const sumOf = (amounts: Readonly<Portions>): bigint =>
  amounts.principal + amounts.interest + amounts.fee + amounts.penalty;

/** Pays as much of a portion as is left and there is money for; what was paid. */
export const pay = (row: Row, portion: Portion, on: Day, most: bigint): bigint => {
  const amount = smaller(left(row, portion), most);
  if (amount <= 0n) return 0n;
  row.paid[portion] += amount;
  if (on < row.due) row.paidInAdvance += amount;
  if (on > row.due) row.paidLate += amount;
  settle(row, on);
  return amount;
};

/** Notes the day on which nothing was left, or that something is again. */
export const settle = (row: Row, on: Day): void => {
  if (leftOfAll(row) > 0n) row.metOn = undefined;
  else row.metOn ??= on;
};

/** The same plan, not paid yet and without its charges. */
export const renewed = (rows: readonly Row[]): Row[] =>
  rows.map(({ due, from, isAfterTheEnd, kind, owed }) => {
    const row = rowOf(kind, from, due, owed.principal, owed.interest);
    row.isAfterTheEnd = isAfterTheEnd;
    return row;
  });
