import type { ConsentScope } from '../domain/borrower';
import type { Fact, HouseProjection } from './house-projection';

export interface ConsentDoc {
  readonly consentId: string;
  readonly scope: ConsentScope;
  readonly textVersion: string;
  readonly textHash: string;
  readonly grantedAt: string;
  readonly withdrawnAt?: string;
}

/** A borrower without anything that identifies them: what there is to show of a person lives in the log, sealed. */
export interface BorrowerDoc {
  readonly id: string;
  readonly status: 'registered' | 'verified' | 'frozen' | 'erased';
  readonly verified: boolean;
  readonly region: string;
  readonly registeredAt: string;
  readonly consents: readonly ConsentDoc[];
  readonly cards: readonly { readonly cardId: string; readonly bank: string; readonly lastFour: string }[];
}

const withIdentity = (doc: BorrowerDoc, verified: boolean): BorrowerDoc => {
  if (doc.status === 'frozen') return { ...doc, verified };
  return { ...doc, verified, status: verified ? 'verified' : 'registered' };
};

const foldBorrower = (doc: BorrowerDoc, event: Fact): BorrowerDoc => {
  switch (event.type) {
    case 'ConsentGranted': {
      const { consentId, scope, textVersion, textHash } = event.data;
      const granted = { consentId, scope, textVersion, textHash, grantedAt: event.meta.bookedAt };
      return { ...doc, consents: [...doc.consents, granted] };
    }
    case 'ConsentWithdrawn': {
      const withdrawnAt = event.meta.bookedAt;
      return {
        ...doc,
        consents: doc.consents.map((consent) =>
          consent.consentId === event.data.consentId ? { ...consent, withdrawnAt } : consent,
        ),
      };
    }
    case 'IdentityVerified':
      return withIdentity(doc, true);
    case 'IdentityCheckFailed':
      // Silence proves nothing, either way; a mismatch takes back what an earlier match had proved.
      return event.data.result === 'mismatch' ? withIdentity(doc, false) : doc;
    case 'BankCardBound': {
      const { cardId, bank, lastFour } = event.data;
      return { ...doc, cards: [...doc.cards, { cardId, bank, lastFour }] };
    }
    case 'BorrowerFrozen':
      return { ...doc, status: 'frozen' };
    case 'BorrowerUnfrozen':
      return { ...doc, status: doc.verified ? 'verified' : 'registered' };
    case 'BorrowerErased':
      return { ...doc, status: 'erased', verified: false, region: '', consents: [], cards: [] };
    default:
      return doc;
  }
};

/** Each borrower's standing, consents with their history, and cards by their last digits. */
export const borrowers: HouseProjection<BorrowerDoc> = {
  name: 'borrowers',
  version: 1,
  categories: ['borrower'],
  indexes: {},
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'BorrowerRegistered') return doc ? foldBorrower(doc, event) : undefined;
    return {
      id: key,
      status: 'registered',
      verified: false,
      region: event.data.region,
      registeredAt: event.meta.bookedAt,
      consents: [],
      cards: [],
    };
  },
};
