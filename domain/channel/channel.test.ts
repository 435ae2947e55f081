import { specificationFor } from '../../tests/support/decider-specification';
import { BANK_TRANSFER, E_ACCOUNT } from '../../tests/support/example-channels';
import { cny } from '../../tests/support/example-loan';
import { businessDate, channelId, instant } from '../kernel';
import { type ChannelEvent, type ChannelTerms, channelDecider } from '.';

const { given } = specificationFor(channelDecider);

const ID = channelId('quickpay');
const TODAY = businessDate('2026-03-02');
const NOON = instant('2026-03-02T04:00:00.000Z');

const enrolled: ChannelEvent = { type: 'ChannelEnrolled', data: { terms: E_ACCOUNT, enrolledOn: TODAY } };
const degraded: ChannelEvent = {
  type: 'ChannelDegraded',
  data: { anomaly: 'failures', detail: '5 in a row', degradedAt: NOON },
};
const suspended: ChannelEvent = { type: 'ChannelSuspended', data: { reason: 'audit' } };
const retired: ChannelEvent = { type: 'ChannelRetired', data: { reason: 'contract ended' } };
const probedAs = (passed: boolean, inARow: number): ChannelEvent => ({
  type: 'ChannelProbed',
  data: { passed, detail: 'query', inARow },
});

const enrol = (terms: ChannelTerms = E_ACCOUNT) => ({ type: 'EnrolChannel', data: { channelId: ID, terms } }) as const;
const degrade = {
  type: 'DegradeChannel',
  data: { channelId: ID, anomaly: 'failures', detail: '5 in a row' },
  at: NOON,
} as const;
const probe = (passed: boolean) => ({ type: 'RecordProbe', data: { channelId: ID, passed, detail: 'query' } }) as const;
const by = (type: 'SuspendChannel' | 'RestoreChannel' | 'RetireChannel') =>
  ({ type, data: { channelId: ID, reason: 'audit' } }) as const;

describe('A channel', () => {
  test('is enrolled once, with what was agreed', () => {
    given([]).when(enrol()).then([enrolled]);
    given([enrolled]).when(enrol()).thenRefused('ALREADY_EXISTS');
    given([retired].slice(1)).when(by('SuspendChannel')).thenRefused('NOT_FOUND');
  });

  test('gets other terms, but never another currency', () => {
    const revise = (terms: ChannelTerms) => ({ type: 'ReviseChannelTerms', data: { channelId: ID, terms } }) as const;
    given([enrolled])
      .when(revise(BANK_TRANSFER))
      .then([{ type: 'ChannelTermsRevised', data: { terms: BANK_TRANSFER, revisedOn: TODAY } }]);
    const euro = { amount: '10.00', currency: 'EUR' } as const;
    given([enrolled])
      .when(
        revise({
          ...E_ACCOUNT,
          currency: 'EUR',
          limits: { least: euro, most: euro, perDay: euro },
          cost: { kind: 'flat', fee: euro },
        }),
      )
      .thenRefused('CHANNEL_TERMS_INVALID');
  });

  test('is degraded on an anomaly, and restored when enough probes have passed in a row', () => {
    given([enrolled]).when(degrade).then([degraded]);
    given([enrolled, degraded]).when(degrade).thenNothing();
    const twice = [enrolled, degraded, probedAs(true, 1), probedAs(true, 2)];
    given(twice)
      .when(probe(false))
      .then([probedAs(false, 0)]);
    given(twice)
      .when(probe(true))
      .then([
        probedAs(true, 3),
        { type: 'ChannelRestored', data: { by: 'probes', reason: '3 probes passed in a row' } },
      ]);
    given([enrolled]).when(probe(true)).thenNothing();
  });

  test('that a person has suspended is restored by a person only', () => {
    given([enrolled]).when(by('SuspendChannel')).then([suspended]);
    given([enrolled, suspended]).when(by('SuspendChannel')).thenNothing();
    given([enrolled, suspended]).when(probe(true)).thenNothing();
    given([enrolled, suspended]).when(degrade).thenNothing();
    const restored: ChannelEvent = { type: 'ChannelRestored', data: { by: 'operator', reason: 'audit' } };
    for (const out of [suspended, degraded]) {
      given([enrolled, out]).when(by('RestoreChannel')).then([restored]);
    }
    given([enrolled]).when(by('RestoreChannel')).thenNothing();
  });

  test('that is retired stays so', () => {
    given([enrolled, suspended])
      .when(by('RetireChannel'))
      .then([{ type: 'ChannelRetired', data: { reason: 'audit' } }]);
    given([enrolled, retired]).when(by('RestoreChannel')).thenRefused('CHANNEL_RETIRED');
    given([enrolled, retired]).when(by('RetireChannel')).thenNothing();
    given([enrolled, retired]).when(degrade).thenNothing();
  });
});

