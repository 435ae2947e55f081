import { type BusinessDate, type RateText, unreachable } from '../kernel';
import type { Quote } from '../schedule';
import type { Decision, DecisionReason } from './decision';
import { type ApplicationEvent, originFields } from './events';

// The keys of a literal are its names, and nothing else is.
const ORIGIN = Object.keys(originFields) as readonly (keyof typeof originFields)[];

type DataOf<Type extends ApplicationEvent['type']> = Extract<ApplicationEvent, { readonly type: Type }>['data'];

/** What was asked for, by whom, on which terms. */
export type Request = DataOf<'ApplicationSubmitted'>;

/** The offer made from a decision, and how long it stands. */
export interface Offered {
  readonly decision: Decision;
  readonly offer: Quote;
  /** The legal cap that the offer was checked against. */
  readonly cap: RateText;
  /** The last day on which it can be accepted and its signature asked for. */
  readonly offerExpiresOn: BusinessDate;
}

/** The contract made from an accepted offer. */
export interface Contracted {
  readonly contract: DataOf<'OfferAccepted'>['contract'];
  readonly acceptedOn: BusinessDate;
}

/** How far people have come with what the engine left to them. */
export interface Review {
  readonly claim?: DataOf<'ReviewClaimed'>;
  readonly endorsed?: DataOf<'ReviewEndorsed'>;
  /** The borrower has asked for it after a rejection. */
  readonly secondLook: boolean;
}

/** An application from its submission to a signed contract, or to one of its other three ends. */
export type ApplicationState =
  | { readonly status: 'none' }
  | ({ readonly status: 'submitted' | 'deciding' } & Request)
  | ({ readonly status: 'referred'; readonly decision: Decision; readonly review: Review } & Request)
  | ({ readonly status: 'approved' } & Request & Offered)
  | ({ readonly status: 'accepted' | 'signature-requested' } & Request & Offered & Contracted)
  | ({ readonly status: 'signed'; readonly evidence: DataOf<'ContractSigned'>['evidence'] } & Request &
      Offered &
      Contracted)
  | ({
      readonly status: 'rejected';
      readonly reasons: readonly DecisionReason[];
      /** Absent where no engine was asked. */
      readonly decision?: Decision;
      /** Whether a person has looked. */
      readonly reviewed: boolean;
    } & Request)
  | ({ readonly status: 'expired' | 'withdrawn' } & Request);

export type ApplicationStatus = ApplicationState['status'];
export type SubmittedApplication = Exclude<ApplicationState, { readonly status: 'none' }>;

export type ReferredApplication = Extract<ApplicationState, { readonly status: 'referred' }>;

export const initial: ApplicationState = { status: 'none' };

export const evolve = (state: ApplicationState, event: ApplicationEvent): ApplicationState => {
  if (event.type === 'ApplicationSubmitted') return { status: 'submitted', ...event.data };
  return state.status === 'none' ? state : evolveSubmitted(state, event);
};

const evolveSubmitted = (
  state: SubmittedApplication,
  event: Exclude<ApplicationEvent, { readonly type: 'ApplicationSubmitted' }>,
): ApplicationState => {
  switch (event.type) {
    case 'DecisionStarted':
      return { ...requestOf(state), status: 'deciding' };
    case 'ApplicationReferred':
      return { ...requestOf(state), status: 'referred', decision: event.data.decision, review: { secondLook: false } };
    case 'ReviewClaimed':
    case 'ReviewReleased':
    case 'ReviewEndorsed':
      return state.status === 'referred' ? { ...state, review: reviewAfter(state.review, event) } : state;
    case 'HumanReviewRequested':
      return state.status === 'rejected' && state.decision
        ? { ...requestOf(state), status: 'referred', decision: state.decision, review: { secondLook: true } }
        : state;
    case 'ApplicationApproved': {
      const { decision, offer, cap, offerExpiresOn } = event.data;
      return { ...requestOf(state), status: 'approved', decision, offer, cap, offerExpiresOn };
    }
    case 'OfferAccepted': {
      const { contract, acceptedOn } = event.data;
      return 'offer' in state ? { ...state, status: 'accepted', contract, acceptedOn } : state;
    }
    case 'SignatureRequested':
      return 'contract' in state ? { ...state, status: 'signature-requested' } : state;
    case 'ContractSigned':
      return 'contract' in state ? { ...state, status: 'signed', evidence: event.data.evidence } : state;
    case 'ApplicationRejected':
      return { ...requestOf(state), status: 'rejected', ...rejection(event.data) };
    case 'ApplicationExpired':
      return { ...requestOf(state), status: 'expired' };
    case 'ApplicationWithdrawn':
      return { ...requestOf(state), status: 'withdrawn' };
    default:
      return unreachable(event);
  }
};

/** What was asked for, out of a state that knows more. */
type ReviewFact = Extract<ApplicationEvent, { readonly type: 'ReviewClaimed' | 'ReviewReleased' | 'ReviewEndorsed' }>;

const reviewAfter = (review: Review, { type, data }: ReviewFact): Review => {
  const { claim: _, ...unclaimed } = review;
  switch (type) {
    case 'ReviewClaimed':
      return { ...review, claim: data };
    case 'ReviewReleased':
      return unclaimed;
    case 'ReviewEndorsed':
      return { ...unclaimed, endorsed: data };
    default:
      return unreachable(type);
  }
};

const rejection = ({ reasons, decision, review }: DataOf<'ApplicationRejected'>) => ({
  reasons,
  ...(decision ? { decision } : {}),
  reviewed: review !== undefined,
});

const requestOf = (state: SubmittedApplication): Request => {
  const { borrowerId, productId, productVersion, terms, amount, installments, cardId, declaration, submittedOn } =
    state;
  const asked = {
    borrowerId,
    productId,
    productVersion,
    terms,
    amount,
    installments,
    cardId,
    declaration,
    submittedOn,
  };
  return { ...asked, ...originOf(state) };
};

const originOf = (state: SubmittedApplication): Partial<Request> =>
  Object.fromEntries(ORIGIN.flatMap((field) => (state[field] === undefined ? [] : [[field, state[field]]])));
