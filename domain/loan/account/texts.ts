import { z } from 'zod';
import { dateOf } from '../../calendar';
import { businessDateSchema, type Currency } from '../../kernel';
import type { AccountCharge, AccountInstallment, AccountTransaction, LoanAccount } from '../../schedule';
import { ACCOUNT_STATUSES } from './change';
import {
  amountTextSchema,
  NOTHING,
  type Pen,
  PORTION_NAMES,
  penOf,
  portionTextsSchema,
  samePortions,
  writePortions,
} from './pen';

const installmentTextSchema = z.strictObject({
  n: z.int().min(1),
  kind: z.enum(['regular', 'down-payment', 'additional', 're-aged']),
  from: businessDateSchema,
  due: businessDateSchema,
  owed: portionTextsSchema,
  paid: portionTextsSchema.optional(),
  waived: portionTextsSchema.optional(),
  writtenOff: portionTextsSchema.optional(),
  paidInAdvance: amountTextSchema.optional(),
  paidLate: amountTextSchema.optional(),
  /** Principal left after it. */
  balance: amountTextSchema,
  metOn: businessDateSchema.optional(),
});

const transactionTextSchema = z.strictObject({
  fact: z.string(),
  kind: z.string(),
  on: businessDateSchema,
  amount: amountTextSchema,
  parts: portionTextsSchema,
  overpaid: amountTextSchema.optional(),
  balance: amountTextSchema,
  undone: z.boolean().optional(),
  lines: z.array(
    z.strictObject({
      installment: z.int().min(1),
      portion: z.enum(PORTION_NAMES),
      amount: amountTextSchema,
      state: z.enum(['past-due', 'due', 'in-advance']),
    }),
  ),
});

const chargeTextSchema = z.strictObject({
  fact: z.string(),
  kind: z.enum(['fee', 'penalty']),
  dueOn: businessDateSchema.optional(),
  amount: amountTextSchema,
  paid: amountTextSchema.optional(),
  waived: amountTextSchema.optional(),
});

/** An account in full, for those who ask for it: amounts as decimal texts in the loan's currency. */
export const accountTextsSchema = z.strictObject({
  asOf: businessDateSchema,
  status: z.enum(ACCOUNT_STATUSES),
  installments: z.array(installmentTextSchema),
  transactions: z.array(transactionTextSchema),
  charges: z.array(chargeTextSchema),
  overpaid: amountTextSchema,
});
type AccountTexts = Readonly<z.infer<typeof accountTextsSchema>>;

const writeInstallment = (pen: Pen, row: AccountInstallment): AccountTexts['installments'][number] => {
  const { n, kind, from, due, owed, paid, waived, writtenOff, paidInAdvance, paidLate, balance, metOn } = row;
  return {
    n,
    kind,
    from: dateOf(from),
    due: dateOf(due),
    owed: writePortions(pen, owed),
    ...(!samePortions(paid, NOTHING) && { paid: writePortions(pen, paid) }),
    ...(!samePortions(waived, NOTHING) && { waived: writePortions(pen, waived) }),
    ...(!samePortions(writtenOff, NOTHING) && { writtenOff: writePortions(pen, writtenOff) }),
    ...(paidInAdvance !== 0n && { paidInAdvance: pen.write(paidInAdvance) }),
    ...(paidLate !== 0n && { paidLate: pen.write(paidLate) }),
    balance: pen.write(balance),
    ...(metOn !== undefined && { metOn: dateOf(metOn) }),
  };
};

const writeTransaction = (pen: Pen, transaction: AccountTransaction): AccountTexts['transactions'][number] => {
  const { fact, kind, on, amount, parts, overpaid, balance, undone, lines } = transaction;
  return {
    fact,
    kind,
    on: dateOf(on),
    amount: pen.write(amount),
    parts: writePortions(pen, parts),
    ...(overpaid !== 0n && { overpaid: pen.write(overpaid) }),
    balance: pen.write(balance),
    ...(undone && { undone }),
    lines: lines.map((line) => ({ ...line, amount: pen.write(line.amount) })),
  };
};

const writeCharge = (pen: Pen, charge: AccountCharge): AccountTexts['charges'][number] => {
  const { fact, kind, dueOn, amount, paid, waived } = charge;
  return {
    fact,
    kind,
    ...(dueOn !== undefined && { dueOn: dateOf(dueOn) }),
    amount: pen.write(amount),
    ...(paid !== 0n && { paid: pen.write(paid) }),
    ...(waived !== 0n && { waived: pen.write(waived) }),
  };
};

export const writeAccount = (account: LoanAccount, currency: Currency): AccountTexts => {
  const pen = penOf(currency);
  return {
    asOf: dateOf(account.asOf),
    status: account.status,
    installments: account.installments.map((row) => writeInstallment(pen, row)),
    transactions: account.transactions.map((one) => writeTransaction(pen, one)),
    charges: account.charges.map((one) => writeCharge(pen, one)),
    overpaid: pen.write(account.overpaid),
  };
};
