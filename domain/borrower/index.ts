import type { Decider } from '../kernel';
import type { BorrowerCommand } from './commands';
import { decide } from './decide';
import type { BorrowerEvent } from './events';
import { type BorrowerState, evolve, initial } from './state';

export { type BorrowerCommand, borrowerCommands, type Indebtedness } from './commands';
export {
  type BorrowerEvent,
  borrowerEvents,
  CONSENT_SCOPES,
  type ConsentScope,
  consentScopeSchema,
  noticePreferences,
  originationChannelSchema,
} from './events';
export {
  bankCardNumberSchema,
  isBankCardNumber,
  isMobileNumber,
  isUnifiedSocialCreditCode,
  maskBankCardNumber,
  maskIdNumber,
  maskMobileNumber,
  mobileNumberSchema,
  passesLuhn,
  readMobileNumber,
  readResidentId,
  residentIdCheckHolds,
  residentIdNumberSchema,
} from './identifiers';
export {
  type BorrowerStanding,
  type BorrowerState,
  noticePreferencesOf,
  standingOf,
} from './state';

/** A person, their consents, identity and cards. */
export const borrowerDecider: Decider<BorrowerState, BorrowerCommand, BorrowerEvent> = { initial, decide, evolve };
