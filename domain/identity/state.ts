import { type BorrowerId, unreachable } from '../kernel';
import type { IdentityEvent } from './events';

/** An identity document: free, or claimed by one borrower. */
export type IdentityState =
  | { readonly status: 'free' }
  | { readonly status: 'claimed'; readonly borrowerId: BorrowerId };

export const initial: IdentityState = { status: 'free' };

export const evolve = (_state: IdentityState, event: IdentityEvent): IdentityState => {
  switch (event.type) {
    case 'IdentityClaimed':
      return { status: 'claimed', borrowerId: event.data.borrowerId };
    case 'IdentityReleased':
      return { status: 'free' };
    default:
      return unreachable(event);
  }
};
