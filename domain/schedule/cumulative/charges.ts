import type { Day } from '../../calendar';
import { parseRate, unreachable } from '../../kernel';
import type { ChargeCalculation } from '../loan-terms';
import { type AmountRules, amountOf, larger, minorOf, smaller } from './amounts';
import { left, noPortions, type Portions, type Row, type RowCharge, rowOf } from './row';
import type { Demand, Story } from './story';

/** What shares are taken of. */
interface Bases {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly outstanding: bigint;
  /** Of one installment, where there is one that bears the charge. */
  readonly installment: Readonly<Pick<Portions, 'principal' | 'interest'>> | undefined;
}

/** Puts every charge on the installment that bears it; those due after the last get an installment of their own. */
export const charge = (rows: Row[], story: Story, rules: AmountRules): void => {
  const regular = rows.filter(({ isAfterTheEnd, kind }) => kind === 'regular' && !isAfterTheEnd);
  for (const demand of story.demands) {
    if (demand.dueOn === undefined) for (const row of regular) chargeEach(row, demand, story, rules);
    else chargeOnce(rows, demand, demand.dueOn, story, rules);
  }
};

/**
 * The charges of an installment while the plan is still being made, for the payments of a loan whose interest follows
 * them. What depends on the interest of the whole loan is not known yet.
 */
export const chargeRow = (rows: readonly Row[], row: Row, story: Story, rules: AmountRules): void => {
  const isFirst = rows.every(({ kind }) => kind !== 'regular');
  const principal = story.tranches.reduce((sum, { amount }) => sum + amount, 0n);
  for (const demand of story.demands) {
    if (demand.dueOn === undefined) chargeEach(row, demand, story, rules);
    else if (demand.dueOn <= row.due && (isFirst || demand.dueOn > row.from)) {
      const bases = { principal, interest: 0n, outstanding: principal, installment: row.owed };
      put(row, demand, demand.dueOn, chargeAmount(demand.calculation, bases, story, rules));
    }
  }
};

const chargeEach = (row: Row, demand: Demand, story: Story, rules: AmountRules): void => {
  if (row.due < demand.since) return;
  put(row, demand, row.due, chargeAmount(demand.calculation, basesOf([row], row), story, rules));
};

const chargeOnce = (rows: Row[], demand: Demand, dueOn: Day, story: Story, rules: AmountRules): void => {
  const isFor = ({ due, isAfterTheEnd, kind }: Row): boolean =>
    kind !== 'down-payment' && !isAfterTheEnd && dueOn <= due;
  const row = rows.find(isFor) ?? additional(rows, dueOn);
  put(row, demand, dueOn, chargeAmount(demand.calculation, basesOf(rows, row), story, rules));
};

/** A charge on an overdue installment, worked out of what is left of it. */
export const chargeLate = (row: Row, demand: Demand, on: Day, story: Story, rules: AmountRules): void => {
  const bases = {
    principal: left(row, 'principal'),
    interest: left(row, 'interest'),
    outstanding: left(row, 'principal'),
    installment: row.owed,
  };
  put(row, demand, on, chargeAmount(demand.calculation, bases, story, rules));
  row.metOn = undefined;
};

/** Drops what is left of a charge of an installment; answers with how much that was of each portion. */
export const waiveCharge = (row: Row, of: string): Portions => {
  const parts = noPortions();
  for (const charge of row.charges) {
    if (charge.id !== of) continue;
    const amount = smaller(left(row, charge.portion), charge.amount - charge.waived);
    charge.waived += amount;
    row.waived[charge.portion] += amount;
    parts[charge.portion] += amount;
  }
  return parts;
};

/** An installment after the last of the plan, for what falls due then. */
export const additional = (rows: Row[], due: Day): Row => {
  const at = rows.findLastIndex(({ isAfterTheEnd }) => !isAfterTheEnd);
  const last = rows[at];
  if (last?.kind === 'additional') {
    last.due = Math.max(last.due, due);
    return last;
  }
  const row = rowOf('additional', last?.due ?? due, due, 0n, 0n);
  rows.splice(at + 1, 0, row);
  return row;
};

const put = (row: Row, { id, portion }: Demand, dueOn: Day, { amount, of }: Worth): void => {
  if (amount === 0n) return;
  row.charges.push({ id, portion, dueOn, amount, of, waived: 0n });
  row.owed[portion] += amount;
};

const basesOf = (rows: readonly Row[], from: Row): Bases => {
  const bases = { principal: 0n, interest: 0n, outstanding: 0n, installment: from.owed };
  for (const row of rows) {
    bases.principal += row.owed.principal;
    bases.interest += row.owed.interest;
    if (row.due >= from.due) bases.outstanding += row.owed.principal;
  }
  return bases;
};

/** What a charge comes to on its bases, within its bounds, and what it is a share of. */
type Worth = Pick<RowCharge, 'amount' | 'of'>;

export const chargeAmount = (
  calculation: ChargeCalculation,
  bases: Bases,
  { terms: { currency } }: Story,
  rules: AmountRules,
): Worth => {
  if (calculation.kind === 'flat') return { amount: minorOf(calculation.amount, currency), of: undefined };
  const { numerator, denominator } = parseRate(calculation.share);
  const of = baseOf(calculation.of, bases);
  const amount = amountOf(of * numerator, denominator, rules);
  const { least, most } = calculation;
  const bounded = least === undefined ? amount : larger(amount, minorOf(least, currency));
  return { amount: most === undefined ? bounded : smaller(bounded, minorOf(most, currency)), of };
};

type Share = Extract<ChargeCalculation, { kind: 'share' }>['of'];

const baseOf = (of: Share, bases: Bases): bigint => {
  switch (of) {
    case 'principal':
      return bases.principal;
    case 'interest':
      return bases.interest;
    case 'principal-and-interest':
      return bases.principal + bases.interest;
    case 'installment':
      return (bases.installment?.principal ?? 0n) + (bases.installment?.interest ?? 0n);
    case 'outstanding-principal':
      return bases.outstanding;
    default:
      return unreachable(of);
  }
};
