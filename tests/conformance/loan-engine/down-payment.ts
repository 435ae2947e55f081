import { divideRounded, parseRate } from '../../../domain/kernel';
import type { LoanTerms } from '../../../domain/schedule/loan-terms';
import { minorOf } from './figures';

/**
 * What is paid down automatically of a disbursement, in minor units: its share, to the installment's multiple, less the
 * money that is over already and pays it anyway.
 */
export const automaticDownPayment = (
  { downPayment, rounding }: LoanTerms,
  disbursed: bigint,
  decimals: number,
  overpaid: bigint,
): bigint | undefined => {
  if (downPayment?.automatic !== true) return undefined;
  const { numerator, denominator } = parseRate(downPayment.share);
  const share = divideRounded(disbursed * numerator, denominator, rounding.mode);
  const multiple = rounding.installmentMultiple === undefined ? 1n : minorOf(rounding.installmentMultiple, decimals);
  const down = divideRounded(share, multiple, rounding.mode) * multiple - overpaid;
  return down > 0n || overpaid === 0n ? down : undefined;
};
