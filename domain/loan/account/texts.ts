import { z } from 'zod';
import { dateOf, dayOf } from '../../calendar';
import { assert, businessDateSchema, type Currency, formatMinor, minorDigits } from '../../kernel';
import type {
  AccountCharge,
  AccountInstallment,
  AccountTransaction,
  AllocatedLine,
  PortionAmounts,
} from '../../schedule';

/** How a loan's account travels in events: amounts as decimal texts in the loan's currency, without what is nothing. */
export const amountTextSchema = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/, 'an amount such as "1000.00"');

const PORTION_NAMES = ['principal', 'interest', 'fee', 'penalty'] as const;

export const portionTextsSchema = z.strictObject({
  principal: amountTextSchema.optional(),
  interest: amountTextSchema.optional(),
  fee: amountTextSchema.optional(),
  penalty: amountTextSchema.optional(),
});
export type PortionTexts = Readonly<z.infer<typeof portionTextsSchema>>;

export const installmentTextSchema = z.strictObject({
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
export type InstallmentText = Readonly<z.infer<typeof installmentTextSchema>>;

const lineTextSchema = z.strictObject({
  installment: z.int().min(1),
  portion: z.enum(PORTION_NAMES),
  amount: amountTextSchema,
  state: z.enum(['past-due', 'due', 'in-advance']),
});

export const transactionTextSchema = z.strictObject({
  fact: z.string(),
  kind: z.string(),
  on: businessDateSchema,
  amount: amountTextSchema,
  parts: portionTextsSchema,
  overpaid: amountTextSchema.optional(),
  balance: amountTextSchema,
  undone: z.boolean().optional(),
  lines: z.array(lineTextSchema),
});
export type TransactionText = Readonly<z.infer<typeof transactionTextSchema>>;

export const chargeTextSchema = z.strictObject({
  fact: z.string(),
  kind: z.enum(['fee', 'penalty']),
  dueOn: businessDateSchema.optional(),
  amount: amountTextSchema,
  paid: amountTextSchema.optional(),
  waived: amountTextSchema.optional(),
});
export type ChargeText = Readonly<z.infer<typeof chargeTextSchema>>;

/** Writes and reads amounts of one currency. */
export interface Pen {
  write(minor: bigint): string;
  read(text: string): bigint;
}

export const penOf = (currency: Currency): Pen => {
  const digits = minorDigits(currency);
  return {
    write: (minor) => formatMinor(minor, currency),
    read: (text) => {
      const dot = text.indexOf('.');
      assert((dot < 0 ? 0 : text.length - dot - 1) === digits, `${text} does not have the decimals of ${currency}`);
      return BigInt(dot < 0 ? text : text.slice(0, dot) + text.slice(dot + 1));
    },
  };
};

const NOTHING: PortionAmounts = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };

const isNothing = ({ principal, interest, fee, penalty }: PortionAmounts): boolean =>
  principal === 0n && interest === 0n && fee === 0n && penalty === 0n;

const writePortions = (pen: Pen, amounts: PortionAmounts): PortionTexts => {
  const { principal, interest, fee, penalty } = amounts;
  return {
    ...(principal !== 0n && { principal: pen.write(principal) }),
    ...(interest !== 0n && { interest: pen.write(interest) }),
    ...(fee !== 0n && { fee: pen.write(fee) }),
    ...(penalty !== 0n && { penalty: pen.write(penalty) }),
  };
};

const readAmount = (pen: Pen, text: string | undefined): bigint => (text === undefined ? 0n : pen.read(text));

const readPortions = (pen: Pen, texts: PortionTexts | undefined): PortionAmounts =>
  texts === undefined
    ? NOTHING
    : {
        principal: readAmount(pen, texts.principal),
        interest: readAmount(pen, texts.interest),
        fee: readAmount(pen, texts.fee),
        penalty: readAmount(pen, texts.penalty),
      };

export const writeInstallment = (pen: Pen, row: AccountInstallment): InstallmentText => {
  const { n, kind, from, due, owed, paid, waived, writtenOff, paidInAdvance, paidLate, balance, metOn } = row;
  return {
    n,
    kind,
    from: dateOf(from),
    due: dateOf(due),
    owed: writePortions(pen, owed),
    ...(!isNothing(paid) && { paid: writePortions(pen, paid) }),
    ...(!isNothing(waived) && { waived: writePortions(pen, waived) }),
    ...(!isNothing(writtenOff) && { writtenOff: writePortions(pen, writtenOff) }),
    ...(paidInAdvance !== 0n && { paidInAdvance: pen.write(paidInAdvance) }),
    ...(paidLate !== 0n && { paidLate: pen.write(paidLate) }),
    balance: pen.write(balance),
    ...(metOn !== undefined && { metOn: dateOf(metOn) }),
  };
};

export const readInstallment = (pen: Pen, text: InstallmentText): AccountInstallment => ({
  n: text.n,
  kind: text.kind,
  from: dayOf(text.from),
  due: dayOf(text.due),
  owed: readPortions(pen, text.owed),
  paid: readPortions(pen, text.paid),
  waived: readPortions(pen, text.waived),
  writtenOff: readPortions(pen, text.writtenOff),
  paidInAdvance: readAmount(pen, text.paidInAdvance),
  paidLate: readAmount(pen, text.paidLate),
  balance: pen.read(text.balance),
  ...(text.metOn !== undefined && { metOn: dayOf(text.metOn) }),
});

const writeLine = (pen: Pen, { installment, portion, amount, state }: AllocatedLine) => ({
  installment,
  portion,
  amount: pen.write(amount),
  state,
});

export const writeTransaction = (pen: Pen, transaction: AccountTransaction): TransactionText => {
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
    lines: lines.map((line) => writeLine(pen, line)),
  };
};

export const readTransaction = (pen: Pen, text: TransactionText): AccountTransaction => ({
  fact: text.fact,
  kind: text.kind,
  on: dayOf(text.on),
  amount: pen.read(text.amount),
  parts: readPortions(pen, text.parts),
  overpaid: readAmount(pen, text.overpaid),
  balance: pen.read(text.balance),
  undone: text.undone ?? false,
  lines: text.lines.map(({ amount, ...line }) => ({ ...line, amount: pen.read(amount) })),
});

export const writeCharge = (pen: Pen, { fact, kind, dueOn, amount, paid, waived }: AccountCharge): ChargeText => ({
  fact,
  kind,
  ...(dueOn !== undefined && { dueOn: dateOf(dueOn) }),
  amount: pen.write(amount),
  ...(paid !== 0n && { paid: pen.write(paid) }),
  ...(waived !== 0n && { waived: pen.write(waived) }),
});

export const readCharge = (pen: Pen, text: ChargeText): AccountCharge => {
  const amount = pen.read(text.amount);
  const paid = readAmount(pen, text.paid);
  const waived = readAmount(pen, text.waived);
  return {
    fact: text.fact,
    kind: text.kind,
    ...(text.dueOn !== undefined && { dueOn: dayOf(text.dueOn) }),
    amount,
    paid,
    waived,
    outstanding: amount - paid - waived,
  };
};
