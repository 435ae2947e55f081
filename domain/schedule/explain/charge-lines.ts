import { type Currency, minorDigits } from '../../kernel';
import type { ChargeCalculation } from '../loan-terms';
import { type MoneyRules, minorOf, roundedAmount } from '../progressive/model/money-rules';
import { decimalOf, times, whole } from '../progressive/model/precision';
import { change, type Pen, type PlainLine } from './pen';

interface ChargedShare {
  /** The id of the fact, or the name in the terms. */
  readonly name: string;
  readonly calculation: ChargeCalculation;
  readonly amount: bigint;
  /** What it is a share of; none for a flat amount. */
  readonly of: bigint | undefined;
}

/** What a charge comes to in an installment, and how it was worked out. */
export const chargeLines = (
  { name, calculation, amount, of }: ChargedShare,
  money: Pick<MoneyRules, 'rounding' | 'quantum'>,
  currency: Currency,
  pen: Pen,
): readonly PlainLine[] => {
  if (calculation.kind === 'flat' || of === undefined) return [{ does: 'add', why: 'charge', amount, name }];
  const { share, least, most, of: basis } = calculation;
  const digits = minorDigits(currency);
  const exact = times(whole(of), decimalOf(share));
  const rounded = roundedAmount({ ...money, installmentMultiple: undefined, smoothing: false }, exact);
  const [low, high] = [least, most].map((text) => (text === undefined ? undefined : minorOf(text, digits)));
  const raised = low !== undefined && rounded < low ? low : rounded;
  const computed = high !== undefined && raised > high ? high : raised;
  return [
    {
      does: 'add',
      why: 'charge',
      amount: computed,
      name,
      calculation: {
        kind: 'share',
        basis,
        of: pen.money(of),
        share,
        rounding: pen.rounding(exact, rounded, money),
        ...(low !== undefined && { least: pen.money(low) }),
        ...(high !== undefined && { most: pen.money(high) }),
      },
    },
    // What was paid or waived of it stays charged.
    change(amount - computed, { why: 'paid', name }),
  ];
};
