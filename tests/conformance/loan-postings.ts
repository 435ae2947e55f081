import { type BookRole, journalBetween, linesOf } from '../../domain/loan/account';
import { accountingOf, type LoanTerms } from '../../domain/schedule/loan-terms';
import type { AccountInstallment, AccountTransaction, LoanAccount, PortionAmounts } from '../../domain/schedule/replay';
import { minorOf, type ShownPosting } from './loan-engine';

/** The house's roles by the accounts of a chart that keeps interest, fees and penalties receivable in one. */
const ACCOUNT_OF: Readonly<Record<BookRole, Pick<ShownPosting, 'accountType' | 'account'>>> = {
  'principal-receivable': { accountType: 'ASSET', account: 'principal' },
  'interest-receivable': { accountType: 'ASSET', account: 'charges' },
  'fee-receivable': { accountType: 'ASSET', account: 'charges' },
  'penalty-receivable': { accountType: 'ASSET', account: 'charges' },
  overpayments: { accountType: 'LIABILITY', account: 'overpayments' },
  'deferred-income': { accountType: 'LIABILITY', account: 'deferred' },
  'suspended-interest': { accountType: 'LIABILITY', account: 'suspended' },
  'paid-out': { accountType: 'LIABILITY', account: 'clearing' },
  received: { accountType: 'LIABILITY', account: 'clearing' },
  'interest-income': { accountType: 'INCOME', account: 'interest' },
  'fee-income': { accountType: 'INCOME', account: 'fees' },
  'penalty-income': { accountType: 'INCOME', account: 'fees' },
  'recovery-income': { accountType: 'INCOME', account: 'recoveries' },
  'goodwill-expense': { accountType: 'EXPENSE', account: 'goodwill' },
  'charge-off-expense': { accountType: 'EXPENSE', account: 'losses' },
  'write-off-expense': { accountType: 'EXPENSE', account: 'losses' },
};

/** The source books goodwill by what it pays. */
const ACCOUNTING = { ...accountingOf({}), goodwill: 'by-portion' } as const;

/**
 * What a transaction alone books by the house's own rules, what it pays having been accrued before: the difference
 * that it makes to the books of an account that owes just that. `chargeOff`: the one that came before it.
 */
export const postingsOf = (
  { currency }: LoanTerms,
  transaction: AccountTransaction,
  chargeOff: AccountTransaction | undefined,
): readonly ShownPosting[] => {
  const { before, after } = aroundIt(transaction, chargeOff);
  const sums = new Map<string, bigint>();
  for (const { role, side, amount } of linesOf(journalBetween(before, after, currency, ACCOUNTING))) {
    const key = JSON.stringify(ACCOUNT_OF[role]);
    const minor = minorOf(amount, amount.split('.')[1]?.length ?? 0);
    sums.set(key, (sums.get(key) ?? 0n) + (side === 'debit' ? minor : -minor));
  }
  return [...sums].map(([key, sum]) => ({
    ...(JSON.parse(key) as (typeof ACCOUNT_OF)[BookRole]),
    side: sum > 0n ? 'debit' : 'credit',
    amount: sum > 0n ? sum : -sum,
  }));
};

const NOTHING: PortionAmounts = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };

/** Kinds of transactions that make something owed, and those that only say what is. */
const LENDS: ReadonlySet<string> = new Set([
  'disbursement',
  'capitalized-income',
  'chargeback',
  'credit-balance-refund',
]);
const ENDS: ReadonlySet<string> = new Set(['charge-off', 'write-off']);

const aroundIt = (
  transaction: AccountTransaction,
  chargeOff: AccountTransaction | undefined,
): { readonly before: LoanAccount; readonly after: LoanAccount } => {
  const { kind, parts, overpaid } = transaction;
  const known = chargeOff === undefined ? [] : [chargeOff];
  const nothing = { ...accountOf(transaction), transactions: known };
  const owing = { ...nothing, installments: [installmentOf(transaction, { owed: parts })] };
  const done = { transactions: [...known, transaction] };
  if (LENDS.has(kind)) {
    // What an overpayment pays of what is owed anew is in its lines alone.
    const installments = [installmentOf(transaction, { owed: parts, paid: sumOf(transaction.lines) })];
    return { before: { ...nothing, overpaid }, after: { ...nothing, ...done, installments } };
  }
  if (kind === 'charge-off') return { before: owing, after: { ...owing, ...done } };
  if (ENDS.has(kind)) {
    const installments = [installmentOf(transaction, { owed: parts, writtenOff: parts })];
    return { before: owing, after: { ...owing, ...done, installments } };
  }
  if (kind === 'disbursement-charge') return { before: nothing, after: { ...nothing, ...done } };
  const installments = [installmentOf(transaction, { owed: parts, paid: parts })];
  return { before: owing, after: { ...owing, ...done, installments, overpaid } };
};

const sumOf = (lines: AccountTransaction['lines']): PortionAmounts => {
  const sum = { ...NOTHING };
  for (const { portion, amount } of lines) sum[portion] += amount;
  return sum;
};

const accountOf = ({ on: asOf }: AccountTransaction): LoanAccount => ({
  asOf,
  status: 'active',
  disbursements: [],
  installments: [],
  transactions: [],
  charges: [],
  outstanding: NOTHING,
  overdue: NOTHING,
  overpaid: 0n,
});

const installmentOf = (
  { on }: AccountTransaction,
  amounts: Partial<Pick<AccountInstallment, 'owed' | 'paid' | 'writtenOff'>>,
): AccountInstallment => ({
  n: 1,
  kind: 'regular',
  from: on,
  due: on,
  owed: NOTHING,
  paid: NOTHING,
  waived: NOTHING,
  writtenOff: NOTHING,
  paidInAdvance: 0n,
  paidLate: 0n,
  balance: 0n,
  ...amounts,
});
