import type { Day } from '../../calendar';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import type { Demand } from './story';

/** The charges that the terms put on every installment, or on the first. */
export const termDemands = (terms: LoanTerms, since: Day, firstDue: () => Day): readonly Demand[] =>
  terms.charges
    .filter(({ time }) => time === 'per-installment' || time === 'first-installment')
    .map(({ calculation, kind, name, time }) => ({
      id: name,
      portion: kind,
      calculation,
      since,
      dueOn: time === 'first-installment' ? firstDue() : undefined,
    }));

type ChargeFact = Extract<LoanFact, { kind: 'charge' }>;

/** The charges that were made on the loan. */
export const factDemands = (facts: readonly LoanFact[]): readonly Demand[] =>
  facts
    .filter((fact): fact is ChargeFact => fact.kind === 'charge')
    .map(({ calculation, charge, dueOn, id, on }) => ({ id, portion: charge, calculation, since: on, dueOn }));
