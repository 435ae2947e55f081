import type { Timeline } from './cash-flows';
import { type Equation, growthAt, type Worth, worthAt } from './equation';

/** Where rates are sought, per year. What is dearer is beyond every cap; what is cheaper is no loan. */
const LOWEST_RATE = -0.99;
const HIGHEST_RATE = 10_000;

/** A step this small squares to nothing: the next one would not move the result. */
const LAST_STEP = 1e-8;
const MOST_STEPS = 200;

/** Intervals looked at in search of several roots, and the width at which two roots count as one. */
const MOST_INTERVALS = 20_000;
const NARROWEST = 1e-10;

/**
 * A rate per period that solves the equation, as logarithmic growth in floating point. `rising`: with a higher rate
 * the advances come to weigh more than the payments, as in every ordinary loan.
 */
export interface Root {
  readonly growth: number;
  readonly rising: boolean;
}

const balanceOf = ({ lent, paid }: Worth): number => lent - paid;

/**
 * All roots in the range, from the lowest. Where the money turns once there is one at the most (Descartes' rule, which
 * holds for parts of periods too: of two moments, the later is discounted by more, and the more so the higher the
 * rate). Where it turns more often, the range is searched in whole, by intervals.
 */
export const rootsOf = (equation: Equation, timeline: Timeline): readonly Root[] => {
  const range: Range = [growthAt(equation, LOWEST_RATE), growthAt(equation, HIGHEST_RATE)];
  if (timeline.turns === 1) {
    const root = newton(equation, timeline, range);
    return root === undefined ? [] : [root];
  }
  return isolated(equation, timeline, range).map((interval) => bisected(equation, timeline, interval));
};

type Range = readonly [low: number, high: number];

/**
 * Newton's method on ln(paid/lent), which is nearly a straight line in the logarithm of growth: the first step, from
 * no growth at all, already is the rate of the average payment over the average time. A step that leaves what is known
 * to hold the root is replaced by halving it, so that the method cannot run away.
 */
const newton = (equation: Equation, timeline: Timeline, [lowest, highest]: Range): Root | undefined => {
  const rising = (timeline.cash[0] ?? 0) > 0;
  let [low, high] = [lowest, highest];
  let growth = 0;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { lent, paid, lentSlope, paidSlope } = worthAt(equation, timeline, growth);
    if (lent === paid) return { growth, rising };
    if (lent < paid === rising) low = growth;
    else high = growth;
    const slope = (paidSlope / paid - lentSlope / lent) * Math.exp(growth);
    const next = growth + Math.log(paid / lent) / slope;
    const inside = next > low && next < high;
    const moved = inside ? next : (low + high) / 2;
    if (Math.abs(moved - growth) <= LAST_STEP * (inside ? 1 : 1e-7)) {
      const atEdge = moved - lowest < 1e-12 || highest - moved < 1e-12;
      return atEdge ? undefined : { growth: moved, rising };
    }
    growth = moved;
  }
  return undefined;
};

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly atLow: Worth;
  readonly atHigh: Worth;
}

/**
 * Intervals with one root each, by halving the range: each side's worth and slope fall with the rate, so their values
 * at the ends bound them in between. An interval is dropped when the balance cannot be zero in it, and kept when the
 * balance only rises or only falls in it and changes sign.
 */
const isolated = (equation: Equation, timeline: Timeline, [lowest, highest]: Range): readonly Interval[] => {
  const at = (growth: number): Worth => worthAt(equation, timeline, growth);
  const found: Interval[] = [];
  const open: Interval[] = [{ low: lowest, high: highest, atLow: at(lowest), atHigh: at(highest) }];
  for (let looked = 0; looked < MOST_INTERVALS; looked += 1) {
    const interval = open.pop();
    if (interval === undefined) break;
    const { low, high, atLow, atHigh } = interval;
    if (cannotBeZero(interval)) continue;
    const changesSign = balanceOf(atLow) >= 0 !== balanceOf(atHigh) >= 0;
    if (isMonotone(interval) || high - low < NARROWEST) {
      if (changesSign) found.push(interval);
      continue;
    }
    const middle = (low + high) / 2;
    const atMiddle = at(middle);
    open.push({ low: middle, high, atLow: atMiddle, atHigh }, { low, high: middle, atLow, atHigh: atMiddle });
  }
  return found.toSorted((a, b) => a.low - b.low);
};

const cannotBeZero = ({ low, high, atLow, atHigh }: Interval): boolean => {
  if (atHigh.lent - atLow.paid > 0 || atLow.lent - atHigh.paid < 0) return true;
  // From both ends: the balance moves by no more than the steepest slope allows.
  const width = Math.expm1(high) - Math.expm1(low);
  const steepest = Math.max(Math.abs(atLow.paidSlope - atHigh.lentSlope), Math.abs(atHigh.paidSlope - atLow.lentSlope));
  const [first, last] = [balanceOf(atLow), balanceOf(atHigh)];
  return first > 0 === last > 0 && Math.abs(first) + Math.abs(last) > steepest * width;
};

const isMonotone = ({ atLow, atHigh }: Interval): boolean =>
  atHigh.paidSlope - atLow.lentSlope > 0 || atLow.paidSlope - atHigh.lentSlope < 0;

/** The root in an interval over which the balance changes sign, to the last bit by halving. */
const bisected = (equation: Equation, timeline: Timeline, { low, high, atLow }: Interval): Root => {
  const rising = balanceOf(atLow) < 0;
  let [left, right] = [low, high];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const middle = (left + right) / 2;
    if (middle <= left || middle >= right) break;
    if (balanceOf(worthAt(equation, timeline, middle)) < 0 === rising) left = middle;
    else right = middle;
  }
  return { growth: (left + right) / 2, rising };
};
