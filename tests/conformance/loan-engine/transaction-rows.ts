import { dateOf } from '../../../domain/calendar';
import type { AccountTransaction, LoanAccount, LoanFact } from '../../../domain/schedule/replay';
import type { TransactionRow } from './case-steps';
import { type Difference, differingFields, firstOf, nearest, rowDifference } from './difference';
import { figureOf, withDecimals } from './figures';
import { labelOf } from './transaction-labels';

/** Transactions that move no money: the source states no balance after them. */
const WITHOUT_BALANCE: ReadonlySet<string> = new Set(['Re-age', 'Re-amortize', 'Charge-off', 'Contract Termination']);

/** What the source's accrual accounting writes beside what moves money. */
const ACCRUALS: ReadonlySet<string> = new Set(['Accrual', 'Accrual Activity', 'Accrual Adjustment']);

/** How deferred income becomes income: no loan's own business either, and not compared. */
const AMORTIZATIONS: ReadonlySet<string> = new Set([
  'Capitalized Income Amortization',
  'Capitalized Income Amortization Adjustment',
]);

export const isOfAccruals = ({ type }: { readonly type: string }): boolean => ACCRUALS.has(type);

export const isAccrual = (row: { readonly type: string }): boolean => isOfAccruals(row) || AMORTIZATIONS.has(row.type);

export type ShownTransaction = Readonly<Record<string, unknown>> & { readonly date: string; readonly type: string };

/** A transaction of our account with what the source calls it. */
export interface LabelledTransaction {
  readonly transaction: AccountTransaction;
  readonly label: string;
  readonly reverted: boolean;
}

/** The account's transactions that count and that the source knows too. */
export const labelled = (account: LoanAccount, facts: readonly LoanFact[]): readonly LabelledTransaction[] => {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return account.transactions
    .filter((transaction) => !transaction.undone && !movedNothing(transaction))
    .flatMap((transaction) => {
      const label = labelOf(byId.get(transaction.fact), transaction.kind);
      return label === undefined ? [] : [{ transaction, label, reverted: false }];
    });
};

/** The source takes back by itself a new plan for which nothing is left to move: after a back-dated payment. */
const movedNothing = ({ kind, amount }: AccountTransaction): boolean =>
  amount === 0n && (kind === 're-amortize' || kind === 're-age');

/** Our transactions as the source shows its own. */
export const shownTransactions = (
  transactions: readonly LabelledTransaction[],
  decimals: number,
): readonly ShownTransaction[] => transactions.map((transaction) => shown(transaction, decimals));

const shown = ({ transaction, label: type, reverted }: LabelledTransaction, decimals: number): ShownTransaction => {
  const { on, amount, parts, overpaid, balance } = transaction;
  const money = (minor: bigint): string => figureOf(minor, decimals);
  const isDisbursement = type === 'Disbursement';
  return {
    date: dateOf(on),
    type,
    amount: money(amount),
    principal: money(isDisbursement ? 0n : parts.principal),
    interest: money(parts.interest),
    fees: money(parts.fee),
    penalties: money(parts.penalty),
    balance: money(WITHOUT_BALANCE.has(type) ? 0n : balance),
    overpayment: money(overpaid),
    reverted,
  };
};

/**
 * Money-moving transactions are compared as a set of the same size, matched by date and type. What the source's
 * accrual accounting writes is not compared. A row that does not say whether it was undone may be either; those that
 * count come first.
 */
export const compareTransactions = (
  at: string,
  expected: readonly TransactionRow[],
  ignoring: readonly string[],
  got: readonly ShownTransaction[],
  decimals: number,
): Difference | undefined => {
  const isCompared = (row: { readonly type: string }): boolean => !isAccrual(row) && !ignoring.includes(row.type);
  const left = got.filter(isCompared);
  const rows = expected.filter(isCompared);
  const difference = firstOf(rows, (row) => {
    const wanted = comparable(row, decimals);
    const candidates = left.filter(({ date, type }) => date === row.date && type === row.type);
    const match = candidates.find((candidate) => differingFields(wanted, candidate).length === 0);
    if (match !== undefined) {
      left.splice(left.indexOf(match), 1);
      return undefined;
    }
    const closest = nearest(wanted, candidates);
    const place = `${at}: ${row.type} of ${row.date}`;
    if (closest !== undefined) return rowDifference(place, wanted, closest);
    return { at: place, expected: wanted, got: left.map(({ date, type, amount }) => `${date} ${type} ${amount}`) };
  });
  return (
    difference ??
    rowDifference(`${at}: number of transactions`, { count: rows.length }, { count: got.filter(isCompared).length })
  );
};

const comparable = ({ replayed: _, ...row }: TransactionRow, decimals: number) =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      typeof value === 'string' && field !== 'date' && field !== 'type' ? withDecimals(value, decimals) : value,
    ]),
  );
