import { type Day, dateOf } from '../../../domain/calendar';
import type { AccountInstallment, LoanAccount, PortionAmounts } from '../../../domain/schedule/replay';
import type { ScheduleRow, ScheduleTotals } from './case-steps';
import { type Difference, differingFields, firstOf, nearest, rowDifference } from './difference';
import type { PlannedRow } from './engine';
import { figureOf, withDecimals } from './figures';

/** A schedule as a case states it: rows by due date, with a row without a number for each disbursement. */
export interface ShownSchedule {
  readonly rows: readonly ShownRow[];
  readonly totals: Readonly<Record<string, string>>;
  readonly decimals: number;
}

type ShownRow = Readonly<Record<string, string | number | undefined>> & { readonly dueDate: string };

interface Disbursed {
  readonly on: Day;
  readonly amount: bigint;
  /** Charges that were paid out of it. */
  readonly kept?: bigint;
}

const total = ({ principal, interest, fee, penalty }: PortionAmounts): bigint => principal + interest + fee + penalty;

const NO_MONEY: PortionAmounts = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };

/**
 * The schedule of a loan as it stands. Tranches that are still expected have a row too, as the source shows them: not
 * beside one that was paid out on their day. Plans made period by period count them in later balances alone
 * (`areBeside`), the others plan them.
 */
export const shownAccount = (
  { installments, disbursements, transactions }: LoanAccount,
  expectedTranches: readonly Disbursed[],
  areBeside: boolean,
  decimals: number,
): ShownSchedule => {
  const expected = expectedTranches
    .slice(disbursements.length)
    .filter((tranche) => disbursements.every(({ on }) => on !== tranche.on));
  const expectedBefore = (due: Day): bigint =>
    expected.reduce((sum, { on, amount }) => (on < due ? sum + amount : sum), 0n);
  return shown(
    expected.length === 0 || !areBeside
      ? installments
      : installments.map((row) => ({ ...row, balance: row.balance + expectedBefore(row.due) })),
    [...disbursements.map((payout) => ({ ...payout, kept: keptOf(payout, transactions) })), ...expected],
    decimals,
  );
};

const keptOf = ({ fact }: { readonly fact: string }, transactions: LoanAccount['transactions']): bigint =>
  transactions.find((one) => one.fact === fact && one.kind === 'disbursement-charge' && !one.undone)?.amount ?? 0n;

/** The schedule of a loan that nothing was paid out on yet. */
export const shownPlan = (
  plan: readonly PlannedRow[],
  disbursements: readonly Disbursed[],
  decimals: number,
): ShownSchedule =>
  shown(
    plan.map(
      (row): AccountInstallment => ({
        n: row.n,
        kind: 'regular',
        from: row.from,
        due: row.due,
        owed: row,
        paid: NO_MONEY,
        waived: NO_MONEY,
        writtenOff: NO_MONEY,
        paidInAdvance: 0n,
        paidLate: 0n,
        balance: row.balance,
      }),
    ),
    disbursements,
    decimals,
  );

const shown = (
  installments: readonly AccountInstallment[],
  disbursements: readonly Disbursed[],
  decimals: number,
): ShownSchedule => {
  const money = (minor: bigint): string => figureOf(minor, decimals);
  const sums = new Map<string, bigint>();
  const figures = (row: AccountInstallment): Readonly<Record<string, bigint>> => ({
    principal: row.owed.principal,
    interest: row.owed.interest,
    fees: row.owed.fee,
    penalties: row.owed.penalty,
    total: total(row.owed),
    paid: total(row.paid),
    paidInAdvance: row.paidInAdvance,
    paidLate: row.paidLate,
    waived: total(row.waived),
    outstanding: total(row.owed) - total(row.paid) - total(row.waived) - total(row.writtenOff),
  });
  const installmentRows = installments.map((row): ShownRow => {
    const amounts = figures(row);
    for (const [field, amount] of Object.entries(amounts)) sums.set(field, (sums.get(field) ?? 0n) + amount);
    return {
      n: row.n,
      days: row.due - row.from,
      dueDate: dateOf(row.due),
      ...(row.metOn !== undefined && { paidOn: dateOf(row.metOn) }),
      balance: money(row.balance),
      ...Object.fromEntries(Object.entries(amounts).map(([field, amount]) => [field, money(amount)])),
    };
  });
  const none = money(0n);
  const disbursementRows = disbursements.map(({ on, amount, kept = 0n }): ShownRow => {
    const due = money(kept);
    for (const field of ['fees', 'total', 'paid']) sums.set(field, (sums.get(field) ?? 0n) + kept);
    return { dueDate: dateOf(on), balance: money(amount), fees: due, total: due, paid: due, outstanding: none };
  });
  return {
    rows: [...disbursementRows, ...installmentRows],
    totals: Object.fromEntries([...sums].map(([field, amount]) => [field, money(amount)])),
    decimals,
  };
};

const FIGURES: ReadonlySet<string> = new Set([
  'balance',
  'principal',
  'interest',
  'fees',
  'penalties',
  'total',
  'paid',
  'paidInAdvance',
  'paidLate',
  'waived',
  'outstanding',
]);

const normalised = <Row extends object>(row: Row, decimals: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      FIGURES.has(field) && typeof value === 'string' ? withDecimals(value, decimals) : value,
    ]),
  );

const isInstallment = (row: object): boolean => 'n' in row && row.n !== null && row.n !== undefined;

/**
 * Rows are matched by due date (several may share one) and must be as many as stated. An expected row may be repeated,
 * as the source's own comparison allows. With `partial` only the rows listed are known.
 */
export const compareSchedule = (
  at: string,
  expected: { rows: readonly ScheduleRow[]; totals?: ScheduleTotals; periods?: number | undefined; partial?: boolean },
  got: ShownSchedule,
): Difference | undefined => {
  const installments = got.rows.filter(isInstallment);
  const stated = expected.partial === true ? undefined : expected.rows.filter(isInstallment).length;
  const periods = expected.periods ?? stated;
  return (
    firstOf(expected.rows, (row) => compareRow(at, row, got)) ??
    (periods === undefined
      ? undefined
      : rowDifference(`${at}: number of periods`, { periods }, { periods: installments.length })) ??
    rowDifference(`${at}: totals`, normalised(expected.totals ?? {}, got.decimals), got.totals)
  );
};

const compareRow = (at: string, row: ScheduleRow, got: ShownSchedule): Difference | undefined => {
  const candidates = got.rows.filter(
    (other) => other.dueDate === row.dueDate && isInstallment(other) === isInstallment(row),
  );
  const expected = normalised(row, got.decimals);
  if (candidates.some((other) => differingFields(expected, other).length === 0)) return undefined;
  const name = isInstallment(row) ? `row ${row.n}` : 'disbursement row';
  const closest = nearest(expected, candidates);
  const place = `${at}: ${name} due ${row.dueDate}`;
  if (closest !== undefined) return rowDifference(place, expected, closest);
  return { at: place, expected, got: got.rows.map(({ n, dueDate }) => `${n ?? 'disbursement'} ${dueDate}`).join(', ') };
};
