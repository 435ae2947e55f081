import { type BlindIndex, type Instant, type Personal, unreachable } from '../kernel';
import type { Language, MessageChannel } from '../notices';
import type { BorrowerEvent, ConsentScope } from './events';

/** One consent as it was given. */
export interface Consent {
  readonly consentId: string;
  readonly scope: ConsentScope;
}

export interface BankCard {
  readonly cardId: string;
  readonly cardNumber: Personal;
  readonly cardIndex: BlindIndex;
  readonly bank: string;
  readonly lastFour: string;
}

/** How somebody is told of things, and where: the phone that they registered with, an e-mail address, an app. */
export interface NoticePreferences {
  readonly language: Language;
  readonly channels: readonly MessageChannel[];
  readonly without: readonly string[];
  readonly email?: Personal;
  readonly device?: Personal;
}

/** By text message in Chinese, all that there is. */
const USUAL_NOTICES: NoticePreferences = { language: 'zh-CN', channels: ['sms'], without: [] };

export const noticePreferencesOf = ({ notices }: Pick<Known, 'notices'>): NoticePreferences => notices ?? USUAL_NOTICES;

/** What the identity provider said last. */
export interface IdentityCheck {
  readonly provider: string;
  readonly reference: string;
  readonly result: 'match' | 'mismatch' | 'unknown';
  readonly checkedAt: Instant;
}

interface Known {
  readonly name: Personal;
  readonly idNumber: Personal;
  readonly phone: Personal;
  readonly birthDate: Personal;
  readonly idNumberIndex: BlindIndex;
  readonly phoneIndex: BlindIndex;
  readonly region: string;
  /** The consents in force: only these may be relied on. */
  readonly consents: readonly Consent[];
  /** Consents that were withdrawn, kept because what was done under them was done rightly. */
  readonly withdrawnConsents: readonly Consent[];
  readonly cards: readonly BankCard[];
  readonly lastCheck?: IdentityCheck;
  /** Absent: what is usual. */
  readonly notices?: NoticePreferences;
}

/** A person as the house knows them. What identifies them stays wrapped, and is gone from the state once erased. */
export type BorrowerState =
  | { readonly status: 'none' }
  | ({ readonly status: 'registered' | 'verified' } & Known)
  | ({ readonly status: 'frozen'; readonly verified: boolean } & Known)
  | { readonly status: 'erased' };

export type KnownBorrower = Extract<BorrowerState, Known>;

/** How a borrower stands, as far as others need to know. */
export interface BorrowerStanding {
  readonly status: 'unknown' | 'registered' | 'verified' | 'frozen' | 'erased';
  /** Ids of the bound cards. */
  readonly cards: readonly string[];
  /** What there is a consent in force for, each scope once. */
  readonly consents: readonly ConsentScope[];
}

export const initial: BorrowerState = { status: 'none' };

export const evolve = (state: BorrowerState, event: BorrowerEvent): BorrowerState => {
  switch (event.type) {
    case 'BorrowerRegistered': {
      return { status: 'registered', ...event.data, consents: [], withdrawnConsents: [], cards: [] };
    }
    case 'BorrowerErased':
      return { status: 'erased' };
    default:
      return 'cards' in state ? evolveKnown(state, event) : state;
  }
};

const evolveKnown = (
  state: KnownBorrower,
  event: Exclude<BorrowerEvent, { type: 'BorrowerRegistered' | 'BorrowerErased' }>,
): BorrowerState => {
  switch (event.type) {
    case 'ConsentGranted': {
      const { consentId, scope } = event.data;
      return { ...state, consents: [...state.consents, { consentId, scope }] };
    }
    case 'ConsentWithdrawn': {
      const { consentId, scope } = event.data;
      return {
        ...state,
        consents: state.consents.filter((each) => each.consentId !== consentId),
        withdrawnConsents: [...state.withdrawnConsents, { consentId, scope }],
      };
    }
    case 'IdentityVerified':
      return { ...withIdentity(state, true), lastCheck: { ...event.data, result: 'match' } };
    case 'IdentityCheckFailed':
      // An unknown answer proves nothing, either way; a mismatch takes back what an earlier match had proved.
      return {
        ...(event.data.result === 'mismatch' ? withIdentity(state, false) : state),
        lastCheck: event.data,
      };
    case 'BankCardBound':
      return { ...state, cards: [...state.cards, event.data] };
    case 'NoticePreferencesSet':
      return { ...state, notices: preferred(state, event.data) };
    case 'BorrowerFrozen':
      return { ...state, status: 'frozen', verified: isVerified(state) };
    case 'BorrowerUnfrozen':
      return thawed(state);
    default:
      return unreachable(event);
  }
};

/** An address that is left out is kept. */
const preferred = (
  { notices: before }: KnownBorrower,
  chosen: Extract<BorrowerEvent, { readonly type: 'NoticePreferencesSet' }>['data'],
): NoticePreferences => {
  const { language, channels, without } = chosen;
  const [email, device] = [chosen.email ?? before?.email, chosen.device ?? before?.device];
  return { language, channels, without, ...(email && { email }), ...(device && { device }) };
};

const isVerified = (state: KnownBorrower): boolean =>
  state.status === 'frozen' ? state.verified : state.status === 'verified';

const withIdentity = (state: KnownBorrower, verified: boolean): KnownBorrower =>
  state.status === 'frozen' ? { ...state, verified } : { ...state, status: verified ? 'verified' : 'registered' };

const thawed = (state: KnownBorrower): KnownBorrower => {
  if (state.status !== 'frozen') return state;
  const { verified, ...known } = state;
  return { ...known, status: verified ? 'verified' : 'registered' };
};

/** How a borrower stands: what other deciders get to see. */
export const standingOf = (state: BorrowerState): BorrowerStanding => ({
  status: state.status === 'none' ? 'unknown' : state.status,
  cards: 'cards' in state ? state.cards.map(({ cardId }) => cardId) : [],
  consents: 'consents' in state ? [...new Set(state.consents.map(({ scope }) => scope))] : [],
});
