import type { Day } from '../../../calendar';
import { parseRate } from '../../../kernel';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement, LoanFact } from '../../replay';
import { type Model, modelOf } from '../model/model';
import { stepped } from '../model/nominal-units';
import { repaymentPeriods, startOf } from '../model/repayment-periods';
import type { Stretch } from '../model/year-share';
import { installmentOf } from './installment';
import type { Life } from './life';

/** A loan just before its first payout; undefined where there is none. */
export const beginLife = (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[]): Life | undefined => {
  const first = facts.find(({ kind }) => kind === 'disbursement');
  if (first === undefined) return undefined;
  const agreed = repaymentPeriods(terms, agreement, startOf(terms, agreement, first.on));
  const model = modelOf(
    terms,
    facts.reduce((stretches, fact) => withMove(terms, stretches, fact), agreed),
  );
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
  };
};

const bearsInterest = ({ rates }: Model, facts: readonly LoanFact[]): boolean =>
  rates.some(({ perYear }) => perYear.digits > 0n) ||
  facts.some((fact) => fact.kind === 'rate-change' && parseRate(fact.perYear).numerator > 0n);

/** A moved due date takes all later ones with it: they are counted from it. */
const withMove = ({ dueDates: { period } }: LoanTerms, stretches: Stretch[], fact: LoanFact): Stretch[] => {
  if (fact.kind !== 'due-date-move') return stretches;
  const moved = stretches.findIndex(({ due }) => due >= fact.from);
  if (moved < 0) return stretches;
  const dueOf = (index: number): Day => stepped(fact.to, period.unit, (index - moved) * period.every);
  return stretches.map((stretch, index) => {
    if (index < moved) return stretch;
    return { from: index === moved ? stretch.from : dueOf(index - 1), due: dueOf(index) };
  });
};
