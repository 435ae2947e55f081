import type { CustodyOrder } from '../domain/instruction';
import type { Actor } from '../domain/kernel';
import type { Fact, HouseProjection } from './house-projection';

export const INSTRUCTION_STATUSES = [
  'awaiting-approval',
  'requested',
  'cancelled',
  'submitted',
  'unknown',
  'escalated',
  'settled',
  'failed',
] as const;

export interface CustodyInstructionDoc {
  readonly id: string;
  readonly status: (typeof INSTRUCTION_STATUSES)[number];
  readonly order: CustodyOrder;
  readonly requestedBy: Actor;
  readonly requestedAt: string;
  readonly needsApproval: boolean;
  readonly approvedBy?: Actor;
  /** The key under which the bank was told. */
  readonly effectId?: string;
  readonly bankReference?: string;
  readonly valueDate?: string;
  /** Why it failed, was cancelled, or is not known. */
  readonly reason?: string;
  readonly queries?: number;
  readonly nextQueryAt?: string;
}

const follow = (doc: CustodyInstructionDoc, event: Fact): CustodyInstructionDoc => {
  switch (event.type) {
    case 'CustodyInstructionApproved':
      return { ...doc, status: 'requested', approvedBy: event.data.approvedBy };
    case 'CustodyInstructionCancelled':
      return { ...doc, status: 'cancelled', reason: event.data.reason };
    case 'CustodyInstructionSubmitted':
      return { ...doc, status: 'submitted', effectId: event.data.effectId };
    case 'CustodyInstructionUnknown': {
      const { reason, queries, nextQueryAt } = event.data;
      return { ...doc, status: 'unknown', reason, queries, nextQueryAt };
    }
    case 'CustodyInstructionEscalated': {
      const { nextQueryAt: _, ...asked } = doc;
      return { ...asked, status: 'escalated', queries: event.data.queries };
    }
    case 'CustodyInstructionSettled': {
      const { nextQueryAt: _, reason: __, ...known } = doc;
      const { bankReference, valueDate } = event.data;
      return { ...known, status: 'settled', bankReference, valueDate };
    }
    case 'CustodyInstructionFailed': {
      const { nextQueryAt: _, ...known } = doc;
      const { reason, valueDate } = event.data;
      return { ...known, status: 'failed', reason, valueDate };
    }
    default:
      return doc;
  }
};

/** What the custody bank was or is to be told, and what became of it. */
export const custodyInstructions: HouseProjection<CustodyInstructionDoc> = {
  name: 'custody-instructions',
  version: 1,
  categories: ['instruction'],
  indexes: {
    byTime: ({ requestedAt, id }) => [requestedAt, id],
    byStatus: ({ status, requestedAt, id }) => [status, requestedAt, id],
  },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'CustodyInstructionRequested') return doc && follow(doc, event);
    const { order, requestedBy, needsApproval } = event.data;
    const status = needsApproval ? 'awaiting-approval' : 'requested';
    return { id: key, status, order, requestedBy, requestedAt: event.meta.bookedAt, needsApproval };
  },
};
