import { minorDigits } from '../../../kernel';
import { absorb } from './absorb';
import { carry } from './carry';
import { evenly } from './installment-amount';
import { copyOf, isPaidUp, type Model, paidIn, type RepaymentPeriod } from './model';
import { installmentOf } from './money-rules';
import type { PlanNote } from './plan-note';

/** Rounds of smoothing at most. */
const ROUNDS = 3;

/** How far the last open installment is from the one before it. */
interface Gap {
  readonly installment: bigint;
  readonly difference: bigint;
}

/**
 * Spreads what the last installment differs by over all, when it is more than half a minor unit for each: the
 * installment is moved by an even share, and the move is kept if it made the difference smaller. At most three rounds.
 */
export const smooth = (model: Model, periods: readonly RepaymentPeriod[]): void => {
  const [first] = periods;
  if (!model.money.smoothing || first === undefined) return;
  let trial: Model | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const gap = gapOf(periods);
    const moved = gap && movedInstallment(model, periods, gap);
    if (gap === undefined || moved === undefined) return;
    trial ??= copyOf(model);
    const tried = trial.periods.filter(({ from, due }) => from >= first.from && due >= first.due);
    moveTo(tried, moved);
    carry(trial);
    absorb(trial, first.due);
    const left = gapOf(trial.periods);
    if (left === undefined || absolute(left.difference) >= absolute(gap.difference)) return;
    adopt(periods, tried);
    carry(model);
    if (model.notes !== undefined) noteSmoothing(model.notes, periods, gap, moved);
  }
};

/** The installment moved by an even share of the difference; undefined where that is not worth it or moves nothing. */
const movedInstallment = (model: Model, periods: readonly RepaymentPeriod[], gap: Gap): bigint | undefined => {
  if (!isWorthwhile(model, periods, gap)) return undefined;
  const share = evenly(model.money, absolute(gap.difference), countable(periods, gap.installment));
  const moved = installmentOf(model.money, gap.difference < 0n ? gap.installment - share : gap.installment + share);
  return moved === gap.installment ? undefined : moved;
};

const moveTo = (periods: readonly RepaymentPeriod[], emi: bigint): void => {
  for (const period of periods) {
    if (emi < paidIn(period) || period.holdsEarly || period.principalGrace) continue;
    period.emi = emi;
    period.plannedEmi = emi;
  }
};

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

const gapOf = (periods: readonly RepaymentPeriod[]): Gap | undefined => {
  for (let index = periods.length - 1; index > 0; index -= 1) {
    const [before, last] = [periods[index - 1], periods[index]];
    if (before === undefined || last === undefined) return undefined;
    if (before.principalGrace || last.principalGrace) continue;
    if (!isPaidUp(before) && !isPaidUp(last)) {
      return { installment: before.emi, difference: last.emi - before.emi };
    }
  }
  return undefined;
};

/** More than half a hundredth of the currency for each installment. */
const isWorthwhile = (model: Model, periods: readonly RepaymentPeriod[], { difference }: Gap): boolean => {
  const open = periods.filter(({ principalGrace }) => !principalGrace).length;
  const half = BigInt(Math.floor(open / 2));
  const perUnit = 10n ** BigInt(minorDigits(model.terms.currency));
  return half > 0n && difference !== 0n && absolute(difference) * 100n > half * perUnit;
};

const countable = (periods: readonly RepaymentPeriod[], installment: bigint): number =>
  Math.max(1, periods.filter((period) => !period.principalGrace && installment >= paidIn(period)).length);

const noteSmoothing = (
  notes: PlanNote[],
  periods: readonly RepaymentPeriod[],
  { installment, difference }: Gap,
  to: bigint,
): void => {
  const dues = periods.filter(({ plannedEmi }) => plannedEmi === to).map(({ due }) => due);
  notes.push({ kind: 'smoothed', dues, difference, count: countable(periods, installment), from: installment, to });
};

const adopt = (periods: readonly RepaymentPeriod[], tried: readonly RepaymentPeriod[]): void => {
  const from = tried.filter(({ holdsEarly, principalGrace }) => !holdsEarly && !principalGrace).values();
  for (const period of periods) {
    if (period.principalGrace) continue;
    const { value } = from.next();
    if (value === undefined) return;
    period.emi = value.emi;
    period.plannedEmi = value.emi;
  }
};
