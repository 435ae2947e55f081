import type { BusinessDate } from '../../domain/kernel';
import type { Applicant, Conduct } from '../people';
import { chance, type SeededRandom } from '../random';
import type { Caller } from './caller';
import type { Choice } from './choosing';
import type { Repayment } from './repaying';

/** Somebody whom the house knows: who they are, what they want, how they call it, and the chance that they live by. */
export interface Customer {
  readonly applicant: Applicant;
  readonly choice: Choice;
  readonly productId: string;
  readonly caller: Caller;
  readonly borrowerId: string;
  readonly cardId: string;
  readonly random: SeededRandom;
}

/** What is asked of the staff about a running loan. */
export type Service =
  /** The origination fee, before it is due. */
  | { readonly kind: 'waive-fee' }
  /** A credit for a complaint, for a day that has passed. */
  | { readonly kind: 'goodwill'; readonly daysBack: number }
  /** One that was meant for somebody else, and is taken back. */
  | { readonly kind: 'goodwill-in-error' }
  | { readonly kind: 'take-back'; readonly fact: string }
  /** The next due date, to a later day of the month. */
  | { readonly kind: 'move-due-date'; readonly days: number }
  | { readonly kind: 'lower-rate' }
  /** For a statement on paper, with the next installment. */
  | { readonly kind: 'charge-fee' }
  /** Installments that somebody can pay again. */
  | { readonly kind: 'extend-term'; readonly installments: number }
  /** Given up, when it is late enough. */
  | { readonly kind: 'write-off' };

/** What a customer wants of the house on their next visit. The first application counts as `time` 1. */
export type Errand =
  | { readonly kind: 'apply-again'; readonly time: number }
  | { readonly kind: 'hear-decision'; readonly applicationId: string; readonly time: number }
  | { readonly kind: 'sign'; readonly applicationId: string; readonly quoteHash: string; readonly time: number }
  | { readonly kind: 'see-loan'; readonly applicationId: string; readonly time: number; readonly visitsLeft: number }
  | {
      readonly kind: 'repay';
      readonly loanId: string;
      readonly time: number;
      readonly conduct: readonly Conduct[];
      readonly repayments: readonly Repayment[];
      readonly next: number;
      /** Installments that the plan had when the repayments were made up. */
      readonly planned: number;
      /** Installments up to this one are debited under a mandate: nobody comes for them. */
      readonly debited: number;
    }
  /** Takes the mandate back. */
  | { readonly kind: 'revoke'; readonly loanId: string }
  /** Draws on a loan in tranches: comes early, before anybody repays. */
  | { readonly kind: 'draw'; readonly loanId: string; readonly drawing: number; readonly share: number }
  /** Has the staff do something about the loan: early as well. */
  | { readonly kind: 'service'; readonly loanId: string; readonly service: Service };

/** A visit that somebody means to make. */
export interface Visit {
  readonly customer: Customer;
  readonly on: BusinessDate;
  readonly errand: Errand;
}

/** When on its day a visit is made. */
export type PartOfDay = 'morning' | 'midday' | 'midnight';

/** Some people pay at the last moment of the day. */
const LAST_MOMENT = 0.15;

/**
 * What changes the terms of a loan is done in the morning, so that whoever pays later in the day pays by the new plan.
 */
export const partOfDay = ({ errand, customer }: Visit): PartOfDay => {
  if (errand.kind === 'draw' || errand.kind === 'service') return 'morning';
  return errand.kind === 'repay' && chance(customer.random.fork('last moment'), LAST_MOMENT) ? 'midnight' : 'midday';
};
