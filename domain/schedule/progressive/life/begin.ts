import { parseRate } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement, LoanFact } from '../../replay';
import { type Model, modelOf } from '../model/model';
import { repaymentPeriods, seedOf, startOf } from '../model/repayment-periods';
import { installmentOf } from './installment';
import type { Life } from './life';

/** A loan just before its first payout; undefined where there is none. */
export const beginLife = (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[]): Life | undefined => {
  const first = facts.find(({ kind }) => kind === 'disbursement');
  if (first === undefined) return undefined;
  const start = startOf(terms, agreement, first.on);
  const periods = repaymentPeriods(terms, agreement, start);
  const model = modelOf(terms, periods, periods.length, seedOf(agreement, start));
  if (agreement.fixedLengthDays !== undefined) model.fixedEnd = periods.length - 1;
  return {
    terms,
    agreement,
    model,
    bearsInterest: bearsInterest(model, facts),
    penaltyRate: parseRate(terms.penalty.ratePerYear),
    installments: model.periods.map((period) => installmentOf('regular', period.from, period.due, period)),
    charges: [],
    disbursements: [],
    transactions: [],
    putBacks: [],
    outstandingPrincipal: 0n,
    overpaid: 0n,
    chargedOffOn: undefined,
    writtenOffOn: undefined,
    isSettled: false,
    terminatedOn: undefined,
    turn: undefined,
  };
};

const bearsInterest = ({ rates }: Model, facts: readonly LoanFact[]): boolean =>
  rates.some(({ perYear }) => perYear.digits > 0n) ||
  facts.some((fact) => fact.kind === 'rate-change' && parseRate(fact.perYear).numerator > 0n);
