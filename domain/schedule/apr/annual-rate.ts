/**
 * The answer to "which annual rate makes what was lent and what is paid back worth the same?". Rates are decimal texts
 * with exactly the decimals asked for ("0.135826" is 13.5826 %), rounded half up; a "-" stands before a rate below
 * zero, where less is paid back than was lent.
 */
export type AnnualRate =
  /** The one rate there is. */
  | { readonly kind: 'found'; readonly rate: string }
  /** Several rates solve the equation: which was chosen, why, and all of them from the lowest to the highest. */
  | {
      readonly kind: 'several';
      readonly rate: string;
      readonly chosen: ChosenBecause;
      readonly all: readonly string[];
    }
  | { readonly kind: 'none'; readonly why: NoRateBecause };

/**
 * Money that flows back and forth can balance at several rates. The lowest rate that is not below zero is the one that
 * goes to zero with the cost of the loan; where all are below zero, it is the highest.
 */
export type ChosenBecause = 'lowest-not-below-zero' | 'highest-below-zero';

/** 'no-rate': no rate from −99 % up to 999,999.9999 % solves it. */
export type NoRateBecause = 'nothing-lent' | 'nothing-paid' | 'no-rate';

/** So many units of the last decimal as text: (-5n, 2) is "-0.05". */
export const decimalText = (units: bigint, decimals: number): string => {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
};
