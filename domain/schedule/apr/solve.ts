import { assert } from '../../kernel';
import { type AnnualRate, decimalText } from './annual-rate';
import { type CashFlow, type Timeline, timelineOf } from './cash-flows';
import { annualRateAt, type Equation, growthAt, worthAt } from './equation';
import { exactBalance } from './exact-balance';
import { type Root, rootsOf } from './roots';

/** The most decimals a rate is stated with, and four digits before them (see RateText in the kernel). */
const MOST_DECIMALS = 12;
const BEYOND_WRITING = 10_000n;

/**
 * How exactly exp and log1p of the machine are trusted: to 2⁻⁴⁶ of their value, some sixty times worse than any engine
 * does. The language leaves their precision open; what is nearer to a boundary than this allows goes to exact decimals.
 */
const TRUST = 2 ** -46;

/** Doublings of the distance in which the exact root is sought from where floating point saw it. */
const MOST_DOUBLINGS = 80;

/**
 * The annual rate at which advances and payments are worth the same, rounded half up to so many decimals (0 to 12).
 * Floating point finds it; that the rounding is right is then shown at the two rates half a unit away, in floating
 * point with an error bound where that decides it and in 64-digit decimals where not. Rates from −99 % up to
 * 999,999.9999 % are found.
 */
export const solve = (equation: Equation, given: readonly CashFlow[], decimals: number): AnnualRate => {
  assert(Number.isInteger(decimals) && decimals >= 0 && decimals <= MOST_DECIMALS, `a rate with ${decimals} decimals`);
  const timeline = timelineOf(given);
  const why = whatIsMissing(timeline);
  if (why !== undefined) return { kind: 'none', why };
  const problem: Problem = { equation, timeline, decimals };
  const units = [...new Set(rootsOf(equation, timeline).map((root) => rounded(problem, root)))].filter(
    (value) => value < BEYOND_WRITING * 10n ** BigInt(decimals),
  );
  const chosen = units.find((value) => value >= 0n) ?? units.at(-1);
  if (chosen === undefined) return { kind: 'none', why: 'no-rate' };
  const rate = decimalText(chosen, decimals);
  if (units.length === 1) return { kind: 'found', rate };
  return {
    kind: 'several',
    rate,
    chosen: chosen >= 0n ? 'lowest-not-below-zero' : 'highest-below-zero',
    all: units.map((value) => decimalText(value, decimals)),
  };
};

interface Problem {
  readonly equation: Equation;
  readonly timeline: Timeline;
  readonly decimals: number;
}

const whatIsMissing = ({ flows, turns }: Timeline): 'nothing-lent' | 'nothing-paid' | undefined => {
  if (turns > 0) return undefined;
  return (flows[0]?.cash ?? -1n) > 0n ? 'nothing-paid' : 'nothing-lent';
};

/** A root's rate in units of the last decimal. */
const rounded = (problem: Problem, root: Root): bigint => {
  const scale = 10 ** problem.decimals;
  const guess = BigInt(Math.round(annualRateAt(problem.equation, root.growth) * scale));
  const isAbove = (units: bigint): boolean => isRootAbove(problem, root, units);
  if (isAbove(guess)) return isAbove(guess + 1n) ? sought(isAbove, guess, 1n) : guess;
  return sought(isAbove, guess, -1n);
};

/**
 * The last unit that the root is not below, sought upwards or downwards from a guess: in steps that double, then by
 * halving. A pair of roots that share a unit shows no change on either side; the guess stands for both.
 */
const sought = (isAbove: (units: bigint) => boolean, guess: bigint, direction: 1n | -1n): bigint => {
  let step = 1n;
  let edge = guess;
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling += 1) {
    const next = edge + direction * step;
    if (isAbove(next) === direction < 0n) {
      let [below, above] = direction < 0n ? [next, edge] : [edge, next];
      while (above - below > 1n) {
        const middle = (below + above) / 2n;
        if (isAbove(middle)) below = middle;
        else above = middle;
      }
      return below;
    }
    edge = next;
    step *= 2n;
  }
  return guess;
};

/** True when the root is rounded to so many units or more: it lies above half a unit less, or (half up) on it. */
const isRootAbove = (problem: Problem, { rising }: Root, units: bigint): boolean => {
  const balance = balanceAt(problem, units * 10n - 5n);
  // Halves are rounded away from zero: of −0.5, up is down.
  if (balance === 0) return units > 0n;
  return rising === balance < 0;
};

/** Which side weighs more at so many tenths of a unit; see `exactBalance`. Below −100 % a period, as just above it. */
const balanceAt = ({ equation, timeline, decimals }: Problem, tenths: bigint): -1 | 0 | 1 => {
  const growth = growthAt(equation, Number(tenths) / 10 ** (decimals + 1));
  if (Number.isFinite(growth)) {
    const { lent, paid } = worthAt(equation, timeline, growth);
    const last = timeline.whole.length - 1;
    const periods = (timeline.whole[last] ?? 0) + 1;
    const doubt = TRUST * (timeline.whole.length + 8 + periods * (1 + Math.abs(growth))) * (lent + paid);
    if (Math.abs(lent - paid) > doubt) return lent > paid ? 1 : -1;
  }
  const last = timeline.cash.at(-1) ?? 0;
  return exactBalance(equation, timeline.flows, tenths, decimals + 1) ?? (last > 0 ? 1 : -1);
};
