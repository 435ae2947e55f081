import { type Day, dateOf } from '../../calendar';
import { unreachable } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, LoanFact } from '../replay';
import { payoffOf } from '../replay-loan';
import * as cumulative from './cumulative';
import type { ExplainedPayoff, PayoffExplanation } from './payoff-explanation';
import { type Pen, penOf } from './pen';
import * as progressive from './progressive';

/**
 * What a payoff on a day is made of: worked out on demand, and the sum that `payoffOf` says. Undefined while nothing is
 * lent.
 */
export const explainPayoff = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
): PayoffExplanation | undefined => {
  const pen = penOf(terms);
  const explained = explainedBy(terms, agreement, facts, on, pen);
  if (explained === undefined) return undefined;
  const { principal, interest, fee, penalty } = payoffOf(terms, agreement, facts, on);
  return {
    currency: terms.currency,
    on: dateOf(on),
    total: pen.money(principal + interest + fee + penalty),
    ...explained,
  };
};

const explainedBy = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
  pen: Pen,
): ExplainedPayoff | undefined => {
  switch (terms.planning) {
    case 'progressive': {
      const witness = progressive.witnessed(terms, agreement, facts, on, true);
      return witness && progressive.explainedPayoff(witness, pen);
    }
    case 'cumulative':
      return cumulative.explainedPayoff(terms, agreement, facts, on, pen);
    default:
      return unreachable(terms.planning);
  }
};
