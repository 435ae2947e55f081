import { assert, isRefusal, type Refusal, refuse, unreachable } from '../kernel';
import type { Quote } from '../schedule';
import { admit, faultOfSigner } from './admission';
import type { ApplicationCommand } from './commands';
import { pricedBy } from './decision';
import type { ApplicationEvent } from './events';
import { faultOf, hasExpired, offerExpiryFrom } from './offer';
import { beforeApproval, claimReview, releaseReview, requestHumanReview } from './review';
import type { ApplicationState, Request, SubmittedApplication } from './state';

type Outcome = readonly ApplicationEvent[] | Refusal;
type Given<Type extends ApplicationCommand['type']> = Extract<ApplicationCommand, { readonly type: Type }>;

/** Nothing is left to do: the house repeats itself, or comes when the matter has been settled otherwise. */
const NOTHING: readonly ApplicationEvent[] = [];

/**
 * What follows from a command on an application. A command of the house that comes late (the application has moved on,
 * or has ended) leads to nothing; one that comes too early, and a person's that the status does not allow, is refused.
 */
export const decide = (command: ApplicationCommand, state: ApplicationState): Outcome => {
  if (command.type === 'SubmitApplication') {
    return state.status === 'none'
      ? submit(command)
      : refuse('ALREADY_EXISTS', `${command.data.applicationId} was submitted by another command`);
  }
  return state.status === 'none'
    ? refuse('NOT_FOUND', `no application ${command.data.applicationId}`)
    : decideSubmitted(command, state);
};

const decideSubmitted = (
  command: Exclude<ApplicationCommand, Given<'SubmitApplication'>>,
  state: SubmittedApplication,
): Outcome => {
  switch (command.type) {
    case 'StartDecision':
      return state.status === 'submitted' ? [{ type: 'DecisionStarted', data: {} }] : NOTHING;
    case 'RejectApplication':
      return reject(command, state);
    case 'RecordDecision':
      return recordDecision(command, state);
    case 'ReviewApplication':
      return review(command, state);
    case 'ClaimReview':
      return state.status === 'referred' ? claimReview(command, state) : wrongStatus(state);
    case 'ReleaseReview':
      return state.status === 'referred' ? releaseReview(command, state) : wrongStatus(state);
    case 'RequestHumanReview':
      return notOwn(command, state) ?? requestHumanReview(command, state);
    case 'AcceptOffer':
      return acceptOffer(command, state);
    case 'RequestSignature':
      return requestSignature(command, state);
    case 'RecordSignature':
      return recordSignature(command, state);
    case 'ExpireApplication':
      return expire(command, state);
    case 'WithdrawApplication':
      return withdraw(command, state);
    default:
      return unreachable(command);
  }
};

const wrongStatus = ({ status }: SubmittedApplication): Refusal =>
  refuse('WRONG_STATUS', `the application is ${status}`);

const submit = (command: Given<'SubmitApplication'>): Outcome => {
  const product = admit(command);
  if (isRefusal(product)) return product;
  const { applicationId: _, ...request } = command.data;
  return [
    {
      type: 'ApplicationSubmitted',
      data: {
        ...request,
        productVersion: product.version,
        terms: product.offering.terms,
        submittedOn: command.businessDate,
      },
    },
  ];
};

const reject = ({ data }: Given<'RejectApplication'>, state: SubmittedApplication): Outcome => {
  switch (state.status) {
    case 'submitted':
    case 'deciding':
      return [{ type: 'ApplicationRejected', data: { reasons: data.reasons } }];
    case 'rejected':
    case 'expired':
    case 'withdrawn':
      return NOTHING;
    case 'referred':
      // Asked for again after a rejection, the credit line may have no room left.
      return state.review.secondLook
        ? [{ type: 'ApplicationRejected', data: { reasons: data.reasons } }]
        : wrongStatus(state);
    case 'approved':
    case 'accepted':
    case 'signature-requested':
    case 'signed':
      return wrongStatus(state);
    default:
      return unreachable(state);
  }
};

/** The facts of an approval, or why it cannot be one. */
const approve = (
  { data, facts, businessDate }: Given<'RecordDecision'> | Given<'ReviewApplication'>,
  request: Request,
  of: Pick<Extract<ApplicationEvent, { readonly type: 'ApplicationApproved' }>['data'], 'decision' | 'review'>,
): Outcome => {
  const offer: Quote | undefined = data.offer;
  assert(offer !== undefined, 'an approval brings the offer made from it');
  return (
    faultOf(offer, request, facts.cap, pricedBy(of.decision)) ?? [
      {
        type: 'ApplicationApproved',
        data: { ...of, offer, cap: facts.cap, offerExpiresOn: offerExpiryFrom(businessDate) },
      },
    ]
  );
};

