import { type Currency, type Money, moneyOf } from '../kernel';
import { ACCOUNTS, type AccountCode, type AccountKind } from './accounts';
import type { Balances } from './balances';

/** One account of a trial balance: its balance stands in one of the two columns, the other is zero. */
export interface TrialBalanceRow {
  readonly account: AccountCode;
  readonly name: string;
  readonly kind: AccountKind;
  readonly debit: Money;
  readonly credit: Money;
  /** The balance on the account's normal side: negative when it stands on the other one. */
  readonly balance: Money;
}

export interface TrialBalance {
  readonly currency: Currency;
  /** Accounts that were ever posted to, by code. */
  readonly rows: readonly TrialBalanceRow[];
  /** The two column sums; equal in sound books. */
  readonly debits: Money;
  readonly credits: Money;
}

/** The side on which an account grows: debit for what we own and spend, credit for what we owe and earn. */
const normalSide = (kind: AccountKind): 'debit' | 'credit' =>
  kind === 'asset' || kind === 'expense' ? 'debit' : 'credit';

/** The trial balance of some books, one per currency. Sum the balances of several ledgers with `addBalances` first. */
export const trialBalance = (balances: Balances): readonly TrialBalance[] =>
  [...balances].map(([currency, accounts]) => {
    const rows = [...accounts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, minor]) => rowOf(account, minor, currency));
    const sum = (column: 'debit' | 'credit'): Money =>
      moneyOf(
        rows.reduce((total, row) => total + row[column].minor, 0n),
        currency,
      );
    return { currency, rows, debits: sum('debit'), credits: sum('credit') };
  });

const rowOf = (account: AccountCode, minor: bigint, currency: Currency): TrialBalanceRow => {
  const { name, kind } = ACCOUNTS[account];
  return {
    account,
    name,
    kind,
    debit: moneyOf(minor > 0n ? minor : 0n, currency),
    credit: moneyOf(minor < 0n ? -minor : 0n, currency),
    balance: moneyOf(normalSide(kind) === 'debit' ? minor : -minor, currency),
  };
};
