import type { Day } from '../calendar';
import * as cumulative from './cumulative';
import type { LoanTerms } from './loan-terms';
import * as progressive from './progressive';
import type { LoanAccount, LoanAgreement, LoanFact, PortionAmounts } from './replay';

const ENGINES = { progressive, cumulative } as const;

/** A loan on a day, from all that is known of it, planned as its terms say. */
export const replayLoan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
): LoanAccount => ENGINES[terms.planning].replay(terms, agreement, facts, asOf);

/** What closes a loan on a day, by portion. */
export const payoffOf = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
): PortionAmounts => ENGINES[terms.planning].payoff(terms, agreement, facts, on);
