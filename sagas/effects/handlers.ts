import type { EffectContext } from '../../platform/processing';
import type { Reaction } from '../house-saga';
import { assessApplication } from './assess-application';
import { hearChannel, judgeChannel, probeChannel } from './channel-care';
import { instructCustody, queryCustody } from './custody';
import { queryDebit, sendDebit } from './debit';
import type { Effect } from './effect';
import { destroyDataKey, verifyIdentity } from './identity';
import type { OutsideWorld } from './outside-world';
import { queryPayout, sendPayout } from './payout';
import { routeDebit } from './route-debit';
import { routePayout } from './route-payout';
import { sendMessage } from './send-message';
import { signContract } from './sign-contract';

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
      case 'route-payout':
        return routePayout(world, effect);
      case 'send-payout':
        return sendPayout(world, effect);
      case 'send-message':
        return sendMessage(world, effect, context);
      case 'judge-channel':
        return judgeChannel(world, effect);
      case 'probe-channel':
        return probeChannel(world, effect);
      case 'hear-channel':
        return hearChannel(world, effect);
      case 'query-payout':
        return queryPayout(world, effect);
      case 'route-debit':
        return routeDebit(world, effect);
      case 'send-debit':
        return sendDebit(world, effect);
      case 'query-debit':
        return queryDebit(world, effect);
      case 'instruct-custody':
        return instructCustody(world, effect);
      case 'query-custody':
        return queryCustody(world, effect);
    }
  };
