import { assert, type Currency, parseMoney } from '../kernel';
import type { AccountCode } from './accounts';
import type { Posting } from './events';

/** What each account holds per currency, in minor units: debits count positive, credits negative. */
export type Balances = Readonly<Partial<Record<Currency, Readonly<Partial<Record<AccountCode, bigint>>>>>>;

export const noBalances: Balances = {};

/** Debits minus credits of some postings, per currency; all zero when they balance. */
export const imbalances = (postings: readonly Posting[]): Readonly<Partial<Record<Currency, bigint>>> => {
  const sums: Partial<Record<Currency, bigint>> = {};
  for (const { side, amount } of postings) {
    const { minor, currency } = parseMoney(amount);
    sums[currency] = (sums[currency] ?? 0n) + (side === 'debit' ? minor : -minor);
  }
  return sums;
};

/** Σ debits = Σ credits in every currency. */
export const isBalanced = (postings: readonly Posting[]): boolean =>
  Object.values(imbalances(postings)).every((difference) => difference === 0n);

/** The balances after one entry's postings; asserts that they balance, so that no sum of balances can ever be off. */
export const addPostings = (balances: Balances, postings: readonly Posting[]): Balances => {
  assert(isBalanced(postings), 'an entry that does not balance has come into the books');
  const after: Partial<Record<Currency, Partial<Record<AccountCode, bigint>>>> = { ...balances };
  for (const { account, side, amount } of postings) {
    const { minor, currency } = parseMoney(amount);
    const held = after[currency] ?? {};
    after[currency] = { ...held, [account]: (held[account] ?? 0n) + (side === 'debit' ? minor : -minor) };
  }
  return after;
};

/** The balances of several books taken together. */
export const addBalances = (a: Balances, b: Balances): Balances => {
  const sum: Partial<Record<Currency, Partial<Record<AccountCode, bigint>>>> = { ...a };
  for (const [currency, accounts] of Object.entries(b) as [Currency, NonNullable<Balances[Currency]>][]) {
    const held = { ...sum[currency] };
    for (const [account, minor] of Object.entries(accounts) as [AccountCode, bigint][]) {
      held[account] = (held[account] ?? 0n) + minor;
    }
    sum[currency] = held;
  }
  return sum;
};
