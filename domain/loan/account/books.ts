import { z } from 'zod';
import { assert, type Currency } from '../../kernel';
import type {
  AccountInstallment,
  AccountingTerms,
  AccountTransaction,
  LoanAccount,
  PortionAmounts,
} from '../../schedule';
import { amountTextSchema, penOf } from './pen';
import { isSuspended, wasSuspended } from './suspension';

/** What a loan's money can be in the books, whatever the chart of accounts calls it. */
export const BOOK_ROLES = [
  'principal-receivable',
  'interest-receivable',
  'fee-receivable',
  'penalty-receivable',
  'overpayments',
  'deferred-income',
  'suspended-interest',
  'paid-out',
  'received',
  'interest-income',
  'fee-income',
  'penalty-income',
  'recovery-income',
  'goodwill-expense',
  'charge-off-expense',
  'write-off-expense',
] as const;
export type BookRole = (typeof BOOK_ROLES)[number];

const sideSchema = z.partialRecord(z.enum(BOOK_ROLES), amountTextSchema);

/** What a fact is in the books, by role: Σ debit = Σ credit. Empty when it moves nothing. */
export const journalSchema = z.strictObject({ debit: sideSchema.optional(), credit: sideSchema.optional() });
export type Journal = Readonly<z.infer<typeof journalSchema>>;

export interface BookLine {
  readonly role: BookRole;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
}

/** A journal line by line, in the order of the roles. */
export const linesOf = ({ debit, credit }: Journal): readonly BookLine[] => {
  const lines: BookLine[] = [];
  for (const role of BOOK_ROLES) {
    const [debited, credited] = [debit?.[role], credit?.[role]];
    if (debited !== undefined) lines.push({ role, side: 'debit', amount: debited });
    if (credited !== undefined) lines.push({ role, side: 'credit', amount: credited });
  }
  return lines;
};

/** Balances by role in minor units: what is debited counts positive. They add up to nothing. */
type Balances = Readonly<Record<BookRole, bigint>>;
type Books = Record<BookRole, bigint>;

const PORTIONS = ['principal', 'interest', 'fee', 'penalty'] as const;
type Portion = (typeof PORTIONS)[number];

/**
 * What of an installment the books know of by a day. Principal is lent from the start; a penalty is owed at once, and
 * so is what a payer took back.
 */
const recognized = (
  { installments, asOf }: LoanAccount,
  backs: readonly AccountTransaction[],
  row: AccountInstallment,
  portion: Portion,
  basis: AccountingTerms['basis'],
): bigint => {
  if (portion === 'principal') return row.owed.principal;
  const paid = row.paid[portion];
  if (basis === 'cash') return paid;
  const owed = larger(row.owed[portion], paid);
  if (row.due <= asOf || portion === 'penalty') return owed;
  const here = backs.filter(({ on }) => installments.find(({ due }) => due > on) === row);
  return smaller(paid + sumOf(here, portion), owed);
};

/** What payers took back. */
const takenBack = ({ transactions }: LoanAccount): readonly AccountTransaction[] =>
  transactions.filter(({ kind, undone }) => kind === 'chargeback' && !undone);

const sumOf = (transactions: readonly AccountTransaction[], portion: Portion): bigint =>
  transactions.reduce((sum, { parts }) => sum + parts[portion], 0n);

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

interface PortionSums {
  readonly recognized: bigint;
  readonly paid: bigint;
  readonly waived: bigint;
  readonly writtenOff: bigint;
}
type Sums = Readonly<Record<Portion, PortionSums>>;

/** Sums over all installments. Waived and written off count as far as there was something in the books. */
const sumsOf = (
  account: LoanAccount,
  backs: readonly AccountTransaction[],
  portion: Portion,
  basis: AccountingTerms['basis'],
): PortionSums => {
  const sums = { recognized: 0n, paid: 0n, waived: 0n, writtenOff: 0n };
  for (const row of account.installments) {
    const known = recognized(account, backs, row, portion, basis);
    const waived = smaller(row.waived[portion], known - row.paid[portion]);
    sums.recognized += known;
    sums.paid += row.paid[portion];
    sums.waived += waived;
    sums.writtenOff += smaller(row.writtenOff[portion], known - row.paid[portion] - waived);
  }
  return sums;
};

