import { createHash } from 'node:crypto';
import type {
  ApplicationEvent,
  ApplicationStatus,
  BorrowerStanding,
  Decision,
  Declaration,
} from '../../domain/application';
import {
  addDays,
  applicationId,
  borrowerId,
  businessDate,
  type Instant,
  instant,
  type MoneyText,
  parseMoney,
  productId,
} from '../../domain/kernel';
import { type LoanTerms, type Quote, quoteOf } from '../../domain/schedule';
import { sampleOffering, sampleTerms } from './offerings';

/** One application in every status it can have, with the facts that lead there. */

export const TODAY = businessDate('2026-03-02');
/** The last day of an offer that was made today. */
export const LAST_DAY = addDays(TODAY, 7);
const at: Instant = instant('2026-03-02T02:00:00.000Z');

export const application = applicationId('4q2m');
export const borrower = borrowerId('li');
export const stranger = borrowerId('wang');
const product = productId('first-credit');
export const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

export const goodStanding: BorrowerStanding = {
  status: 'verified',
  cards: ['card-1'],
  consents: ['identity-verification', 'credit-bureau', 'electronic-signature'],
};
export const onOffer = { version: 3, offering: sampleOffering };

const declaration: Declaration = {
  monthlyIncome: cny('9000.00'),
  employment: '1-to-4-years',
  job: 'skilled',
  housing: 'rent',
  property: 'none',
  purpose: 'electronics',
  otherInstallmentPlans: 'none',
  dependants: '0-to-2',
  residence: '1-to-4-years',
};

/** What is asked for: 12,000.00 over twelve months. */
export const request = {
  borrowerId: borrower,
  productId: product,
  amount: cny('12000.00'),
  installments: 12,
  cardId: 'card-1',
  declaration,
};

export const offerFor = (amount: string, installments = 12, terms: LoanTerms = sampleTerms): Quote =>
  quoteOf(terms, parseMoney({ amount, currency: terms.currency }), installments, TODAY, (text) =>
    createHash('sha256').update(text).digest('hex'),
  );
export const offer = offerFor('12000.00');

export const decisionOf = (outcome: Decision['outcome'], reasons: Decision['reasons'] = []): Decision => ({
  outcome,
  reasons,
  score: 612,
  policy: { name: 'first-credit', version: 1, hash: 'a'.repeat(64) },
  features: { age: 31, region: '11' },
  sources: [{ source: 'bureau', outcome: 'answered', consentId: 'c1', tookMs: 12, at }],
  trace: [{ rule: 'age', fired: false }],
  ...(outcome === 'approve' ? { granted: cny('12000.00') } : {}),
  tookMs: 20,
});

export const contract = { templateVersion: '2026-01', documentHash: 'd'.repeat(64) };
export const evidence = { authority: 'ca', reference: 's1', keyId: 'k1', signature: 'c2ln', signedAt: at };

export const submitted: ApplicationEvent = {
  type: 'ApplicationSubmitted',
  data: { ...request, productVersion: 3, terms: sampleTerms, submittedOn: TODAY },
};
const started: ApplicationEvent = { type: 'DecisionStarted', data: {} };
export const referred: ApplicationEvent = {
  type: 'ApplicationReferred',
  data: { decision: decisionOf('refer', ['SCORE_NEEDS_REVIEW']) },
};
export const approved: ApplicationEvent = {
  type: 'ApplicationApproved',
  data: { decision: decisionOf('approve'), offer, cap: '0.24', offerExpiresOn: LAST_DAY },
};
export const accepted: ApplicationEvent = {
  type: 'OfferAccepted',
  data: { quoteHash: offer.quoteHash, contract, acceptedOn: TODAY },
};
export const signatureRequested: ApplicationEvent = {
  type: 'SignatureRequested',
  data: { documentHash: contract.documentHash, borrowerId: borrower },
};
export const signed: ApplicationEvent = {
  type: 'ContractSigned',
  data: { documentHash: contract.documentHash, evidence, borrowerId: borrower },
};
export const rejected: ApplicationEvent = {
  type: 'ApplicationRejected',
  data: { reasons: ['SCORE_BELOW_CUTOFF'], decision: decisionOf('reject', ['SCORE_BELOW_CUTOFF']) },
};
export const expired: ApplicationEvent = {
  type: 'ApplicationExpired',
  data: { expiredOn: addDays(LAST_DAY, 1), borrowerId: borrower },
};
const withdrawn: ApplicationEvent = {
  type: 'ApplicationWithdrawn',
  data: { reason: 'changed my mind', borrowerId: borrower },
};

/** The facts that lead to each status. */
export const lives: Readonly<Record<ApplicationStatus, readonly ApplicationEvent[]>> = {
  none: [],
  submitted: [submitted],
  deciding: [submitted, started],
  referred: [submitted, started, referred],
  approved: [submitted, started, approved],
  accepted: [submitted, started, approved, accepted],
  'signature-requested': [submitted, started, approved, accepted, signatureRequested],
  signed: [submitted, started, approved, accepted, signatureRequested, signed],
  rejected: [submitted, started, rejected],
  expired: [submitted, started, approved, expired],
  withdrawn: [submitted, started, withdrawn],
};
