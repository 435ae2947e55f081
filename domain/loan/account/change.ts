import { z } from 'zod';
import { type Day, dateOf, dayOf } from '../../calendar';
import { type BusinessDate, businessDateSchema, type Currency } from '../../kernel';
import type { AccountInstallment, LoanAccount, LoanFact, PortionAmounts } from '../../schedule';
import { chargeChangeSchema, chargeChanges, withCharges } from './charge-change';
import { type FactText, readFact } from './fact-texts';
import { installmentChangeSchema, installmentChanges, withInstallments } from './installment-change';
import { amountTextSchema, NOTHING, penOf } from './pen';
import { transactionChangeSchema, transactionChanges, withTransactions } from './transaction-change';

export const ACCOUNT_STATUSES = [
  'approved',
  'active',
  'overpaid',
  'closed',
  'settled',
  'written-off',
  'charged-off',
] as const;

/**
 * What became of a loan's account by one fact: whatever is other than before, as it now is; what is not said is as it
 * was. A fact that lies before others changes what those came to; they are among the transactions then, and both views
 * stay in the log.
 */
export const accountChangeSchema = z.strictObject({
  /** The day of the account, where it is another than the event's own. */
  asOf: businessDateSchema.optional(),
  status: z.enum(ACCOUNT_STATUSES).optional(),
  /** How many installments there are now, when there are fewer: those above are gone. */
  count: z.int().min(0).optional(),
  installments: z.array(installmentChangeSchema).optional(),
  transactions: z.array(transactionChangeSchema).optional(),
  charges: z.array(chargeChangeSchema).optional(),
  /** Held for the borrower. */
  overpaid: amountTextSchema.optional(),
});
export type AccountChange = Readonly<z.infer<typeof accountChangeSchema>>;

/** What a change is told with: the day that it counts for, and the fact that led to it, if it was not time alone. */
export interface Occasion {
  readonly on: Day;
  readonly fact?: LoanFact | undefined;
}

/** An account before anything was paid out. */
export const emptyAccount: LoanAccount = {
  asOf: 0,
  status: 'approved',
  disbursements: [],
  installments: [],
  transactions: [],
  charges: [],
  outstanding: NOTHING,
  overdue: NOTHING,
  overpaid: 0n,
};

/** What turns one account into another. */
export const changeBetween = (
  before: LoanAccount,
  after: LoanAccount,
  { on, fact }: Occasion,
  currency: Currency,
): AccountChange => {
  const pen = penOf(currency);
  const installments = installmentChanges(pen, before.installments, after.installments);
  const transactions = transactionChanges(pen, fact, before.transactions, after.transactions);
  const charges = chargeChanges(pen, before.charges, after.charges);
  const count = after.installments.length;
  return {
    ...(after.asOf !== on && { asOf: dateOf(after.asOf) }),
    ...(after.status !== before.status && { status: after.status }),
    ...(count < before.installments.length && { count }),
    ...(installments.length > 0 && { installments: [...installments] }),
    ...(transactions.length > 0 && { transactions: [...transactions] }),
    ...(charges.length > 0 && { charges: [...charges] }),
    ...(after.overpaid !== before.overpaid && { overpaid: pen.write(after.overpaid) }),
  };
};

/** The account after a change. What it says of its own sums follows from its installments. */
export const applyChange = (
  before: LoanAccount,
  change: AccountChange,
  { on, fact }: Occasion,
  currency: Currency,
): LoanAccount => {
  const pen = penOf(currency);
  const asOf = change.asOf === undefined ? on : dayOf(change.asOf);
  const kept = change.count === undefined ? before.installments : before.installments.slice(0, change.count);
  const installments = change.installments === undefined ? kept : withInstallments(pen, kept, change.installments);
  const transactions =
    change.transactions === undefined
      ? before.transactions
      : withTransactions(pen, fact, before.transactions, change.transactions);
  return {
    asOf,
    status: change.status ?? before.status,
    disbursements: transactions === before.transactions ? before.disbursements : disbursementsOf(transactions),
    installments,
    transactions,
    charges: change.charges === undefined ? before.charges : withCharges(pen, before.charges, change.charges),
    outstanding: outstandingAfter(before, installments),
    overdue: overdueOf(installments, asOf),
    overpaid: change.overpaid === undefined ? before.overpaid : pen.read(change.overpaid),
  };
};

/** The account after an event, as the event says it. */
export const accountAfter = (
  before: LoanAccount,
  event: { readonly valueDate: BusinessDate; readonly fact?: FactText; readonly change: AccountChange },
  currency: Currency,
): LoanAccount => {
  const { valueDate, fact, change } = event;
  const on = dayOf(valueDate);
  return applyChange(before, change, { on, fact: fact && readFact(fact, valueDate, currency) }, currency);
};

const disbursementsOf = (transactions: LoanAccount['transactions']): LoanAccount['disbursements'] =>
  transactions.flatMap(({ kind, undone, fact, on, amount }) => {
    if (kind !== 'disbursement' || undone) return [];
    const kept = transactions.find((one) => one.kind === 'disbursement-charge' && one.fact === fact && !one.undone);
    return kept === undefined ? [{ fact, on, amount }] : [{ fact, on, amount, kept: kept.amount }];
  });

type Sums = { -readonly [Portion in keyof PortionAmounts]: bigint };

const addOutstanding = (sums: Sums, row: AccountInstallment, sign: 1n | -1n): void => {
  const { owed, paid, waived, writtenOff } = row;
  sums.principal += sign * positive(owed.principal - paid.principal - waived.principal - writtenOff.principal);
  sums.interest += sign * positive(owed.interest - paid.interest - waived.interest - writtenOff.interest);
  sums.fee += sign * positive(owed.fee - paid.fee - waived.fee - writtenOff.fee);
  sums.penalty += sign * positive(owed.penalty - paid.penalty - waived.penalty - writtenOff.penalty);
};

/** What is outstanding, from what was: only rows that have changed are looked at. */
const outstandingAfter = (before: LoanAccount, after: LoanAccount['installments']): PortionAmounts => {
  const { installments: was, outstanding } = before;
  if (was === after) return outstanding;
  const sums = { ...outstanding };
  for (let at = 0; at < was.length || at < after.length; at += 1) {
    const [old, row] = [was[at], after[at]];
    if (old === row) continue;
    if (old !== undefined) addOutstanding(sums, old, -1n);
    if (row !== undefined) addOutstanding(sums, row, 1n);
  }
  return sums;
};

const overdueOf = (installments: LoanAccount['installments'], asOf: Day): PortionAmounts => {
  if (!installments.some(({ due }) => due < asOf)) return NOTHING;
  const sums = { ...NOTHING };
  for (const row of installments) if (row.due < asOf) addOutstanding(sums, row, 1n);
  return sums;
};

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