/** Where the money of each kind of transaction comes from, or goes to; those that move none are not here. */
const OTHER_SIDE: Readonly<Record<string, { readonly role: BookRole; readonly sign: 1n | -1n }>> = {
  disbursement: { role: 'paid-out', sign: -1n },
  'disbursement-charge': { role: 'paid-out', sign: 1n },
  'capitalized-income': { role: 'deferred-income', sign: -1n },
  'capitalized-income-adjustment': { role: 'deferred-income', sign: 1n },
  'credit-balance-refund': { role: 'paid-out', sign: -1n },
  chargeback: { role: 'paid-out', sign: -1n },
  repayment: { role: 'received', sign: 1n },
  'down-payment': { role: 'received', sign: 1n },
  payoff: { role: 'received', sign: 1n },
  settlement: { role: 'received', sign: 1n },
  'merchant-refund': { role: 'received', sign: 1n },
  'payout-refund': { role: 'received', sign: 1n },
  recovery: { role: 'received', sign: 1n },
  'goodwill-credit': { role: 'goodwill-expense', sign: 1n },
  'interest-payment-waiver': { role: 'interest-income', sign: 1n },
  'interest-refund': { role: 'interest-income', sign: 1n },
  'charge-adjustment': { role: 'fee-income', sign: 1n },
};

const NOTHING = Object.fromEntries(BOOK_ROLES.map((role) => [role, 0n])) as Books;

/**
 * The books of a loan: what its account comes to, by role. They follow from the account alone, so whatever changes the
 * account, a late fact or one taken back among them, is booked as the difference between before and after.
 */
export const booksOf = (account: LoanAccount, accounting: AccountingTerms): Balances => {
  const { basis } = accounting;
  const books = { ...NOTHING, overpayments: -account.overpaid };
  const backs = takenBack(account);
  const portionSums = (portion: Portion): PortionSums => sumsOf(account, backs, portion, basis);
  const sums: Sums = {
    principal: portionSums('principal'),
    interest: portionSums('interest'),
    fee: portionSums('fee'),
    penalty: portionSums('penalty'),
  };
  for (const portion of PORTIONS) {
    const { recognized: known, paid, waived, writtenOff } = sums[portion];
    books[`${portion}-receivable`] += known - paid - waived - writtenOff;
    books['write-off-expense'] += writtenOff;
    if (portion === 'principal') books['write-off-expense'] += waived;
    // What a payer took back is owed again, but was income already.
    else books[`${portion}-income`] -= known - waived - sumOf(backs, portion);
  }
  for (const transaction of account.transactions) if (!transaction.undone) moveMoney(books, transaction, accounting);
  const off = account.transactions.findIndex(({ kind, undone }) => kind === 'charge-off' && !undone);
  if (off >= 0) chargeOff(books, sums, account, off, accounting);
  else suspend(books, sums, account, accounting);
  return books;
};

const moveMoney = (
  books: Books,
  { kind, amount, parts, overpaid }: AccountTransaction,
  { goodwill }: AccountingTerms,
): void => {
  const other = OTHER_SIDE[kind];
  if (other === undefined) return;
  books[other.role] += other.sign * amount;
  if (kind === 'goodwill-credit' && goodwill === 'by-portion') {
    for (const portion of INCOMES) {
      books['goodwill-expense'] -= parts[portion];
      books[`${portion}-income`] += parts[portion];
    }
  }
  // Money for a loan that was written off: nothing is owed any more, all of it is income.
  if (kind === 'recovery') books['recovery-income'] -= amount - totalOf(parts) - overpaid;
  // What was kept back of a payout is on no installment: it is income at once.
  if (kind !== 'disbursement-charge') return;
  books['fee-income'] -= parts.fee;
  books['penalty-income'] -= parts.penalty;
};

