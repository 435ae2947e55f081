import type { Day } from '../../../calendar';
import { carry } from './carry';
import { measurePart } from './interest';
import { type InterestPeriod, interestPeriod, type Model, type Pause, periodOn, type RepaymentPeriod } from './model';

/** What changes the balance at the end of a day. */
interface Change {
  readonly disbursed?: bigint;
  readonly correction?: bigint;
}

/** Changes the balance on a day; answers with the index of its period, −1 when the day lies in none. */
export const changeBalance = (model: Model, on: Day, { disbursed = 0n, correction = 0n }: Change): number => {
  const index = periodOn(model, on);
  const period = model.periods[index];
  if (period === undefined) return -1;
  const part = partEndingOn(model, period, on);
  part.disbursed += disbursed;
  part.correction += correction;
  return index;
};

/** The interest period that ends on a day; where there is none, the one that runs over it is cut. */
const partEndingOn = (model: Model, period: RepaymentPeriod, on: Day): InterestPeriod => {
  const { parts } = period;
  const last = parts.at(-1);
  if (last === undefined) throw new RangeError('a repayment period has an interest period');
  if (on === period.due && period === model.periods.at(-1)) return partAtMaturity(model, period, last, on);
  const ending = parts.find(({ to }) => to === on);
  if (ending !== undefined) return ending;
  const index = Math.max(
    0,
    parts.findLastIndex(({ from, to }) => from < on && on <= to),
  );
  const part = parts[index] ?? last;
  return cut(model, period, part, Math.min(Math.max(on, part.from), part.to));
};

/** What happens on the last due date has an interest period of no days to itself. */
const partAtMaturity = (model: Model, period: RepaymentPeriod, last: InterestPeriod, on: Day): InterestPeriod =>
  last.from === last.to && period.parts.length > 1 ? last : cut(model, period, last, on);

/** Cuts an interest period in two; what happens at its end stays there. */
const cut = (model: Model, period: RepaymentPeriod, part: InterestPeriod, on: Day): InterestPeriod => {
  const rest = interestPeriod(on, part.to, part.paused);
  rest.disbursed = part.disbursed;
  rest.correction = part.correction;
  part.disbursed = 0n;
  part.correction = 0n;
  part.to = on;
  measurePart(model, period, part);
  measurePart(model, period, rest);
  period.parts.splice(period.parts.indexOf(part) + 1, 0, rest);
  return part;
};

/** The interest period that begins on a day, once something happened on it. */
export const partStartingOn = (model: Model, on: Day): InterestPeriod | undefined => {
  const last = model.periods.at(-1);
  const period = model.periods.find(
    (candidate) => candidate.from <= on && (on < candidate.due || (candidate === last && on === candidate.due)),
  );
  return period?.parts.findLast(({ from }) => from === on);
};

/** Lets days bear no interest. Answers with the index of the first period touched. */
export const pauseInterest = (model: Model, pause: Pause): number => {
  model.pauses = [...model.pauses, pause];
  return pauseFrom(model, pause, 0);
};

/** A plan that was replaced from a period on keeps its pauses. Answers with the index of the first period touched. */
export const keepPauses = (model: Model, replaced: number): number => {
  const touched = model.pauses.map((pause) => pauseFrom(model, pause, replaced)).filter((index) => index >= 0);
  return touched.length === 0 ? -1 : Math.min(...touched);
};

const pauseFrom = (model: Model, { from, through }: Pause, start: number): number => {
  const isTouched = (period: RepaymentPeriod, index: number): boolean =>
    index >= start && period.from < through && period.due >= from;
  const first = model.periods.findIndex(isTouched);
  if (first < 0) return first;
  for (const period of model.periods.filter(isTouched)) {
    pauseIn(model, period, Math.max(from - 1, period.from), Math.min(through, period.due));
  }
  carry(model, first);
  return first;
};

const pauseIn = (model: Model, period: RepaymentPeriod, start: Day, end: Day): void => {
  if (!period.parts.some(({ from }) => from === start)) partEndingOn(model, period, start);
  if (!period.parts.some(({ to }) => to === end)) partEndingOn(model, period, end);
  for (const part of period.parts) if (part.from >= start && part.to <= end) part.paused = true;
};
