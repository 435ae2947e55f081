import type { JournalRow } from './case-steps';
import { type Difference, firstOf } from './difference';
import type { ShownPosting } from './engine';
import { figureOf, withDecimals } from './figures';

/** Entries are matched by the type of the account, the side and the amount: numbers and names are the source's own. */
export const compareJournal = (
  at: string,
  expected: readonly JournalRow[],
  got: readonly ShownPosting[],
  decimals: number,
): Difference | undefined => {
  const left = got.filter(({ amount }) => amount !== 0n).map((posting) => lineOf(posting, decimals));
  const missing = firstOf(expected, (row) => {
    const side = row.debit === undefined ? 'credit' : 'debit';
    const wanted = `${row.accountType} ${side} ${withDecimals(row.debit ?? row.credit ?? '0', decimals)}`;
    const found = left.indexOf(wanted);
    if (found < 0) return { at: `${at}: ${row.account}`, expected: wanted, got: left };
    left.splice(found, 1);
    return undefined;
  });
  return missing ?? (left.length === 0 ? undefined : { at, expected: 'no further entries', got: left });
};

const lineOf = ({ accountType, side, amount }: ShownPosting, decimals: number): string =>
  `${accountType} ${side} ${figureOf(amount, decimals)}`;
