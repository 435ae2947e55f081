import { minorDigits, type Rounding } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import { type Decimal, roundedToMultiple } from './precision';

/** How a loan's amounts are rounded. Amounts are minor units. */
export interface MoneyRules {
  readonly rounding: Rounding;
  /** Every amount is a multiple of this: 1 minor unit, unless the terms say more. */
  readonly quantum: bigint;
  /** The installment is a multiple of this. */
  readonly installmentMultiple: bigint | undefined;
  readonly smoothing: boolean;
}

export const moneyRulesOf = ({ currency, rounding }: LoanTerms): MoneyRules => {
  const minor = (text: string | undefined): bigint | undefined =>
    text === undefined ? undefined : minorOf(text, minorDigits(currency));
  return {
    rounding: rounding.mode,
    quantum: minor(rounding.amountMultiple) ?? 1n,
    installmentMultiple: minor(rounding.installmentMultiple),
    smoothing: rounding.smoothing,
  };
};

/** A decimal text of the currency in minor units. Decimals beyond them are zeros: the terms were checked. */
export const minorOf = (text: string, decimals: number): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
};

/** An exact amount, rounded as the terms say. */
export const roundedAmount = (rules: MoneyRules, amount: Decimal): bigint =>
  roundedToMultiple(amount, rules.quantum, rules.rounding);

/** An approximate amount, rounded; undefined where its error leaves room for doubt. */
export const surelyRounded = (rules: MoneyRules, amount: number, error: number): bigint | undefined => {
  const rounded = surelyRoundedMinor(rules, amount, error);
  return rounded === undefined ? undefined : BigInt(rounded);
};

/** The same as a double: a whole number below 2^53. */
export const surelyRoundedMinor = (
  { rounding, quantum }: MoneyRules,
  amount: number,
  error: number,
): number | undefined => {
  if (!(amount < SAFE)) return undefined;
  const unit = quantum === 1n ? 1 : Number(quantum);
  const multiples = amount / unit;
  const doubt = error / unit;
  const down = Math.floor(multiples);
  const rest = multiples - down;
  switch (rounding) {
    case 'HALF_EVEN':
    case 'HALF_UP':
      if (rest < 0.5 - doubt) return down * unit;
      return rest > 0.5 + doubt ? (down + 1) * unit : undefined;
    case 'DOWN':
    case 'UP':
      if (rest <= doubt || rest >= 1 - doubt) return undefined;
      return (rounding === 'DOWN' ? down : down + 1) * unit;
  }
};

const SAFE = 2 ** 50;

/** The nearest multiple for an installment; where that gives nothing of something it stays as it is. */
export const installmentOf = ({ installmentMultiple: multiple, rounding }: MoneyRules, amount: bigint): bigint => {
  if (multiple === undefined || multiple === 0n) return amount;
  const rounded = roundedToMultiple({ digits: amount, scale: 0 }, multiple, rounding);
  return rounded === 0n && amount > 0n ? amount : rounded;
};
