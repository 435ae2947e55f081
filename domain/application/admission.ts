import type { BorrowerStanding } from '../borrower';
import { compareMoney, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import type { OfferingInForce } from '../product';
import type { ApplicationCommand } from './commands';

type Submission = Extract<ApplicationCommand, { readonly type: 'SubmitApplication' }>;

/**
 * The offering that is applied for, or why this borrower cannot apply for this. Regions are the decision's business.
 */
export const admit = ({ data, facts: { borrower, product } }: Submission): OfferingInForce | Refusal => {
  const fault = faultOfStanding(borrower);
  if (fault) return fault;
  if (product === undefined) return refuse('PRODUCT_NOT_ON_OFFER', `${data.productId} is not on offer`);
  return (
    amountOutside(data, product) ??
    termOutside(data, product) ??
    (borrower.cards.includes(data.cardId) ? product : refuse('CARD_UNKNOWN', `no bound card ${data.cardId}`))
  );
};

/** Whether a borrower may bind themselves now: in good standing, with the consent that a signature needs. */
export const faultOfSigner = (borrower: BorrowerStanding): Refusal | undefined =>
  faultOfStanding(borrower) ??
  (borrower.consents.includes('electronic-signature')
    ? undefined
    : refuse('CONSENT_NOT_IN_FORCE', 'no consent to electronic-signature is in force'));

const faultOfStanding = ({ status }: BorrowerStanding): Refusal | undefined => {
  switch (status) {
    case 'verified':
      return undefined;
    case 'unknown':
      return refuse('NOT_FOUND', 'no such borrower');
    case 'registered':
      return refuse('BORROWER_NOT_VERIFIED', 'the identity of the borrower has not been verified');
    case 'frozen':
      return refuse('BORROWER_FROZEN', 'the borrower is frozen');
    case 'erased':
      return refuse('BORROWER_ERASED', 'the borrower has been erased');
    default:
      return unreachable(status);
  }
};

const amountOutside = ({ amount }: Submission['data'], { offering }: OfferingInForce): Refusal | undefined => {
  const { least, most } = offering.amount;
  const inside =
    amount.currency === offering.terms.currency &&
    compareMoney(parseMoney(amount), parseMoney(least)) >= 0 &&
    compareMoney(parseMoney(amount), parseMoney(most)) <= 0;
  return inside
    ? undefined
    : refuse('AMOUNT_OUTSIDE_BOUNDS', `${least.amount} to ${most.amount} ${least.currency} is on offer`);
};

const termOutside = ({ installments }: Submission['data'], { offering }: OfferingInForce): Refusal | undefined => {
  const { least, most } = offering.installments;
  return least <= installments && installments <= most
    ? undefined
    : refuse('TERM_OUTSIDE_BOUNDS', `${least} to ${most} installments are on offer`);
};
