import type { Day } from '../../calendar';
import { balanceAt, interestOver, type NotedRun, noteBetween, type Step } from './bearing';
import type { NotedInterest } from './plan-notes';
import type { Span } from './rate';
import { left, type Row } from './row';
import type { Current, Walk } from './walk';

interface Interest {
  /** What the installment asks for. */
  readonly asked: bigint;
  /** What the period itself has borne, which the equal installment makes room for. */
  readonly borne: bigint;
}

/** The interest of a period up to a day. What is put off, or finds no room, is noted. */
export const interestOf = (walk: Walk, current: Current, to: Day): Interest => {
  if (walk.flat !== undefined) return flatOf(walk);
  if (walk.number <= walk.story.terms.grace.interestFree) {
    noteInterest(walk, { kind: 'free' });
    return { asked: 0n, borne: 0n };
  }
  const runs: NotedRun[] | undefined = walk.story.notes && [];
  const own = ownInterest(walk, current, to, runs);
  if (walk.interestGrace.has(walk.number) && !current.isLast) {
    walk.putOff += own;
    if (runs !== undefined) noteDays(walk, runs, { putOff: 0n, carriedIn: 0n, room: undefined, isPutOff: true });
    return { asked: 0n, borne: own };
  }
  const putOff = walk.putOff;
  const borne = own + walk.excess;
  const room = roomFor(walk, current, borne);
  if (runs !== undefined) noteDays(walk, runs, { putOff, carriedIn: walk.excess, room, isPutOff: false });
  walk.putOff = 0n;
  walk.excess = borne - room;
  return { asked: putOff + room, borne: room };
};

/** Interest above the equal installment waits for the next one; it never becomes principal. */
const roomFor = (walk: Walk, current: Current, borne: bigint): bigint => {
  const { kind } = walk.story.terms.amortization;
  const isEqual = walk.isFixed || kind === 'equal-installments' || kind === 'balloon-amount';
  if (current.isLast || !isEqual || walk.principalGrace.has(walk.number)) return borne;
  return borne > walk.installment ? walk.installment : borne;
};

const noteInterest = ({ story: { notes } }: Walk, interest: NotedInterest): void => {
  if (notes !== undefined) notes.current.interest = interest;
};

type NotedDays = Extract<NotedInterest, { kind: 'days' }>;

const noteDays = (walk: Walk, runs: readonly NotedRun[], days: Omit<NotedDays, 'kind' | 'runs'>): void =>
  noteInterest(walk, { kind: 'days', runs, ...days });

/** What the balance bears from one day to another, of the days of a period. */
const interestOn = (walk: Walk, period: Span, from: Day, to: Day, runs?: NotedRun[]): bigint => {
  const late = lateSteps(walk);
  const coming = walk.balance.ahead;
  let opening = balanceAt(walk.balance, from);
  for (const { day, delta } of late) if (day <= from) opening += delta;
  if (runs !== undefined) noteBetween(runs, [...coming, ...late], from, opening);
  const steps = late.length === 0 ? walk.balance.ahead : [...walk.balance.ahead, ...late];
  const charging = { period, rateOn: walk.rateOn, rules: walk.interest, runs };
  return interestOver(opening, steps, from, to, charging);
};

const ownInterest = (walk: Walk, { from, ends }: Pick<Current, 'from' | 'ends'>, to: Day, runs?: NotedRun[]): bigint =>
  interestOn(walk, { from, due: ends }, from, to, runs);

/** The interest of a flat loan's period: its part of what was worked out for all of them. */
const flatOf = (walk: Walk): Interest => {
  const { flat, number, story } = walk;
  if (flat === undefined) return { asked: 0n, borne: 0n };
  const isFree = number <= story.terms.grace.interestFree;
  const isPutOff = walk.interestGrace.has(number);
  const isAveraged = story.terms.amortization.kind !== 'equal-principal';
  let asked = isFree || isPutOff ? 0n : flat.each;
  if (isPutOff && !isFree && !isAveraged) walk.putOff += flat.each;
  if (asked > 0n) {
    asked += walk.putOff;
    walk.putOff = 0n;
  }
  const remaining = flat.total - flat.asked;
  const isLast = number >= walk.last;
  const each = isFree || isPutOff ? 0n : flat.each;
  const from = story.notes?.flat;
  noteInterest(walk, { kind: 'flat', each, putOff: asked - each, total: flat.total, asked: flat.asked, isLast, from });
  if (isLast || asked > remaining) asked = remaining;
  flat.asked += asked;
  return { asked, borne: asked };
};

/** What the balance bears from one day to another once the plan is over, in the period that would come next. */
export const interestBetween = (walk: Walk, from: Day, to: Day, runs?: NotedRun[]): bigint => {
  const { dates, number } = walk;
  const period = { from: number > 1 ? dates.due(number - 1) : dates.start, due: dates.due(number) };
  return interestOn(walk, period, from, to, runs);
};

/** What a period would ask for if it ended on a day; nothing is noted. */
export const interestUntil = (walk: Walk, current: Current, to: Day): bigint => {
  const { flat } = walk;
  if (flat === undefined) {
    const isFree = walk.number <= walk.story.terms.grace.interestFree;
    return walk.putOff + walk.excess + (isFree ? 0n : ownInterest(walk, current, to));
  }
  const remaining = flat.total - flat.asked;
  return walk.number >= walk.last || flat.each > remaining ? remaining : flat.each;
};

/** What is overdue and bears interest does until it is paid; what is not paid yet counts as paid today. */
const lateSteps = (walk: Walk): readonly Step[] => {
  if (walk.late.size === 0) return [];
  const today = walk.rest(walk.story.today);
  const steps: Step[] = [];
  for (const row of walk.rows) {
    const since = walk.rest(row.due);
    const open = lateIn(walk, row);
    if (open > 0n && since < walk.story.today) {
      steps.push({ day: since, delta: open, isLate: true }, { day: today, delta: -open, isLate: true });
    }
  }
  return steps;
};

/** What bears interest of an installment once it is overdue. */
export const lateIn = ({ late }: Walk, row: Row): bigint => {
  let open = 0n;
  for (const portion of late) open += left(row, portion);
  return open;
};
