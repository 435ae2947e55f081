import { assert, type Currency, parseMoney } from '../kernel';
import type { AccountCode } from './accounts';
import type { Posting } from './events';

/** What each account holds per currency, in minor units: debits count positive, credits negative. */
export type Balances = ReadonlyMap<Currency, ReadonlyMap<AccountCode, bigint>>;

export const noBalances: Balances = new Map();

/** What one account holds; zero when nothing was ever posted to it. */
export const heldIn = (balances: Balances, account: AccountCode, currency: Currency): bigint =>
  balances.get(currency)?.get(account) ?? 0n;

/** Debits minus credits of some postings, per currency; all zero when they balance. */
export const imbalances = (postings: readonly Posting[]): ReadonlyMap<Currency, bigint> => {
  const sums = new Map<Currency, bigint>();
  for (const { side, amount } of postings) {
    const { minor, currency } = parseMoney(amount);
    sums.set(currency, (sums.get(currency) ?? 0n) + (side === 'debit' ? minor : -minor));
  }
  return sums;
};

/** Σ debits = Σ credits in every currency. */
export const isBalanced = (postings: readonly Posting[]): boolean =>
  [...imbalances(postings).values()].every((difference) => difference === 0n);

/** The balances after one entry's postings; asserts that they balance, so that no sum of balances can ever be off. */
export const addPostings = (balances: Balances, postings: readonly Posting[]): Balances => {
  const after = new Map(balances);
  const moved = new Map<Currency, { readonly accounts: Map<AccountCode, bigint>; difference: bigint }>();
  for (const { account, side, amount } of postings) {
    const { minor, currency } = parseMoney(amount);
    const debit = side === 'debit' ? minor : -minor;
    let books = moved.get(currency);
    if (books === undefined) {
      books = { accounts: new Map(balances.get(currency)), difference: 0n };
      moved.set(currency, books);
      after.set(currency, books.accounts);
    }
    books.accounts.set(account, (books.accounts.get(account) ?? 0n) + debit);
    books.difference += debit;
  }
  for (const { difference } of moved.values()) {
    assert(difference === 0n, 'an entry that does not balance has come into the books');
  }
  return after;
};

/** The balances of several books taken together. */
export const addBalances = (a: Balances, b: Balances): Balances => {
  const sum = new Map(a);
  for (const [currency, accounts] of b) {
    const held = new Map(sum.get(currency));
    for (const [account, minor] of accounts) held.set(account, (held.get(account) ?? 0n) + minor);
    sum.set(currency, held);
  }
  return sum;
};
