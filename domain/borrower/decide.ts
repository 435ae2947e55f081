import { type Refusal, refuse, unreachable } from '../kernel';
import type { BorrowerCommand } from './commands';
import type { BorrowerEvent } from './events';
import type { BorrowerState, Consent, KnownBorrower } from './state';

type Outcome = readonly BorrowerEvent[] | Refusal;
type Given<Type extends BorrowerCommand['type']> = Extract<BorrowerCommand, { readonly type: Type }>;

/** Nothing is left to do: what the command asks for is so already. */
const NOTHING: readonly BorrowerEvent[] = [];

/** What follows from a command on a borrower. An erased borrower stays erased: every command but erasure is refused. */
export const decide = (command: BorrowerCommand, state: BorrowerState): Outcome => {
  if (state.status === 'erased') {
    return command.type === 'EraseBorrower' ? NOTHING : refuse('BORROWER_ERASED', 'the borrower has been erased');
  }
  if (command.type === 'RegisterBorrower') {
    return state.status === 'none'
      ? register(command)
      : refuse('ALREADY_EXISTS', `${command.data.borrowerId} is registered already`);
  }
  return state.status === 'none'
    ? refuse('NOT_FOUND', `no borrower ${command.data.borrowerId}`)
    : decideKnown(command, state);
};

const register = ({ data: { borrowerId: _, ...data } }: Given<'RegisterBorrower'>): Outcome => [
  { type: 'BorrowerRegistered', data },
];

const decideKnown = (command: Exclude<BorrowerCommand, Given<'RegisterBorrower'>>, state: KnownBorrower): Outcome => {
  switch (command.type) {
    case 'GrantConsent':
      return grantConsent(command, state);
    case 'WithdrawConsent':
      return withdrawConsent(command, state);
    case 'RecordIdentityCheck':
      return recordIdentityCheck(command, state);
    case 'BindBankCard':
      return bindBankCard(command, state);
    case 'SetNoticePreferences':
      return setNoticePreferences(command, state);
    case 'FreezeBorrower':
      return state.status === 'frozen' ? NOTHING : [{ type: 'BorrowerFrozen', data: { reason: command.data.reason } }];
    case 'UnfreezeBorrower':
      return state.status === 'frozen'
        ? [{ type: 'BorrowerUnfrozen', data: { reason: command.data.reason } }]
        : NOTHING;
    case 'EraseBorrower':
      return erase(command, state);
    default:
      return unreachable(command);
  }
};

const withId = (consents: readonly Consent[], id: string): Consent | undefined =>
  consents.find(({ consentId }) => consentId === id);

/** A consent may be given while frozen: it is the borrower's own word, and binds only the house. */
const grantConsent = (
  { data: { borrowerId: _, ...consent } }: Given<'GrantConsent'>,
  state: KnownBorrower,
): Outcome => {
  const { consentId, scope } = consent;
  if (withId(state.consents, consentId)?.scope === scope) return NOTHING;
  return withId([...state.consents, ...state.withdrawnConsents], consentId) === undefined
    ? [{ type: 'ConsentGranted', data: consent }]
    : refuse('ALREADY_EXISTS', `consent ${consentId} was given before; a new consent needs a new id`);
};

/** Everybody stays within reach: each channel that is chosen needs its address. */
const setNoticePreferences = ({ data }: Given<'SetNoticePreferences'>, state: KnownBorrower): Outcome => {
  const { borrowerId: _, ...chosen } = data;
  const addresses = {
    sms: state.phone,
    email: chosen.email ?? state.notices?.email,
    push: chosen.device ?? state.notices?.device,
  };
  const without = chosen.channels.filter((channel) => addresses[channel] === undefined);
  return without.length === 0
    ? [{ type: 'NoticePreferencesSet', data: chosen }]
    : refuse('NOTICE_REQUIRED', `no address for ${without.join(', ')}`);
};

/** Always allowed: a consent is the borrower's to take back. */
const withdrawConsent = ({ data: { consentId } }: Given<'WithdrawConsent'>, state: KnownBorrower): Outcome => {
  const given = withId(state.consents, consentId);
  if (given !== undefined) return [{ type: 'ConsentWithdrawn', data: { consentId, scope: given.scope } }];
  return withId(state.withdrawnConsents, consentId) ? NOTHING : refuse('NOT_FOUND', `no consent ${consentId}`);
};

/**
 * Only "match" verifies. The same answer under the same reference again is nothing new; an answer that comes when the
 * consent has been withdrawn is not used.
 */
const recordIdentityCheck = ({ data }: Given<'RecordIdentityCheck'>, state: KnownBorrower): Outcome => {
  const { provider, reference, result, checkedAt } = data;
  const last = state.lastCheck;
  if (last?.provider === provider && last.reference === reference && last.result === result) return NOTHING;
  if (!state.consents.some(({ scope }) => scope === 'identity-verification')) {
    return refuse('CONSENT_NOT_IN_FORCE', 'no consent to identity-verification is in force');
  }
  return result === 'match'
    ? [{ type: 'IdentityVerified', data: { provider, reference, checkedAt } }]
    : [{ type: 'IdentityCheckFailed', data: { provider, reference, result, checkedAt } }];
};

/** A frozen borrower cannot change where money goes. */
const bindBankCard = ({ data: { borrowerId: _, ...card } }: Given<'BindBankCard'>, state: KnownBorrower): Outcome => {
  const same = state.cards.find(({ cardId, cardIndex }) => cardId === card.cardId || cardIndex === card.cardIndex);
  if (same?.cardId === card.cardId && same.cardIndex === card.cardIndex) return NOTHING;
  if (same !== undefined) return refuse('CARD_ALREADY_BOUND', `the card or its id is bound as ${same.cardId}`);
  if (state.status === 'frozen') return refuse('BORROWER_FROZEN', 'no card can be bound while the borrower is frozen');
  return [{ type: 'BankCardBound', data: card }];
};

const erase = ({ data, facts }: Given<'EraseBorrower'>, state: KnownBorrower): Outcome =>
  facts.hasDebt
    ? refuse('BORROWER_HAS_DEBT', 'an application or a loan of the borrower is in progress')
    : [{ type: 'BorrowerErased', data: { idNumberIndex: state.idNumberIndex, reason: data.reason } }];