/** What is income once it is asked for, or paid. */
const INCOMES = ['interest', 'fee', 'penalty'] as const;

const totalOf = ({ principal, interest, fee, penalty }: PortionAmounts): bigint => principal + interest + fee + penalty;

/** Interest in the wide sense, that of being late included: income that a loan in trouble may not have. */
const BORNE = ['interest', 'penalty'] as const;

/**
 * Unpaid interest and penalties of a loan that is long late are no income: they are suspended until they are paid, or
 * until the loan is current again. What was given up while it was suspended had never been income, and is no expense.
 */
const suspend = (books: Books, sums: Sums, account: LoanAccount, { suspendAfterDays }: AccountingTerms): void => {
  const given = account.transactions.findLast(({ kind, undone }) => kind === 'write-off' && !undone);
  if (given !== undefined && wasSuspended(account, given.on, suspendAfterDays)) {
    for (const portion of BORNE) {
      books['write-off-expense'] -= sums[portion].writtenOff;
      books[`${portion}-income`] += sums[portion].writtenOff;
    }
  }
  if (!isSuspended(account, account.asOf, suspendAfterDays)) return;
  for (const portion of BORNE) {
    books['suspended-interest'] -= books[`${portion}-receivable`];
    books[`${portion}-income`] += books[`${portion}-receivable`];
  }
};

/** Money that is collected on a loan that was charged off. Refunds undo what was lent: they lower what was lost. */
const COLLECTED: ReadonlySet<string> = new Set(['repayment', 'down-payment', 'payoff', 'settlement', 'recovery']);

const isCollected = (kind: string, { goodwill }: AccountingTerms): boolean =>
  COLLECTED.has(kind) || (kind === 'goodwill-credit' && goodwill === 'by-portion');

/**
 * Principal that is charged off is an expense, once and for all: giving the debt up later changes nothing. Interest,
 * fees and penalties leave the income that they were. Collecting goes on: what comes in is income of its own.
 */
const chargeOff = (
  books: Books,
  sums: Sums,
  { transactions }: LoanAccount,
  at: number,
  accounting: AccountingTerms,
): void => {
  const day = transactions[at]?.on ?? 0;
  const collected = transactions.filter(
    ({ kind, undone, on }, index) =>
      isCollected(kind, accounting) && !undone && (on > day || (on === day && index > at)),
  );
  for (const portion of PORTIONS) {
    const recovered = sumOf(collected, portion);
    const { writtenOff } = sums[portion];
    const lost = books[`${portion}-receivable`] + writtenOff + recovered;
    books[`${portion}-receivable`] = 0n;
    books['write-off-expense'] -= writtenOff;
    books['recovery-income'] -= recovered;
    if (portion === 'principal') books['charge-off-expense'] += lost;
    else books[`${portion}-income`] += lost;
  }
};

/** The balanced journal that leads from one account's books to another's. */
export const journalBetween = (
  before: LoanAccount,
  after: LoanAccount,
  currency: Currency,
  accounting: AccountingTerms,
): Journal => {
  const pen = penOf(currency);
  const [was, is] = [booksOf(before, accounting), booksOf(after, accounting)];
  const debit: Partial<Record<BookRole, string>> = {};
  const credit: Partial<Record<BookRole, string>> = {};
  let [sum, moves] = [0n, false];
  for (const role of BOOK_ROLES) {
    const moved = is[role] - was[role];
    if (moved === 0n) continue;
    sum += moved;
    moves = true;
    if (moved > 0n) debit[role] = pen.write(moved);
    else credit[role] = pen.write(-moved);
  }
  assert(sum === 0n, () => `the books of a loan are off by ${sum}: ${JSON.stringify({ debit, credit })}`);
  return moves ? { debit, credit } : {};
};
