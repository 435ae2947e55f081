import type { StateReader } from '../../commands';
import type { CreditBureau, IdentityVerifier } from '../../gateways/bureau';
import type { PaymentChannel } from '../../gateways/channel';
import type { ESignAuthority } from '../../gateways/esign';
import type { EffectContext } from '../../platform/processing';
import type { Clock } from '../../platform/runtime';
import type { Policy } from '../../risk';
import type { Reaction } from '../house-saga';
import { assessApplication } from './assess-application';
import { queryDebit, sendDebit } from './debit';
import type { Effect } from './effect';
import { destroyDataKey, verifyIdentity } from './identity';
import { queryPayout, sendPayout } from './payout';
import { signContract } from './sign-contract';

/** What the house needs of the outside to carry out its effects. */
export interface OutsideWorld {
  readonly read: StateReader;
  readonly clock: Clock;
  /** Real milliseconds, for how long something took; never for a business date. */
  readonly stopwatch: () => number;
  readonly bureau: CreditBureau;
  readonly identities: IdentityVerifier;
  readonly channel: PaymentChannel;
  readonly esign: ESignAuthority;
  readonly policy: Policy;
  /** SHA-256 of a text, hex. */
  readonly hash: (text: string) => string;
  /** Destroys the data key of a borrower: what it sealed can never be read again. */
  readonly destroyKey: (borrowerId: string) => Promise<void>;
}

/**
 * Carries out one effect. The effect id is the same whenever the same effect is carried out again, and is the key under
 * which partners are asked; what comes back is the command that puts the outcome on record.
 */
export const carryOut =
  (world: OutsideWorld) =>
  (effect: Effect, context: EffectContext): Promise<readonly Reaction[]> => {
    switch (effect.kind) {
      case 'verify-identity':
        return verifyIdentity(world, effect, context);
      case 'destroy-data-key':
        return destroyDataKey(world, effect);
      case 'assess-application':
        return assessApplication(world, effect, context);
      case 'sign-contract':
        return signContract(world, effect, context);
      case 'send-payout':
        return sendPayout(world, effect);
      case 'query-payout':
        return queryPayout(world, effect);
      case 'send-debit':
        return sendDebit(world, effect);
      case 'query-debit':
        return queryDebit(world, effect);
    }
  };