const recordDecision = (command: Given<'RecordDecision'>, state: SubmittedApplication): Outcome => {
  if (state.status === 'submitted') return wrongStatus(state);
  if (state.status !== 'deciding') return NOTHING;
  const { decision, offer } = command.data;
  switch (decision.outcome) {
    case 'approve':
      assert(
        decision.granted === undefined || decision.granted.amount === offer?.principal.amount,
        'the offer is for what the decision granted',
      );
      return approve(command, state, { decision });
    case 'reject':
      assert(decision.reasons.length > 0, 'a rejection gives its reasons');
      return [{ type: 'ApplicationRejected', data: { reasons: decision.reasons, decision } }];
    case 'refer':
      return [{ type: 'ApplicationReferred', data: { decision } }];
    default:
      return unreachable(decision.outcome);
  }
};

const review = (command: Given<'ReviewApplication'>, state: SubmittedApplication): Outcome => {
  if (state.status !== 'referred') return wrongStatus(state);
  const before = beforeApproval(command, state);
  if (before) return before;
  const { decision } = state;
  const by = { reviewer: command.actor.id, note: command.data.note };
  return command.data.approve
    ? approve(command, state, { decision, review: by })
    : [{ type: 'ApplicationRejected', data: { reasons: ['REVIEWER_JUDGEMENT'], decision, review: by } }];
};

/** Other people's applications do not exist for a borrower. */
const notOwn = (
  { data }: Given<'AcceptOffer' | 'RequestSignature' | 'WithdrawApplication' | 'RequestHumanReview'>,
  state: SubmittedApplication,
): Refusal | undefined =>
  data.borrowerId === state.borrowerId ? undefined : refuse('NOT_FOUND', `no application ${data.applicationId}`);

const acceptOffer = (command: Given<'AcceptOffer'>, state: SubmittedApplication): Outcome => {
  const foreign = notOwn(command, state);
  if (foreign) return foreign;
  if (state.status === 'expired') return refuse('OFFER_EXPIRED', 'the offer has expired');
  if (state.status !== 'approved') return wrongStatus(state);
  if (hasExpired(state, command.businessDate)) {
    return refuse('OFFER_EXPIRED', `the offer stood until ${state.offerExpiresOn}`);
  }
  const { quoteHash, contract } = command.data;
  return quoteHash === state.offer.quoteHash
    ? [{ type: 'OfferAccepted', data: { quoteHash, contract, acceptedOn: command.businessDate } }]
    : refuse('QUOTE_MISMATCH', `the offer's quote hash is ${state.offer.quoteHash}`);
};

const requestSignature = (command: Given<'RequestSignature'>, state: SubmittedApplication): Outcome => {
  const foreign = notOwn(command, state);
  if (foreign) return foreign;
  if (state.status === 'signature-requested') return NOTHING;
  if (state.status === 'expired') return refuse('OFFER_EXPIRED', 'the offer has expired');
  if (state.status !== 'accepted') return wrongStatus(state);
  if (hasExpired(state, command.businessDate)) {
    return refuse('OFFER_EXPIRED', `the offer stood until ${state.offerExpiresOn}`);
  }
  return (
    faultOfSigner(command.facts.borrower) ?? [
      {
        type: 'SignatureRequested',
        data: { documentHash: state.contract.documentHash, borrowerId: state.borrowerId },
      },
    ]
  );
};

/** A signature that was asked for in time counts even when the answer comes after the offer's last day. */
const recordSignature = ({ data }: Given<'RecordSignature'>, state: SubmittedApplication): Outcome => {
  if (state.status !== 'signature-requested' && state.status !== 'signed') return wrongStatus(state);
  const { documentHash, evidence } = data;
  if (documentHash !== state.contract.documentHash) {
    return refuse('DOCUMENT_MISMATCH', `the contract's document hash is ${state.contract.documentHash}`);
  }
  return state.status === 'signed'
    ? NOTHING
    : [{ type: 'ContractSigned', data: { documentHash, evidence, borrowerId: state.borrowerId } }];
};

/** An offer that was not signed in time runs out, also while a signature is being asked for: nothing is owed yet. */
const expire = ({ businessDate }: Given<'ExpireApplication'>, state: SubmittedApplication): Outcome => {
  switch (state.status) {
    case 'approved':
    case 'accepted':
    case 'signature-requested':
      return hasExpired(state, businessDate)
        ? [{ type: 'ApplicationExpired', data: { expiredOn: businessDate, borrowerId: state.borrowerId } }]
        : refuse('WRONG_STATUS', `the offer stands until ${state.offerExpiresOn}`);
    case 'submitted':
    case 'deciding':
    case 'referred':
      return wrongStatus(state);
    case 'signed':
    case 'rejected':
    case 'expired':
    case 'withdrawn':
      return NOTHING;
    default:
      return unreachable(state);
  }
};

const withdraw = (command: Given<'WithdrawApplication'>, state: SubmittedApplication): Outcome => {
  const foreign = notOwn(command, state);
  if (foreign) return foreign;
  switch (state.status) {
    case 'submitted':
    case 'deciding':
    case 'referred':
    case 'approved':
    case 'accepted':
    case 'signature-requested':
      return [{ type: 'ApplicationWithdrawn', data: { reason: command.data.reason, borrowerId: state.borrowerId } }];
    case 'withdrawn':
      return NOTHING;
    case 'signed':
    case 'rejected':
    case 'expired':
      return wrongStatus(state);
    default:
      return unreachable(state);
  }
};
