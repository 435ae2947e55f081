import type { Day } from '../../../calendar';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement, LoanFact } from '../../replay';
import { smaller } from '../model/amounts';
import { untilDay } from '../model/until-day';
import type { Life } from './life';

type Refund = Extract<LoanFact, { kind: 'credit' }>;
type LiveThrough = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
) => Life | undefined;

/**
 * The interest that would not have been charged had the refunded money never been lent: what the loan asks for by that
 * day, without what was refunded of it before, against a loan whose refunds all came on the day of the payout.
 */
export const interestToRefund = (
  life: Life,
  lived: readonly LoanFact[],
  refunded: bigint,
  on: Day,
  liveThrough: LiveThrough,
): bigint => {
  const other = liveThrough(life.terms, life.agreement, asIfNeverLent(lived), on);
  if (other === undefined) return 0n;
  return interestAskedBy(life, on) - refunded - interestAskedBy(other, on);
};

const interestAskedBy = ({ model }: Life, on: Day): bigint =>
  untilDay(model, on).periods.reduce((sum, { dueInterest }) => sum + dueInterest, 0n);

const isRefund = (fact: LoanFact): fact is Refund => fact.kind === 'credit' && fact.refundsInterest === true;

const asIfNeverLent = (lived: readonly LoanFact[]): readonly LoanFact[] => {
  let left = lived.filter(isRefund).reduce((sum, { amount }) => sum + amount, 0n);
  return lived
    .filter((fact) => !isRefund(fact))
    .flatMap((fact): readonly LoanFact[] => {
      if (fact.kind !== 'disbursement' || left === 0n) return [fact];
      const amount = smaller(left, fact.amount);
      left -= amount;
      const { on, knownOn } = fact;
      return [fact, { kind: 'credit', credit: 'repayment', id: `${fact.id}~refunded`, on, knownOn, amount }];
    });
};
