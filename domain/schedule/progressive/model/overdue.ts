import type { Day } from '../../../calendar';
import { absorb } from './absorb';
import { changeBalance } from './balance-change';
import { carry, carryInto } from './carry';
import { type Model, owedPrincipal, periodOn, type RepaymentPeriod } from './model';

/**
 * Lets overdue principal bear interest up to a day: it counts as part of the balance from its due date on, and as if it
 * were paid on that day. Nothing bears interest after the last due date. Simple interest: overdue interest bears none.
 * With `tillDueDate` it bears interest to the end of the running period.
 * @returns whether anything changed
 */
export const bearOverdue = (model: Model, through: Day, tillDueDate = false): boolean => {
  const last = model.periods.at(-1);
  if (last === undefined) return false;
  const day = Math.min(through, last.due);
  if (model.overdueThrough !== undefined && model.overdueThrough >= day) return false;
  const { first, overdue, sum } = bearInOverduePeriods(model, day);
  if (sum === 0n) return false;
  const borne = model.periods.filter(({ due }) => due < day).map(owedPrincipal);
  const found = periodOn(model, day);
  const current = found < 0 ? model.periods.length - 1 : found;
  const touched = bearFrom(model, current, overdue);
  const end = tillDueDate ? (model.periods[current]?.due ?? day) : day;
  correct(model, end, -sum);
  const since = model.overdueThrough ?? Number.NEGATIVE_INFINITY;
  model.overdueThrough = end;
  // Flat interest follows no balance: what is the same before a period says nothing of the period.
  const changed = model.terms.interest.method === 'flat' ? model.periods.length : current;
  carry(model, Math.max(0, Math.min((first < 0 ? current : first) - 1, touched)), changed);
  // Installments that ask for nothing are met on this day too.
  model.changedTo = model.periods.length - 1;
  absorb(model, end);
  bearAbsorbed(model, borne, since, end);
  return true;
};

/** What an overdue installment takes of the plan's end, as later ones are paid up, is overdue since it was due, too. */
const bearAbsorbed = (model: Model, borne: bigint[], since: Day, end: Day): void => {
  const owedNow = (index: number): bigint => {
    const period = model.periods[index];
    return period === undefined ? 0n : owedPrincipal(period);
  };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const index = borne.findIndex((owed, nth) => owed !== owedNow(nth));
    const next = model.periods[index + 1];
    if (index < 0 || next === undefined) return;
    const more = owedNow(index) - (borne[index] ?? 0n);
    borne[index] = owedNow(index);
    correct(model, Math.max(since, next.from), more);
    correct(model, end, -more);
    carry(model, index);
    absorb(model, end);
  }
};

/** Interest on interest there is none: a round changes cents of the next. */
const MOST_ROUNDS = 8;

interface Overdue {
  /** The first period that bears interest on what was overdue before it. */
  readonly first: number;
  /** Of the last overdue installment. */
  readonly overdue: bigint;
  readonly sum: bigint;
}

const bearInOverduePeriods = (model: Model, day: Day): Overdue => {
  let [overdue, sum, first] = [0n, 0n, -1];
  for (let index = 0; index < model.periods.length; index += 1) {
    const period = model.periods[index];
    // Periods lie in the order of their due dates.
    if (period === undefined || day <= period.due) break;
    if (period.holdsEarly) continue;
    if (overdue !== 0n && first < 0) first = index;
    const touched = bearFrom(model, index, overdue);
    // An installment of no days may lie between.
    for (let between = touched; between < index - 1; between += 1) carryInto(model, between);
    if (first >= 0) carryInto(model, index);
    overdue = overdueIn(period);
    sum += overdue;
  }
  return { first, overdue, sum };
};

const overdueIn = (period: RepaymentPeriod): bigint => (period.mayOwePrincipal ? owedPrincipal(period) : 0n);

/**
 * Overdue principal bears interest in a period: from its first day, or from where it has borne some already.
 * @returns the period that was touched, the one itself where none was
 */
const bearFrom = (model: Model, index: number, amount: bigint): number => {
  const from = model.periods[index]?.from;
  if (from === undefined || amount === 0n) return index;
  const { overdueThrough } = model;
  return correct(model, overdueThrough === undefined || from > overdueThrough ? from : overdueThrough, amount);
};

const correct = (model: Model, on: Day, amount: bigint): number => {
  const index = changeBalance(model, on, { correction: amount });
  const period = model.periods[index];
  if (period !== undefined) model.overdueCorrections.push({ on, amount, due: period.due });
  return index;
};
