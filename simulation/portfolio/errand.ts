import type { BusinessDate } from '../../domain/kernel';
import type { Applicant } from '../people';
import type { SeededRandom } from '../random';
import type { Caller } from './caller';
import type { Repayment } from './repaying';

/** Somebody whom the house knows: who they are, how they call it, and the chance that they live by. */
export interface Customer {
  readonly applicant: Applicant;
  readonly caller: Caller;
  readonly borrowerId: string;
  readonly random: SeededRandom;
}

/** What a customer wants of the house on their next visit. */
export type Errand =
  | { readonly kind: 'hear-decision'; readonly applicationId: string }
  | { readonly kind: 'sign'; readonly applicationId: string; readonly quoteHash: string }
  | { readonly kind: 'see-loan'; readonly visitsLeft: number }
  | { readonly kind: 'repay'; readonly repayments: readonly Repayment[]; readonly next: number };

/** A visit that somebody means to make. */
export interface Visit {
  readonly customer: Customer;
  readonly on: BusinessDate;
  readonly errand: Errand;
}
