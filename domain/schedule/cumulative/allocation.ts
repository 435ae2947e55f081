import type { Day } from '../../calendar';
import type { AllocationBucket, AllocationRules, CreditKind } from '../loan-terms';
import type { AllocatedLine } from '../replay';
import { claimed, orderOf } from './named-orders';
import { left, type Portion, pay, type Row } from './row';

export interface Payment {
  readonly credit: CreditKind;
  readonly on: Day;
  readonly amount: bigint;
}

/** Where money went. Installments are named by their row: they get their numbers at the end. */
export interface PaidLine {
  readonly row: Row;
  readonly portion: Portion;
  readonly amount: bigint;
  readonly state: AllocatedLine['state'];
}

/**
 * Pays the installments, oldest first, in the order that the rules give; what is over is for the caller to hold.
 * `into` takes the lines.
 */
export const allocate = (
  rows: readonly Row[],
  rules: AllocationRules,
  payment: Payment,
  into: PaidLine[] = [],
): bigint => {
  const money = { left: payment.amount };
  const give = (row: Row, portion: Portion, most: bigint): void => {
    const amount = pay(row, portion, payment.on, most < money.left ? most : money.left);
    if (amount === 0n) return;
    money.left -= amount;
    into.push({ row, portion, amount, state: stateOf(row, payment.on) });
  };
  if (rules.kind === 'named') byName(rows, rules.strategy, payment.on, money, give);
  else byOrder(rows, rules, payment, money, give);
  return money.left;
};

type Give = (row: Row, portion: Portion, most: bigint) => void;
type Named = Extract<AllocationRules, { kind: 'named' }>['strategy'];
type ByOrder = Extract<AllocationRules, { kind: 'by-order' }>;
interface Money {
  readonly left: bigint;
}

const stateOf = (row: Row, on: Day): AllocatedLine['state'] => {
  if (row.due === on) return 'due';
  return row.due < on ? 'past-due' : 'in-advance';
};

const byName = (rows: readonly Row[], strategy: Named, on: Day, money: Money, give: Give): void => {
  const order = orderOf(strategy);
  for (const row of rows) {
    if (money.left === 0n) return;
    if (row.metOn !== undefined) continue;
    for (const claim of row.due > on ? order.inAdvance : order.due) give(row, claim.portion, claimed(row, claim, on));
  }
};

const byOrder = (rows: readonly Row[], rules: ByOrder, payment: Payment, money: Money, give: Give): void => {
  const own = rules.orders.find(({ credit }) => credit === payment.credit);
  const chosen = own ?? rules.orders.find(({ credit }) => credit === undefined);
  if (chosen === undefined) return;
  const groups = rules.processing === 'vertical' ? singly(chosen.order) : byState(chosen.order);
  for (const group of groups) {
    const isFromTheEnd = group[0]?.state === 'in-advance' && chosen.inAdvance === 'last-installment';
    payGroup(isFromTheEnd ? rows.toReversed() : rows, group, payment.on, money, give);
  }
};

const payGroup = (rows: readonly Row[], group: Order, on: Day, money: Money, give: Give): void => {
  const state = group[0]?.state;
  for (const row of rows) {
    if (money.left === 0n) return;
    if (row.metOn !== undefined || stateOf(row, on) !== state) continue;
    for (const { portion } of group) if (money.left > 0n) give(row, portion, left(row, portion));
  }
};

type Order = readonly AllocationBucket[];
type Grouping = (order: Order) => readonly Order[];

/** Orders are part of terms, which never change: thousands of payments of a loan go by the same one. */
const remembered = (group: Grouping): Grouping => {
  const known = new WeakMap<Order, readonly Order[]>();
  return (order) => {
    const groups = known.get(order) ?? group(order);
    known.set(order, groups);
    return groups;
  };
};

const singly = remembered((order) => order.map((bucket) => [bucket]));

/** Buckets of one state that follow each other. */
const byState = remembered((order) => {
  const groups: AllocationBucket[][] = [];
  for (const bucket of order) {
    const last = groups.at(-1);
    if (last?.[0]?.state === bucket.state) last.push(bucket);
    else groups.push([bucket]);
  }
  return groups;
});
