import type { Decision, DecisionReason } from '../domain/application';
import { loanIdSchema, type MoneyText } from '../domain/kernel';
import type { Quote } from '../domain/schedule';
import { type Fact, type HouseProjection, sharedKey } from './house-projection';

/** What a borrower is told of an application: 审核中, 放款中, 已完成, and what lies between and beside them. */
export const APPLICATION_STAGES = [
  'under_review',
  'offered',
  'awaiting_signature',
  'disbursing',
  'completed',
  'rejected',
  'expired',
  'withdrawn',
  'cancelled',
] as const;
export type ApplicationStage = (typeof APPLICATION_STAGES)[number];

/** One step of an application's way, in order; its number is what a live view resumes after. */
export interface ApplicationStep {
  readonly n: number;
  readonly stage: ApplicationStage;
  readonly at: string;
  readonly event: string;
}

export interface ApplicationDoc {
  readonly id: string;
  readonly borrowerId: string;
  readonly productId: string;
  readonly stage: ApplicationStage;
  /** A person has to look. */
  readonly referred: boolean;
  readonly amount: MoneyText;
  readonly installments: number;
  readonly submittedOn: string;
  readonly steps: readonly ApplicationStep[];
  readonly reasons: readonly DecisionReason[];
  /** Who looks at it, and until when others keep away. */
  readonly claim?: { readonly reviewer: string; readonly until: string } | null;
  /** The first of two reviewers has approved. */
  readonly endorsedBy?: string;
  /** The borrower has asked that a person looks. */
  readonly secondLook?: boolean;
  /** A person has decided it. */
  readonly reviewed?: boolean;
  readonly decision?: Decision;
  readonly offer?: Quote;
  readonly offerExpiresOn?: string;
  readonly contractHash?: string;
  readonly loanId?: string;
}

const STAGE_AFTER: Readonly<Partial<Record<Fact['type'], ApplicationStage>>> = {
  ApplicationSubmitted: 'under_review',
  DecisionStarted: 'under_review',
  ApplicationReferred: 'under_review',
  ReviewClaimed: 'under_review',
  ReviewReleased: 'under_review',
  ReviewEndorsed: 'under_review',
  HumanReviewRequested: 'under_review',
  ApplicationApproved: 'offered',
  ApplicationRejected: 'rejected',
  OfferAccepted: 'awaiting_signature',
  SignatureRequested: 'awaiting_signature',
  ContractSigned: 'disbursing',
  ApplicationExpired: 'expired',
  ApplicationWithdrawn: 'withdrawn',
  LoanOpened: 'disbursing',
  LoanDisbursed: 'completed',
  LoanCancelled: 'cancelled',
};

/** Where a fact leads to; undefined when it is no step of the application's way. */
const stageAfter = (doc: ApplicationDoc | undefined, event: Fact): ApplicationStage | undefined => {
  // A loan in tranches stands once it is opened: its borrower draws on it as they like.
  if (event.type === 'LoanOpened') return event.data.contract.terms.tranches.several ? 'completed' : undefined;
  return event.type === 'LoanDisbursed' && doc?.stage === 'completed' ? undefined : STAGE_AFTER[event.type];
};

const details = (event: Fact): Partial<ApplicationDoc> => {
  switch (event.type) {
    case 'ApplicationReferred':
      return { referred: true, decision: event.data.decision, reasons: event.data.decision.reasons };
    case 'ReviewClaimed':
      return { claim: event.data };
    case 'ReviewReleased':
      return { claim: null };
    case 'ReviewEndorsed':
      return { claim: null, endorsedBy: event.data.reviewer };
    case 'HumanReviewRequested':
      return { referred: true, secondLook: true };
    case 'ApplicationApproved': {
      const { decision, offer, offerExpiresOn, review } = event.data;
      const reviewed = review !== undefined;
      return { referred: false, decision, offer, offerExpiresOn, reasons: decision.reasons, reviewed };
    }
    case 'ApplicationRejected': {
      const { decision, reasons, review } = event.data;
      return { referred: false, reasons, reviewed: review !== undefined, ...(decision ? { decision } : {}) };
    }
    // Nobody needs to look any more.
    case 'ApplicationExpired':
    case 'ApplicationWithdrawn':
      return { referred: false };
    case 'OfferAccepted':
      return { contractHash: event.data.contract.documentHash };
    case 'LoanOpened':
    case 'LoanDisbursed':
      return { loanId: loanIdSchema.parse(event.stream) };
    default:
      return {};
  }
};

/** Where each application stands, with every step of its way. */
export const applications: HouseProjection<ApplicationDoc> = {
  name: 'applications',
  version: 3,
  categories: ['application', 'loan'],
  indexes: {
    byBorrower: ({ borrowerId, submittedOn }) => [borrowerId, submittedOn],
    toReview: ({ referred, submittedOn }) => (referred ? [submittedOn] : undefined),
  },
  keys: ({ type, stream }) => (STAGE_AFTER[type] ? [`application-${sharedKey(stream)}`] : []),
  fold: (doc, event, key) => {
    const stage = stageAfter(doc, event);
    if (stage === undefined) return doc;
    const step = { n: (doc?.steps.length ?? 0) + 1, stage, at: event.meta.bookedAt, event: event.type };
    if (event.type === 'ApplicationSubmitted') {
      const { borrowerId, productId, amount, installments, submittedOn } = event.data;
      return {
        id: key,
        borrowerId,
        productId,
        stage,
        referred: false,
        amount,
        installments,
        submittedOn,
        steps: [step],
        reasons: [],
      };
    }
    return doc ? { ...doc, ...details(event), stage, steps: [...doc.steps, step] } : undefined;
  },
};
