import { assert } from '../../kernel';
import { type Fraction, quotientOf } from './fraction';

/** Money that changes hands so many whole periods and a part of one after time zero. */
export interface CashFlow {
  /** Minor units; above zero for what the borrower gets (an advance), below zero for what the borrower pays. */
  readonly cash: bigint;
  /** Whole periods since time zero: a whole number, not below zero. */
  readonly whole: number;
  /** The part of a period on top. */
  readonly part: Fraction;
}

/**
 * Cash flows in order of time, one for each moment and none of nothing: as exact numbers for the last word, and as
 * floating-point columns for speed. Time zero is moved to the first flow's whole period, which changes no solution.
 */
export interface Timeline {
  readonly flows: readonly CashFlow[];
  readonly cash: Float64Array;
  readonly whole: Float64Array;
  readonly part: Float64Array;
  /** Periods since the flow before, its part counted; and whole periods alone. Of the first, since time zero. */
  readonly gap: Float64Array;
  readonly wholeGap: Float64Array;
  /** True when some flow has a part of a period. */
  readonly hasParts: boolean;
  /** How often the money changes direction: once for a loan that is lent first and then paid back. */
  readonly turns: number;
}

/** A part may be a whole period (30/30), so that both count. */
const compareTimes = (a: CashFlow, b: CashFlow): number => {
  const { numerator, denominator } = b.part;
  const parts = a.part.numerator * denominator - numerator * a.part.denominator;
  return (a.whole - b.whole) * a.part.denominator * denominator + parts;
};

/** Flows of the same moment are one flow. */
const netted = (sorted: readonly CashFlow[]): readonly CashFlow[] => {
  const flows: CashFlow[] = [];
  for (const flow of sorted) {
    const before = flows.at(-1);
    if (before !== undefined && compareTimes(before, flow) === 0) {
      flows[flows.length - 1] = { ...before, cash: before.cash + flow.cash };
    } else flows.push(flow);
  }
  return flows.filter(({ cash }) => cash !== 0n);
};

/** True when nothing has to be sorted, netted or left out. */
const isInOrder = (flows: readonly CashFlow[]): boolean => {
  for (let index = 0; index < flows.length; index += 1) {
    const [before, flow] = [flows[index - 1], flows[index]];
    if (flow === undefined || flow.cash === 0n) return false;
    if (before !== undefined && compareTimes(before, flow) >= 0) return false;
  }
  return true;
};

export const timelineOf = (given: readonly CashFlow[]): Timeline => {
  for (const { whole, part } of given) {
    assert(Number.isInteger(whole) && whole >= 0 && part.numerator >= 0 && part.denominator > 0, 'a time after zero');
  }
  const flows = isInOrder(given) ? given : netted(given.toSorted(compareTimes));
  const zero = flows[0]?.whole ?? 0;
  const count = flows.length;
  const columns = {
    cash: new Float64Array(count),
    whole: new Float64Array(count),
    part: new Float64Array(count),
    gap: new Float64Array(count),
    wholeGap: new Float64Array(count),
  };
  let turns = 0;
  let hasParts = false;
  let before: CashFlow | undefined;
  for (const [index, flow] of flows.entries()) {
    const { cash, whole, part } = flow;
    columns.cash[index] = Number(cash);
    columns.whole[index] = whole - zero;
    columns.part[index] = quotientOf(part);
    columns.wholeGap[index] = whole - (before?.whole ?? zero);
    columns.gap[index] = gapBetween(before, flow, zero);
    hasParts ||= part.numerator !== 0;
    if (before !== undefined && before.cash > 0n !== cash > 0n) turns += 1;
    before = flow;
  }
  return { flows, ...columns, hasParts, turns };
};

/** Equal gaps shall come out as the same number, so that what they discount by is computed once. */
const gapBetween = (before: CashFlow | undefined, { whole, part }: CashFlow, zero: number): number => {
  if (before === undefined) return whole - zero + quotientOf(part);
  const { numerator, denominator } = before.part;
  return denominator === part.denominator
    ? ((whole - before.whole) * denominator + part.numerator - numerator) / denominator
    : whole - before.whole + (quotientOf(part) - numerator / denominator);
};
