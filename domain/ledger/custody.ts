import { type Currency, parseMoney } from '../kernel';
import type { AccountCode } from './accounts';
import type { Posting } from './events';

/** Money at the custody bank: the house's own, and what clients have there. */
const CUSTODY: ReadonlySet<AccountCode> = new Set(['1001', '1002'] as const);

/** What borrowers and other clients owe, are owed, or have paid and nobody has allocated yet. */
const CLIENTS: ReadonlySet<AccountCode> = new Set([
  ...(['1101', '1102', '1103', '1104', '2002', '2003', '2101', '2301'] as const),
]);

/** The house's own money, wherever it lies: what it has put in, and what channels owe it. */
const HOUSE: ReadonlySet<AccountCode> = new Set(['1301', '3001'] as const);

interface Sums {
  clients: bigint;
  house: bigint;
  custodyIn: bigint;
  custodyOut: bigint;
}

const sumsOf = (postings: readonly Posting[]): ReadonlyMap<Currency, Sums> => {
  const sums = new Map<Currency, Sums>();
  for (const { account, side, amount } of postings) {
    const { minor, currency } = parseMoney(amount);
    const sum = sums.get(currency) ?? { clients: 0n, house: 0n, custodyIn: 0n, custodyOut: 0n };
    sums.set(currency, sum);
    const debit = side === 'debit' ? minor : -minor;
    if (CLIENTS.has(account)) sum.clients += debit;
    if (HOUSE.has(account)) sum.house += debit;
    if (CUSTODY.has(account) && side === 'debit') sum.custodyIn += minor;
    if (CUSTODY.has(account) && side === 'credit') sum.custodyOut += minor;
  }
  return sums;
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

/**
 * What an entry moves between clients and the house without passing custody, in minor units by currency: the smaller of
 * what one side gives and the other takes, less what leaves one custody account and enters another in the same entry.
 * What one side gives and an income or expense account takes is no movement of money (interest that is earned, a debt
 * that is given up).
 */
export const outsideCustody = (postings: readonly Posting[]): ReadonlyMap<Currency, bigint> => {
  const outside = new Map<Currency, bigint>();
  for (const [currency, { clients, house, custodyIn, custodyOut }] of sumsOf(postings)) {
    if (clients === 0n || house === 0n || clients < 0n === house < 0n) continue;
    const moved = least(size(clients), size(house));
    const through = least(custodyIn, custodyOut);
    if (moved > through) outside.set(currency, moved - through);
  }
  return outside;
};
