import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { carry } from './carry';
import { measure } from './interest';
import { type InterestPeriod, interestPeriod, type Model } from './model';
import { furtherPeriods, periodOfDays } from './repayment-periods';
import { markInterestGrace } from './replan';
import type { Stretch } from './year-share';

/**
 * Moves the due date that a day belongs to: it is as it was agreed, and all later ones are counted from it. The period
 * that ends a plan of fixed length stays as long as it is. No installment is worked out anew: what the days bear more
 * or less is the last one's. Answers with the index of the first period moved, −1 where there is none.
 */
export const moveDueDate = (model: Model, from: Day, to: Day): number => {
  const first = model.periods.findIndex(({ due }) => due >= from);
  if (first < 0) return first;
  const moved = model.periods.slice(first);
  const all = moved.flatMap(({ parts }) => parts);
  // What happened on the very first day has an interest period of no days to itself.
  const firstDay = moved[0]?.from ?? from;
  const opening = all.filter((part) => part.from === firstDay && part.to === firstDay);
  const known = all.filter((part) => !opening.includes(part));
  const seams = new Set(moved.map(({ due }) => due));
  model.seed = { day: to, after: first + 1 };
  const later = laterPeriods(model, first, to);
  for (const [nth, period] of moved.entries()) {
    const isLast = nth === moved.length - 1;
    Object.assign(period, nth === 0 ? { from: firstDay, due: to } : later[nth - 1]);
    const parts = partsOf(model, period, known, seams, isLast);
    period.parts = nth === 0 ? [...opening, ...parts] : parts;
  }
  markInterestGrace(model);
  for (const period of moved) measure(model, period);
  carry(model);
  absorb(model, moved[0]?.due ?? from);
  return first;
};

/** The periods after one whose due date is moved. */
const laterPeriods = ({ terms, seed, periods, fixedEnd = -1 }: Model, first: number, to: Day): readonly Stretch[] => {
  const after = (known: number, last: Day, end: number): readonly Stretch[] =>
    furtherPeriods(terms, seed, { known, last, count: end - known });
  const fixed = periods[fixedEnd];
  if (fixed === undefined || fixedEnd <= first) return after(first + 1, to, periods.length);
  const before = after(first + 1, to, fixedEnd);
  const ending = periodOfDays(terms, before.at(-1)?.due ?? to, fixed.due - fixed.from);
  return [...before, ending, ...after(fixedEnd + 1, ending.due, periods.length)];
};

/** The interest periods of a stretch: what is known of its days, and nothing of those after them. */
const partsOf = (
  model: Model,
  { from, due }: Stretch,
  known: readonly InterestPeriod[],
  seams: ReadonlySet<Day>,
  isLast: boolean,
): InterestPeriod[] => {
  const cuts = cutsIn(model, known, seams).filter((day) => day > from && day < due);
  const ends = [...new Set([...cuts, due])].sort((one, other) => one - other);
  const parts = ends.map((end, index) => partOver(known, ends[index - 1] ?? from, end));
  const last = parts.at(-1);
  // What happened after the new end of the plan counts at its end.
  for (const { to, disbursed, correction } of known) {
    if (last === undefined || !isLast || to <= due) continue;
    last.disbursed += disbursed;
    last.correction += correction;
  }
  return parts;
};

/** Where the balance, the rate or a pause changes: not at what was a due date only. */
const cutsIn = ({ rates }: Model, known: readonly InterestPeriod[], seams: ReadonlySet<Day>): readonly Day[] =>
  known.flatMap((part, index) => {
    const next = known[index + 1];
    const changes =
      part.disbursed !== 0n ||
      part.correction !== 0n ||
      (next !== undefined && (next.creditedPrincipal !== 0n || next.creditedInterest !== 0n)) ||
      part.paused !== (next?.paused ?? false) ||
      rates.some(({ from }) => from === part.to);
    return changes || !seams.has(part.to) ? [part.to] : [];
  });

const partOver = (known: readonly InterestPeriod[], from: Day, to: Day): InterestPeriod => {
  const part = interestPeriod(
    from,
    to,
    known.some((one) => one.paused && one.from <= from && from < one.to),
  );
  for (const one of known) {
    if (one.to === to) {
      part.disbursed += one.disbursed;
      part.correction += one.correction;
    }
    if (one.from === from) {
      part.creditedPrincipal += one.creditedPrincipal;
      part.creditedInterest += one.creditedInterest;
    }
  }
  return part;
};
