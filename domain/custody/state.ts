import type { Currency } from '../kernel';
import { assert, unreachable } from '../kernel';
import type { CustodyEvent } from './events';
import type { CustodyOwner } from './owner';

/** An account at the custody bank, as the bank has said it stands. */
export type CustodyState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open' | 'frozen';
      readonly owner: CustodyOwner;
      readonly currency: Currency;
      readonly bankReference: string;
    };

export const noAccount: CustodyState = { status: 'none' };

export const evolve = (state: CustodyState, event: CustodyEvent): CustodyState => {
  if (event.type === 'CustodyAccountOpened') {
    const { owner, currency, bankReference } = event.data;
    return { status: 'open', owner, currency, bankReference };
  }
  assert(state.status !== 'none', `${event.type} before the account was opened`);
  switch (event.type) {
    case 'CustodyAccountFrozen':
      return { ...state, status: 'frozen' };
    case 'CustodyAccountUnfrozen':
      return { ...state, status: 'open' };
    default:
      return unreachable(event);
  }
};