describe('A heartbeat', () => {
  const beat = (more: object = {}, at = NOON) =>
    ({ type: 'RecordHeartbeat', data: { channelId: ID, available: true, validSeconds: 120, ...more }, at }) as const;
  const heard: ChannelEvent = {
    type: 'ChannelHeartbeatHeard',
    data: { available: true, heardAt: NOON, expiresAt: instant('2026-03-02T04:02:00.000Z') },
  };

  test('tells availability, balance and price, and how long they may be believed', () => {
    given([enrolled]).when(beat()).then([heard]);
    const told = { balance: cny('90000.00'), cost: { kind: 'flat', fee: cny('2.00') } } as const;
    given([enrolled])
      .when(beat(told))
      .then([{ type: 'ChannelHeartbeatHeard', data: { ...heard.data, ...told } }]);
  });

  test('that says nothing new is on record only when half the time of the one before is over', () => {
    given([enrolled, heard])
      .when(beat({}, instant('2026-03-02T04:00:59.999Z')))
      .thenNothing();
    given([enrolled, heard])
      .when(beat({}, instant('2026-03-02T04:01:00.000Z')))
      .thenMatching([{ type: 'ChannelHeartbeatHeard' }]);
    given([enrolled, heard])
      .when(beat({ balance: cny('5.00') }, instant('2026-03-02T04:00:01.000Z')))
      .thenMatching([{ type: 'ChannelHeartbeatHeard' }]);
  });

  test('of a channel that is not available degrades it', () => {
    given([enrolled])
      .when(beat({ available: false }))
      .thenMatching([{ type: 'ChannelHeartbeatHeard' }, { type: 'ChannelDegraded', data: { anomaly: 'unavailable' } }]);
    given([enrolled, suspended])
      .when(beat({ available: false }))
      .thenMatching([{ type: 'ChannelHeartbeatHeard' }]);
  });

  test('is in the channel’s currency', () => {
    const euro = { amount: '1.00', currency: 'EUR' };
    given([enrolled])
      .when(beat({ balance: euro }))
      .thenRefused('CURRENCY_MISMATCH');
    given([enrolled])
      .when(beat({ cost: { kind: 'flat', fee: euro } }))
      .thenRefused('CHANNEL_TERMS_INVALID');
  });
});

describe('Terms that contradict themselves are not agreed to:', () => {
  const { limits, hours } = E_ACCOUNT;
  const flat = (fee: string) => ({ kind: 'flat', fee: cny(fee) }) as const;
  test.each<[string, Partial<ChannelTerms>]>([
    ['limits of another currency', { limits: { ...limits, perDay: { amount: '1000000.00', currency: 'USD' } } }],
    ['a least amount of nothing', { limits: { ...limits, least: cny('0.00') } }],
    ['a least amount above the most', { limits: { ...limits, least: cny('60000.00') } }],
    ['a day that does not allow the most', { limits: { ...limits, perDay: cny('49999.99') } }],
    ['an ability named twice', { abilities: ['payout', 'payout'] }],
    ['partial debits without debits', { abilities: ['partial-debit'] }],
    ['an unknown calendar', { hours: { ...hours, calendar: 'CN@1999.1' } }],
    ['closing before opening', { hours: { ...hours, opens: '17:00', closes: '08:30' } }],
    ['a fee below zero', { cost: flat('-1.00') }],
    [
      'a least fee above the most',
      { cost: { kind: 'share', share: '0.01', rounding: 'UP', least: cny('5.00'), most: cny('2.00') } },
    ],
    ['a bounded last tier', { cost: { kind: 'tiers', tiers: [{ upTo: cny('100.00'), fee: flat('1.00') }] } }],
    [
      'tiers that do not rise',
      {
        cost: {
          kind: 'tiers',
          tiers: [
            { upTo: cny('100.00'), fee: flat('1.00') },
            { upTo: cny('100.00'), fee: flat('2.00') },
            { fee: flat('3.00') },
          ],
        },
      },
    ],
  ])('%s', (_what, wrong) => {
    given([])
      .when(enrol({ ...E_ACCOUNT, ...wrong }))
      .thenRefused('CHANNEL_TERMS_INVALID');
  });
});
