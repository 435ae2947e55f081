import type { Day } from '../../calendar';
import type { LoanTerms } from '../loan-terms';
import type { LoanAccount, LoanAgreement, LoanFact, PortionAmounts } from '../replay';
import { accountOf } from './account';
import { keepBooks } from './books';
import { earlySettlement } from './early-settlement';
import { undoneIn } from './in-order';
import { payoffOf } from './payoff';
import { tell } from './tell';

/**
 * A loan on a day, from its facts alone: the plan that they lead to, and every movement of money on it. Facts may come
 * in any order. Amounts in minor units.
 * @throws InvariantError for facts that loans planned period by period do not know (re-ageing, re-amortisation).
 */
export const replay = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
): LoanAccount => {
  const books = keepBooks(tell(terms, agreement, facts, asOf));
  const undone = undoneIn(facts);
  return accountOf(
    books,
    facts.filter(({ id }) => undone.has(id)),
  );
};

/** What would close a loan on a day, per portion, in minor units. */
export const payoff = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
): PortionAmounts => {
  const story = tell(terms, agreement, facts, on);
  const early = earlySettlement(story, on);
  return payoffOf(early.length === 0 ? story : { ...story, demands: [...story.demands, ...early] }, on);
};
