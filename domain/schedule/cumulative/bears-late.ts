import type { LoanTerms } from '../loan-terms';
import type { Portion } from './row';

/**
 * What of an overdue installment goes on bearing interest, from the rest date of its due date until it is paid:
 * principal, and what the contract compounds. Penalties never do.
 */
export const bearsLate = ({ recalculation }: LoanTerms): ReadonlySet<Portion> => {
  if (recalculation === undefined) return NOTHING;
  const { compounding, overduePrincipalBearsInterest } = recalculation;
  return new Set<Portion>([
    ...(overduePrincipalBearsInterest ? (['principal'] as const) : []),
    ...COMPOUNDED[compounding],
  ]);
};

const NOTHING: ReadonlySet<Portion> = new Set();

const COMPOUNDED: Readonly<Record<NonNullable<LoanTerms['recalculation']>['compounding'], readonly Portion[]>> = {
  none: [],
  interest: ['interest'],
  fee: ['fee'],
  'interest-and-fee': ['interest', 'fee'],
};
