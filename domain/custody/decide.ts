import { type Refusal, refuse, unreachable } from '../kernel';
import type { CustodyCommand } from './commands';
import type { CustodyEvent } from './events';
import type { CustodyState } from './state';

/** Puts on record what the bank has done to an account; what it has done already is nothing new. */
export const decide = (command: CustodyCommand, state: CustodyState): readonly CustodyEvent[] | Refusal => {
  const { accountId, ...data } = command.data;
  if (command.type === 'OpenCustodyAccount') {
    if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${accountId} is ${state.status}`);
    const { instructionId, on, owner, currency, bankReference } = command.data;
    return [{ type: 'CustodyAccountOpened', data: { instructionId, on, owner, currency, bankReference } }];
  }
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${accountId}`);
  const { instructionId, on, reason } = { ...data, reason: command.data.reason };
  switch (command.type) {
    case 'FreezeCustodyAccount':
      return state.status === 'frozen' ? [] : [{ type: 'CustodyAccountFrozen', data: { instructionId, on, reason } }];
    case 'UnfreezeCustodyAccount':
      return state.status === 'open' ? [] : [{ type: 'CustodyAccountUnfrozen', data: { instructionId, on, reason } }];
    default:
      return unreachable(command);
  }
};
