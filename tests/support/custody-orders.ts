import { type CustodyOwner, custodyAccountIdFor } from '../../domain/custody';
import type { CustodyOrder, Opening } from '../../domain/instruction';
import { borrowerId, type CustodyAccountId, type MoneyText } from '../../domain/kernel';

/** Orders to the custody bank for tests: the house's account and a client's. */

const boundAccount = { bank: 'ICBC', accountNumber: '0200123456789' };
const THE_HOUSE: CustodyOwner = { kind: 'house', name: 'Usance Ltd', account: boundAccount };
const A_CLIENT: CustodyOwner = { kind: 'borrower', borrowerId: borrowerId('li'), cardId: 'card-1' };

const opening = (owner: CustodyOwner): Opening => ({
  kind: 'open',
  accountId: custodyAccountIdFor(owner, 'CNY'),
  currency: 'CNY',
  owner,
});

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

export const OPENING = opening(THE_HOUSE);
export const CLIENT_OPENING = opening(A_CLIENT);
export const HOUSE_ACCOUNT = OPENING.accountId;
export const CLIENT_ACCOUNT = CLIENT_OPENING.accountId;
export const HOLDER = { name: 'Usance Ltd', ...boundAccount };

type Of<Kind extends CustodyOrder['kind']> = Extract<CustodyOrder, { readonly kind: Kind }>;

export const topUp = (amount: string, accountId: CustodyAccountId = HOUSE_ACCOUNT): Of<'top-up'> => ({
  kind: 'top-up',
  accountId,
  amount: cny(amount),
});
export const withdrawal = (amount: string, accountId: CustodyAccountId = HOUSE_ACCOUNT): Of<'withdrawal'> => ({
  kind: 'withdrawal',
  accountId,
  amount: cny(amount),
});
export const transfer = (amount: string): Of<'transfer'> => ({
  kind: 'transfer',
  accountId: HOUSE_ACCOUNT,
  to: CLIENT_ACCOUNT,
  amount: cny(amount),
  reason: 'a refund',
});
export const FREEZE: Of<'freeze'> = { kind: 'freeze', accountId: HOUSE_ACCOUNT, reason: 'a court order' };
export const UNFREEZE: Of<'unfreeze'> = { kind: 'unfreeze', accountId: HOUSE_ACCOUNT, reason: 'lifted' };
