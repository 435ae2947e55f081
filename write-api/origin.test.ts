import type { BorrowerState } from '../domain/borrower';
import { blindIndexSchema, Personal } from '../domain/kernel';
import { createBlindIndexer, masterKey } from '../platform/keys';
import { deviceIdSchema, originReader } from './origin';

const { index } = createBlindIndexer(masterKey([Buffer.alloc(32, 5)]));
const originOf = originReader(index);

const borrower = (scopes: readonly 'device-data'[]): BorrowerState => {
  const sealed = Personal.of('x');
  return {
    status: 'verified',
    name: sealed,
    idNumber: sealed,
    phone: sealed,
    birthDate: sealed,
    idNumberIndex: blindIndexSchema.parse(index('id-number', 'x')),
    phoneIndex: blindIndexSchema.parse(index('phone', '13800138000')),
    region: '31',
    consents: scopes.map((scope) => ({ consentId: 'c1', scope })),
    withdrawnConsents: [],
    cards: [
      {
        cardId: 'card-1',
        cardNumber: sealed,
        cardIndex: blindIndexSchema.parse(index('card', '6222')),
        bank: 'Test Bank',
        lastFour: '6222',
      },
    ],
  };
};

describe('the name of a device', () => {
  it.each(['device-of-1', 'c0ffee00-1234-4321-9999-0123456789ab', 'idfv:12345678'])('can be %s', (id) => {
    expect(deviceIdSchema.safeParse(id).success).toBe(true);
  });

  it.each(['490154203237518', '49-015420-323751-8', '4901542032375180', '460001234567890', '00:1b:44:11:3a:b7'])(
    'cannot be a number of its hardware: %s',
    (id) => {
      expect(deviceIdSchema.safeParse(id).success).toBe(false);
    },
  );
});

describe('what is kept of where an application comes from', () => {
  const body = {
    cardId: 'card-1',
    deviceId: 'device-of-1',
    homeAddress: '上海市 黄浦区１号',
    contactPhones: ['13800138000'],
  };

  it('can be compared, and is read by nobody', async () => {
    const origin = originOf(body, '203.0.113.7', borrower(['device-data']));
    expect(origin).toMatchObject({
      deviceIndex: index('device', 'device-of-1'),
      networkIndex: index('ip', '203.0.113.7'),
      subnetIndex: index('subnet', '203.0.113.0/24'),
      cardIndex: index('card', '6222'),
      phoneIndex: index('phone', '13800138000'),
      contactIndexes: [index('phone', '13800138000')],
      addressIndex: index('address', '上海市黄浦区1号'),
    });
    const text = JSON.stringify(origin);
    for (const clear of ['device-of-1', '203.0.113', '13800138000', '黄浦']) expect(text).not.toContain(clear);
    expect(await origin.networkAddress.reveal()).toBe('203.0.113.7');
    expect(await origin.deviceId?.reveal()).toBe('device-of-1');
  });

  it('has no name of the device when nobody may be asked about it', () => {
    const origin = originOf(body, '203.0.113.7', borrower([]));
    expect(origin).not.toHaveProperty('deviceId');
    expect(origin).toHaveProperty('deviceIndex');
  });

  it('is little for a borrower that the house does not know', () => {
    expect(Object.keys(originOf({ cardId: 'c' }, '::1', { status: 'none' }))).toEqual([
      'networkIndex',
      'subnetIndex',
      'networkAddress',
    ]);
  });
});
