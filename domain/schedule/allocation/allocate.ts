import type { Day } from '../../calendar';
import type { AllocationBucket } from '../loan-terms';
import type { Allocation, DueState, Portion } from './order';

/** Dues that money is divided over: a loan's installments in the order of their numbers. */
export interface Dues<Due> {
  readonly all: () => readonly Due[];
  readonly dueOn: (due: Due) => Day;
  /** Something of it is left to pay. */
  readonly isOpen: (due: Due) => boolean;
  /** It may be the last that takes money in advance, though nothing of it is left to pay just now. */
  readonly takesInAdvance: (due: Due) => boolean;
  readonly owed: (due: Due, portion: Portion) => bigint;
  /** Pays up to an amount of a portion; answers with what it took. */
  readonly pay: (due: Due, portion: Portion, amount: bigint, state: DueState) => bigint;
}

/** An amount in equal parts, rounded as the loan rounds. */
export type Evenly = (amount: bigint, count: number) => bigint;

/**
 * Divides money over dues in the order of the rules; answers with what was left over. Horizontal: due by due, in each
 * the portions in order. Vertical: portion by portion over all dues of a due state.
 */
export const allocate = <Due>(
  amount: bigint,
  on: Day,
  allocation: Allocation,
  dues: Dues<Due>,
  evenly: Evenly,
): bigint => {
  const money: Money<Due> = { left: amount, on, allocation, dues, evenly };
  if (allocation.processing === 'vertical') for (const bucket of allocation.order) payVertically(money, bucket);
  else for (const buckets of byState(allocation.order)) payHorizontally(money, buckets);
  return money.left;
};

interface Money<Due> {
  left: bigint;
  readonly on: Day;
  readonly allocation: Allocation;
  readonly dues: Dues<Due>;
  readonly evenly: Evenly;
}

type Buckets = readonly AllocationBucket[];

/** Orders are part of terms, which never change: thousands of payments of a loan go by the same one. */
const ordersByState = new WeakMap<Buckets, readonly Buckets[]>();

const byState = (order: Buckets): readonly Buckets[] => {
  const known = ordersByState.get(order);
  if (known !== undefined) return known;
  const groups = groupedByState(order);
  ordersByState.set(order, groups);
  return groups;
};

/** Buckets of a due state stay together, in the order in which states first come. */
const groupedByState = (order: Buckets): readonly Buckets[] => {
  const groups = new Map<DueState, AllocationBucket[]>();
  for (const bucket of order) {
    const group = groups.get(bucket.state);
    if (group === undefined) groups.set(bucket.state, [bucket]);
    else group.push(bucket);
  }
  return [...groups.values()];
};

const payHorizontally = <Due>(money: Money<Due>, buckets: Buckets): void => {
  const state = buckets[0]?.state;
  let passedBy: Set<Due> | undefined;
  while (state !== undefined && money.left > 0n) {
    const targets = openIn(money, state, money.dues.isOpen, passedBy);
    if (targets.length === 0) return;
    const before = money.left;
    for (const { portion } of buckets) payEvenly(money, targets, portion, state);
    passedBy = passBy(passedBy, targets, money.left < before);
  }
};

/** A due that asks for nothing just now makes way for the next, until something was paid. */
const passBy = <Due>(
  passedBy: Set<Due> | undefined,
  targets: readonly Due[],
  isPaid: boolean,
): Set<Due> | undefined => {
  if (isPaid) return undefined;
  const all = passedBy ?? new Set();
  for (const due of targets) all.add(due);
  return all;
};

const payVertically = <Due>(money: Money<Due>, { state, portion }: AllocationBucket): void => {
  let passedBy: Set<Due> | undefined;
  while (money.left > 0n) {
    const targets = openIn(money, state, (due) => money.dues.owed(due, portion) > 0n, passedBy);
    if (targets.length === 0) return;
    const before = money.left;
    payEvenly(money, targets, portion, state);
    passedBy = passBy(passedBy, targets, money.left < before);
  }
};

/** The same share for each, the last with what rounding leaves over. */
const payEvenly = <Due>(money: Money<Due>, targets: readonly Due[], portion: Portion, state: DueState): void => {
  const count = targets.length;
  if (count === 0 || money.left === 0n) return;
  let share = count === 1 ? money.left : money.evenly(money.left, count);
  let rest = money.left - share * BigInt(count);
  if (share + rest < 0n) {
    share = money.left / BigInt(count);
    rest = money.left - share * BigInt(count);
  }
  for (const [index, due] of targets.entries()) {
    const amount = index === count - 1 ? share + rest : share;
    money.left -= money.dues.pay(due, portion, amount, state);
  }
};

/** The dues of a state whose turn it is. Past due and due: the oldest. In advance: as the rule says. */
const openIn = <Due>(
  money: Money<Due>,
  state: DueState,
  hasMore: (due: Due) => boolean,
  passedBy: ReadonlySet<Due> | undefined,
): readonly Due[] => {
  const { dues, on, allocation } = money;
  const all = dues.all();
  const isOpen = (due: Due): boolean => hasMore(due) && !passedBy?.has(due);
  switch (state) {
    case 'past-due':
    case 'due':
      // Most are closed or still to come: a loop costs a loan of many installments less than a search.
      for (const due of all) {
        if (!hasMore(due)) continue;
        const day = dues.dueOn(due);
        if ((state === 'due' ? day === on : day < on) && !passedBy?.has(due)) return [due];
      }
      return [];
    case 'in-advance':
      return inAdvance(
        allocation,
        all,
        (due) => dues.dueOn(due) > on,
        isOpen,
        (due) => dues.takesInAdvance(due) && !passedBy?.has(due),
      );
  }
};

const first = <Due>(all: readonly Due[], matches: (due: Due) => boolean): readonly Due[] => {
  const found = all.find(matches);
  return found === undefined ? [] : [found];
};

const last = <Due>(all: readonly Due[], matches: (due: Due) => boolean): readonly Due[] => {
  const found = all.findLast(matches);
  return found === undefined ? [] : [found];
};

const inAdvance = <Due>(
  { inAdvance: rule, processing }: Allocation,
  all: readonly Due[],
  isLater: (due: Due) => boolean,
  isOpen: (due: Due) => boolean,
  takesInAdvance: (due: Due) => boolean,
): readonly Due[] => {
  switch (rule) {
    case 'next-installment':
      return first(all, (due) => isOpen(due) && isLater(due));
    case 'reamortize':
      return all.filter((due) => isOpen(due) && isLater(due));
    case 'running-then-last': {
      const running = all.find(isLater);
      return running !== undefined && isOpen(running) ? [running] : last(all, (due) => isLater(due) && isOpen(due));
    }
    case 'last-installment': {
      const takes = (due: Due): boolean => isOpen(due) || (processing === 'horizontal' && takesInAdvance(due));
      return last(all, (due) => isLater(due) && takes(due));
    }
  }
};
