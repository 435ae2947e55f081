import { z } from 'zod';
import { assert, type Currency, formatMinor, minorDigits } from '../../kernel';
import type { PortionAmounts } from '../../schedule';

/** An amount as it travels in the events of a loan: a decimal text in the loan's currency. */
export const amountTextSchema = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/, 'an amount such as "1000.00"');

/** An amount per portion, without those that are nothing. */
export const portionTextsSchema = z.strictObject({
  principal: amountTextSchema.optional(),
  interest: amountTextSchema.optional(),
  fee: amountTextSchema.optional(),
  penalty: amountTextSchema.optional(),
});
export type PortionTexts = Readonly<z.infer<typeof portionTextsSchema>>;

/** The portions in the order in which they are told. */
export const PORTION_NAMES = ['penalty', 'fee', 'interest', 'principal'] as const;

/** Writes and reads amounts of one currency. */
export interface Pen {
  write(minor: bigint): string;
  read(text: string): bigint;
}

const newPen = (currency: Currency): Pen => {
  const digits = minorDigits(currency);
  return {
    write: (minor) => formatMinor(minor, currency),
    read: (text) => {
      const dot = text.indexOf('.');
      assert((dot < 0 ? 0 : text.length - dot - 1) === digits, () => `${text} has not the decimals of ${currency}`);
      return BigInt(dot < 0 ? text : text.slice(0, dot) + text.slice(dot + 1));
    },
  };
};

const PENS = new Map<Currency, Pen>();

export const penOf = (currency: Currency): Pen => {
  const known = PENS.get(currency);
  if (known !== undefined) return known;
  const pen = newPen(currency);
  PENS.set(currency, pen);
  return pen;
};

export const NOTHING: PortionAmounts = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };

export const samePortions = (one: PortionAmounts, other: PortionAmounts): boolean =>
  one === other ||
  (one.principal === other.principal &&
    one.interest === other.interest &&
    one.fee === other.fee &&
    one.penalty === other.penalty);

export const writePortions = (pen: Pen, amounts: PortionAmounts): PortionTexts => {
  const { principal, interest, fee, penalty } = amounts;
  return {
    ...(principal !== 0n && { principal: pen.write(principal) }),
    ...(interest !== 0n && { interest: pen.write(interest) }),
    ...(fee !== 0n && { fee: pen.write(fee) }),
    ...(penalty !== 0n && { penalty: pen.write(penalty) }),
  };
};

const readAmount = (pen: Pen, text: string | undefined): bigint => (text === undefined ? 0n : pen.read(text));

export const readPortions = (pen: Pen, texts: PortionTexts | undefined): PortionAmounts =>
  texts === undefined
    ? NOTHING
    : {
        principal: readAmount(pen, texts.principal),
        interest: readAmount(pen, texts.interest),
        fee: readAmount(pen, texts.fee),
        penalty: readAmount(pen, texts.penalty),
      };
