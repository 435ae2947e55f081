import { type Refusal, refuse, unreachable } from '../kernel';
import type { IdentityCommand } from './commands';
import type { IdentityEvent } from './events';
import type { IdentityState } from './state';

/** One person, one borrower. Claiming again what is one's own, and releasing what is not, changes nothing. */
export const decide = (command: IdentityCommand, state: IdentityState): readonly IdentityEvent[] | Refusal => {
  const { borrowerId } = command.data;
  const own = state.status === 'claimed' && state.borrowerId === borrowerId;
  switch (command.type) {
    case 'ClaimIdentity':
      if (own) return [];
      return state.status === 'free'
        ? [{ type: 'IdentityClaimed', data: { borrowerId } }]
        : refuse('IDENTITY_TAKEN', 'a borrower with this identity document is registered already');
    case 'ReleaseIdentity':
      return own ? [{ type: 'IdentityReleased', data: { borrowerId } }] : [];
    default:
      return unreachable(command);
  }
};
