import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import type { ChargeCalculation, LoanTerms } from '../loan-terms';
import type { LoanAgreement, LoanFact } from '../replay';
import type { Payment } from './allocation';
import type { PlanNotes } from './plan-notes';

/** Money paid out, or expected to be. */
export interface Tranche {
  readonly id: string;
  readonly on: Day;
  readonly amount: bigint;
  /** A fixed installment from then on. */
  readonly installment: bigint | undefined;
}

export const isExpected = (id: string): boolean => id.startsWith('expected-');

/** What flat interest is charged on: what was paid out; before anything is, all that is to be. */
export const flatPrincipal = ({ tranches }: Pick<Story, 'tranches'>): bigint => {
  const paidOut = tranches.filter(({ id }) => !isExpected(id));
  return (paidOut.length === 0 ? tranches : paidOut).reduce((sum, { amount }) => sum + amount, 0n);
};

/** A charge that was made on the loan. */
export interface Demand {
  readonly id: string;
  readonly portion: 'fee' | 'penalty';
  readonly calculation: ChargeCalculation;
  /** The day from which installments bear it. */
  readonly since: Day;
  /** Absent: with every installment from `since` on. */
  readonly dueOn: Day | undefined;
}

/** Something that moves money after the disbursement, in the order in which it counts. */
export type Movement =
  | (Payment & { readonly kind: 'credit'; readonly id: string; readonly label: string })
  | { readonly kind: 'fact'; readonly id: string; readonly on: Day; readonly fact: LoanFact };

/** What changes a plan while it is made. */
export interface Variations {
  readonly rates: readonly { readonly from: Day; readonly perYear: RateText }[];
  readonly moves: readonly { readonly from: Day; readonly to: Day }[];
  readonly extras: readonly { readonly from: Day; readonly count: number }[];
  readonly graces: readonly { readonly from: Day; readonly principal: number; readonly interest: number }[];
  /** Days that bear no interest, both ends with them. */
  readonly pauses: readonly { readonly from: Day; readonly through: Day }[];
}

/** All that a plan is made of. */
export interface Story {
  readonly terms: LoanTerms;
  readonly agreement: LoanAgreement;
  readonly tranches: readonly Tranche[];
  readonly variations: Variations;
  readonly demands: readonly Demand[];
  /** A charge-off that makes all there is due: the plan ends on its day. */
  readonly endsOn?: Day;
  /** Oldest first. */
  readonly movements: readonly Movement[];
  readonly today: Day;
  /** How the plan came to be, for those who ask. */
  readonly notes?: PlanNotes;
}

export const NO_VARIATIONS: Variations = { rates: [], moves: [], extras: [], graces: [], pauses: [] };

/** The day that due dates are counted from. */
export const startOf = ({ terms, agreement, tranches }: Story): Day => {
  const first = tranches[0];
  return terms.dueDates.countedFrom === 'submission' || first === undefined ? agreement.submittedOn : first.on;
};
