import { z } from 'zod';
import { dateOf, dayOf } from '../../calendar';
import { businessDateSchema, type Currency } from '../../kernel';
import type { LoanAccount, PortionAmounts } from '../../schedule';
import {
  amountTextSchema,
  chargeTextSchema,
  installmentTextSchema,
  penOf,
  readCharge,
  readInstallment,
  readTransaction,
  transactionTextSchema,
  writeCharge,
  writeInstallment,
  writeTransaction,
} from './texts';

const ACCOUNT_STATUSES = ['approved', 'active', 'overpaid', 'closed', 'written-off', 'charged-off'] as const;

/**
 * What became of a loan's account by one fact: whatever is other than before, as it now is. A fact that lies before
 * others changes what those came to; they are among the transactions then, and both views stay in the log.
 */
export const accountChangeSchema = z.strictObject({
  asOf: businessDateSchema,
  status: z.enum(ACCOUNT_STATUSES),
  /** How many installments there are now; those above are gone. */
  count: z.int().min(0),
  installments: z.array(installmentTextSchema),
  transactions: z.array(transactionTextSchema),
  charges: z.array(chargeTextSchema),
  overpaid: amountTextSchema,
});
export type AccountChange = Readonly<z.infer<typeof accountChangeSchema>>;

/** An account before anything was paid out. */
export const emptyAccount: LoanAccount = {
  asOf: 0,
  status: 'approved',
  disbursements: [],
  installments: [],
  transactions: [],
  charges: [],
  outstanding: { principal: 0n, interest: 0n, fee: 0n, penalty: 0n },
  overdue: { principal: 0n, interest: 0n, fee: 0n, penalty: 0n },
  overpaid: 0n,
};

const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, n) => same(each, b[n]));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) if (!same(Reflect.get(a, key), Reflect.get(b, key))) return false;
  return true;
};

const changed = <T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string | number): readonly T[] => {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  return after.filter((one) => !same(known.get(keyOf(one)), one));
};

/** What turns one account into another. */
export const changeBetween = (before: LoanAccount, after: LoanAccount, currency: Currency): AccountChange => {
  const pen = penOf(currency);
  return {
    asOf: dateOf(after.asOf),
    status: after.status,
    count: after.installments.length,
    installments: changed(before.installments, after.installments, ({ n }) => n).map((row) =>
      writeInstallment(pen, row),
    ),
    transactions: [
      ...takenBack(before.transactions, after.transactions),
      ...changed(before.transactions, after.transactions, keyOfTransaction),
    ].map((one) => writeTransaction(pen, one)),
    charges: changed(before.charges, after.charges, ({ fact }) => fact).map((one) => writeCharge(pen, one)),
    overpaid: pen.write(after.overpaid),
  };
};

/** What is not there any more never happened, and is shown so: it stays in sight. */
const takenBack = (before: LoanAccount['transactions'], after: LoanAccount['transactions']) => {
  const left = new Set(after.map(keyOfTransaction));
  return before
    .filter((one) => !one.undone && !left.has(keyOfTransaction(one)))
    .map((one) => ({ ...one, undone: true }));
};

/** A fact leads to one transaction of a kind at the most. */
const keyOfTransaction = ({ fact, kind }: { readonly fact: string; readonly kind: string }): string =>
  `${kind} ${fact}`;

/** The account after a change. What it says of its own sums follows from its installments. */
export const applyChange = (account: LoanAccount, change: AccountChange, currency: Currency): LoanAccount => {
  const pen = penOf(currency);
  const asOf = dayOf(change.asOf);
  const installments = account.installments.slice(0, change.count);
  for (const text of change.installments) installments[text.n - 1] = readInstallment(pen, text);
  const transactions = merged(
    account.transactions,
    change.transactions.map((text) => readTransaction(pen, text)),
    keyOfTransaction,
  );
  return {
    asOf,
    status: change.status,
    disbursements: disbursementsIn(transactions),
    installments,
    transactions,
    charges: merged(
      account.charges,
      change.charges.map((text) => readCharge(pen, text)),
      ({ fact }) => fact,
    ),
    outstanding: outstandingOf(installments),
    overdue: outstandingOf(installments.filter(({ due }) => due < asOf)),
    overpaid: pen.read(change.overpaid),
  };
};

const disbursementsIn = (transactions: LoanAccount['transactions']): LoanAccount['disbursements'] => {
  const standing = transactions.filter(({ undone }) => !undone);
  const kept = new Map(
    standing.flatMap(({ kind, fact, amount }) => (kind === 'disbursement-charge' ? [[fact, amount] as const] : [])),
  );
  return standing
    .filter(({ kind }) => kind === 'disbursement')
    .map(({ fact, on, amount }) => ({ fact, on, amount, ...(kept.has(fact) && { kept: kept.get(fact) ?? 0n }) }));
};

const merged = <T>(before: readonly T[], news: readonly T[], keyOf: (one: T) => string): readonly T[] => {
  if (news.length === 0) return before;
  const places = new Map(before.map((one, place) => [keyOf(one), place]));
  const after = [...before];
  for (const one of news) {
    const place = places.get(keyOf(one));
    if (place === undefined) after.push(one);
    else after[place] = one;
  }
  return after;
};

const outstandingOf = (installments: LoanAccount['installments']): PortionAmounts => {
  const sum = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
  for (const { owed, paid, waived, writtenOff } of installments) {
    sum.principal += positive(owed.principal - paid.principal - waived.principal - writtenOff.principal);
    sum.interest += positive(owed.interest - paid.interest - waived.interest - writtenOff.interest);
    sum.fee += positive(owed.fee - paid.fee - waived.fee - writtenOff.fee);
    sum.penalty += positive(owed.penalty - paid.penalty - waived.penalty - writtenOff.penalty);
  }
  return sum;
};

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
