import { CLIENT_OPENING, HOUSE_ACCOUNT, OPENING } from '../../tests/support/custody-orders';
import { specificationFor } from '../../tests/support/decider-specification';
import { businessDate, custodyInstructionId } from '../kernel';
import { type CustodyEvent, custodyAccountIdFor, custodyDecider, holderOf } from '.';

const { given } = specificationFor(custodyDecider);
const { owner, currency } = OPENING;
const by = { instructionId: custodyInstructionId('i'), on: businessDate('2026-03-02') };
const opened: CustodyEvent = {
  type: 'CustodyAccountOpened',
  data: { ...by, owner, currency, bankReference: 'b-1' },
};
const open = {
  type: 'OpenCustodyAccount',
  data: { accountId: HOUSE_ACCOUNT, ...by, owner, currency, bankReference: 'b-1' },
} as const;
const freeze = { type: 'FreezeCustodyAccount', data: { accountId: HOUSE_ACCOUNT, ...by, reason: 'a court' } } as const;
const unfreeze = { ...freeze, type: 'UnfreezeCustodyAccount' } as const;

describe('An account at the custody bank', () => {
  test('is opened once', () => {
    given([]).when(open).then([opened]);
    given([opened]).when(open).thenRefused('ALREADY_EXISTS');
  });

  test('is frozen and unfrozen; what it is already is nothing new', () => {
    const frozen: CustodyEvent = { type: 'CustodyAccountFrozen', data: { ...by, reason: 'a court' } };
    given([opened]).when(freeze).then([frozen]);
    given([opened, frozen]).when(freeze).thenNothing();
    given([opened, frozen])
      .when(unfreeze)
      .then([{ type: 'CustodyAccountUnfrozen', data: { ...by, reason: 'a court' } }]);
    given([opened]).when(unfreeze).thenNothing();
    given([]).when(freeze).thenRefused('NOT_FOUND');
  });

  test('is one per owner and currency, and of the house or of a client', () => {
    const shop = {
      kind: 'partner',
      name: 'Shop',
      partnerId: 'shop',
      account: { bank: 'B', accountNumber: '123456' },
    } as const;
    expect(custodyAccountIdFor(shop, 'EUR')).toBe('custody-partner-shop-eur');
    expect([owner, CLIENT_OPENING.owner, shop].map(holderOf)).toEqual(['house', 'client', 'client']);
  });
});
