import type { JournalRow } from './case-steps';
import { type Difference, firstOf } from './difference';
import type { ShownPosting } from './engine';
import { figureOf, withDecimals } from './figures';

/** What an account of the source's chart is for, by its name. */
const ACCOUNTS: readonly (readonly [RegExp, ShownPosting['account']])[] = [
  [/loans? receivable|loan portfolio/i, 'principal'],
  [/receivable/i, 'charges'],
  [/deferred/i, 'deferred'],
  [/suspense|clearing|fund source/i, 'clearing'],
  [/overpayment/i, 'overpayments'],
  [/recover/i, 'recoveries'],
  [/goodwill/i, 'goodwill'],
  [/loss|bad debt|written off|write.?off/i, 'losses'],
  [/interest/i, 'interest'],
  [/fee|penalt/i, 'fees'],
];

const roleOf = (name: string): string => ACCOUNTS.find(([pattern]) => pattern.test(name))?.[1] ?? name;

/**
 * Entries are matched by the type of the account, what it is for, the side and the amount: numbers and names are the
 * source's own.
 */
export const compareJournal = (
  at: string,
  expected: readonly JournalRow[],
  got: readonly ShownPosting[],
  decimals: number,
): Difference | undefined => {
  const left = got.filter(({ amount }) => amount !== 0n).map((posting) => lineOf(posting, decimals));
  const missing = firstOf(expected, (row) => {
    const side = row.debit === undefined ? 'credit' : 'debit';
    const amount = withDecimals(row.debit ?? row.credit ?? '0', decimals);
    const wanted = `${row.accountType} ${roleOf(row.account)} ${side} ${amount}`;
    const found = left.indexOf(wanted);
    if (found < 0) return { at: `${at}: ${row.account}`, expected: wanted, got: left };
    left.splice(found, 1);
    return undefined;
  });
  return missing ?? (left.length === 0 ? undefined : { at, expected: 'no further entries', got: left });
};

const lineOf = ({ accountType, account, side, amount }: ShownPosting, decimals: number): string =>
  `${accountType} ${account} ${side} ${figureOf(amount, decimals)}`;
