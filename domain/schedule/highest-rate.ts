import {
  type BusinessDate,
  type Currency,
  formatMinor,
  type Money,
  minorDigits,
  moneyOf,
  type RateText,
  type Rounding,
} from '../kernel';
import { allInRateOf } from './all-in-rate';
import type { LoanTerms } from './loan-terms';
import { asIfDisbursed } from './quote';
import type { AccountDisbursement, AccountInstallment } from './replay';

/** Parts of a minor unit: figures this fine are as good as unrounded. */
const FINE = 1_000_000n;

/**
 * The all-in rate that a loan cannot exceed whatever its roundings do, in so many installments, as if disbursed on the
 * given day. It is that of the unrounded plan, with every figure raised by all that roundings can add. They weigh most
 * on the least amount that may be borrowed, and are taken in that proportion: of any amount from `least` to
 * `principal`, the rate is below this if unrounded it is not above that of `principal`.
 */
export const highestRateOf = (
  terms: LoanTerms,
  principal: Money,
  installments: number,
  on: BusinessDate,
  least: Money = principal,
): RateText => {
  const { currency } = terms;
  const unrounded = asIfDisbursed(finely(terms), moneyOf(principal.minor * FINE, currency), installments, on);
  const weighed = (minor: bigint): bigint => (minor * FINE * principal.minor + least.minor - 1n) / least.minor;
  return allInRateOf(terms, {
    disbursements: lessened(unrounded.disbursements, terms, weighed),
    installments: raised(unrounded.installments, terms, weighed),
  });
};

/** Each charge that is kept back costs a rounding more. */
const lessened = (
  payouts: readonly AccountDisbursement[],
  terms: LoanTerms,
  weighed: (minor: bigint) => bigint,
): readonly AccountDisbursement[] =>
  payouts.map(({ kept, ...payout }) =>
    kept === undefined ? payout : { ...payout, kept: kept + stepOf(terms, weighed) * BigInt(terms.charges.length) },
  );

/** The most that rounding adds to a figure. */
const stepOf = ({ rounding, currency }: LoanTerms, weighed: (minor: bigint) => bigint): bigint =>
  (weighed(roundedTo(rounding, currency)) * RAISED_BY[rounding.mode] + 1n) / 2n;

const roundedTo = ({ amountMultiple }: LoanTerms['rounding'], currency: Currency): bigint =>
  amountMultiple === undefined ? 1n : minorOf(amountMultiple, currency);

/** The most by which rounding raises a figure, in halves of what it is rounded to. */
const RAISED_BY: Readonly<Record<Rounding, bigint>> = { HALF_EVEN: 1n, HALF_UP: 1n, UP: 2n, DOWN: 0n };

/** Whether terms name sums of money: their rate depends on how much is borrowed. */
export const namesSums = (terms: LoanTerms): boolean =>
  'amount' in terms.amortization ||
  terms.amortization.kind === 'hand-made' ||
  terms.charges.some(
    ({ calculation }) => calculation.kind === 'flat' || 'least' in calculation || 'most' in calculation,
  );

/**
 * Interest and each charge cost a rounding more; the principal comes back sooner by what an installment may be too
 * large: it is rounded itself, and so is the interest in it. The interest stays that of the slower plan.
 */
const raised = (
  rows: readonly AccountInstallment[],
  terms: LoanTerms,
  weighed: (minor: bigint) => bigint,
): readonly AccountInstallment[] => {
  const { rounding, charges, currency } = terms;
  const { installmentMultiple } = rounding;
  const rounded = roundedTo(rounding, currency);
  const step = stepOf(terms, weighed);
  const sooner = weighed(
    2n * rounded + (installmentMultiple === undefined ? 0n : minorOf(installmentMultiple, currency)),
  );
  let left = rows.reduce((sum, { owed }) => sum + owed.principal, 0n);
  // Interest that is put off was rounded in each of its periods.
  let roundings = 0n;
  return rows.map((row) => {
    const { principal, interest, fee, penalty } = row.owed;
    roundings += 1n;
    const risen = interest === 0n ? 0n : interest + step * roundings;
    if (interest !== 0n) roundings = 0n;
    const asked = smaller(principal + sooner, left);
    left -= asked;
    const owed = {
      principal: asked,
      interest: risen,
      fee: fee === 0n ? 0n : fee + step * BigInt(charges.length),
      penalty,
    };
    return { ...row, owed };
  });
};

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** The same terms in fine parts: nothing is rounded to more than those, sums of money are so many times as large. */
const finely = ({ rounding: _, ...terms }: LoanTerms): LoanTerms => ({
  ...terms,
  rounding: { mode: 'HALF_EVEN', smoothing: false },
  amortization: amortizationIn(terms),
  charges: terms.charges.map((charge) => ({ ...charge, calculation: calculationIn(charge, terms.currency) })),
});

/** Terms may write fewer decimals than the currency has, or more, which are then noughts. */
const minorOf = (amount: string, currency: Currency): bigint => {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = minorDigits(currency);
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
};

const larger = (amount: string, currency: Currency): string => formatMinor(minorOf(amount, currency) * FINE, currency);

const amortizationIn = ({ amortization, currency }: Pick<LoanTerms, 'amortization' | 'currency'>) => {
  switch (amortization.kind) {
    case 'balloon-amount':
    case 'fixed-installment':
      return { ...amortization, amount: larger(amortization.amount, currency) };
    case 'hand-made':
      return { ...amortization, principal: amortization.principal.map((amount) => larger(amount, currency)) };
    default:
      return amortization;
  }
};

const calculationIn = ({ calculation }: LoanTerms['charges'][number], currency: Currency) => {
  if (calculation.kind === 'flat') return { ...calculation, amount: larger(calculation.amount, currency) };
  const { least, most } = calculation;
  return {
    ...calculation,
    ...(least !== undefined && { least: larger(least, currency) }),
    ...(most !== undefined && { most: larger(most, currency) }),
  };
};
