import { formatMinor } from '../../domain/kernel';
import { explainInstallment, explainPayoff } from '../../domain/schedule/explain';
import { replayLoan } from '../../domain/schedule/replay-loan';
import { faultsOf, payoffFaultsOf } from './by-hand';
import type { KnownLoan } from './known-loans';

/**
 * What a decimal calculator does not come to of a known loan: each figure of every installment, and of its payoff, is
 * worked out again by hand from its explanation.
 */
export const faultsIn = (loan: Pick<KnownLoan, 'terms' | 'agreement' | 'facts' | 'asOf'>): readonly string[] => {
  const { terms, agreement, facts, asOf } = loan;
  const text = (minor: bigint): string => formatMinor(minor, terms.currency);
  const faults = replayLoan(terms, agreement, facts, asOf).installments.flatMap(({ n, owed }) => {
    const explanation = explainInstallment(terms, agreement, facts, asOf, n);
    if (explanation === undefined) return [`no explanation of ${n}`];
    const { principal, interest, fee, penalty } = explanation;
    const told = [principal, interest, fee, penalty].map(({ amount }) => amount).join(' ');
    const isSame = told === [owed.principal, owed.interest, owed.fee, owed.penalty].map(text).join(' ');
    return isSame ? faultsOf(explanation) : [`${n} is another in its explanation`];
  });
  const payoff = explainPayoff(terms, agreement, facts, asOf);
  return payoff === undefined ? faults : [...faults, ...payoffFaultsOf(payoff, terms.planning)];
};
