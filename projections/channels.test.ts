import fc from 'fast-check';
import { type ChannelEvent, costOf, route } from '../domain/channel';
import type { DomainEvent } from '../domain/events';
import { addDays, businessDate, formatMoney, instantAt, moneyOf, parseMoney, startOf } from '../domain/kernel';
import { E_ACCOUNT, movementOf, POLICY } from '../tests/support/example-channels';
import { BORROWER, cny, LOAN } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { channelMeasures } from './channel-measures';
import { type ChannelDoc, channels } from './channels';
import { routingMeasures } from './routing-measures';

const DAY = businessDate('2026-03-02');
const STREAM = 'channel-quickpay';
const at = (second: number, day = DAY) => instantAt(Date.parse(startOf(day)) + 36_000_000 + second * 1_000);

type Told = readonly [stream: string, event: DomainEvent, at?: { readonly bookedAt: string }];

const enrolled: Told = [STREAM, { type: 'ChannelEnrolled', data: { terms: E_ACCOUNT, enrolledOn: DAY } }];
const told = (event: ChannelEvent): Told => [STREAM, event];
const payer = (bank: string) => ({ cardId: 'card-1', bank, lastFour: '4242' });

const of = (effectId: string, amount: string) => ({ loanId: LOAN, amount: cny(amount), channel: 'quickpay', effectId });
const debited = (effectId: string, amount: string, bank = 'Test Bank', day = DAY): Told => [
  `repayment-${effectId}`,
  {
    type: 'RepaymentInitiated',
    data: {
      ...of(effectId, amount),
      borrowerId: BORROWER,
      kind: 'voluntary',
      payer: payer(bank),
      initiatedAt: at(0, day),
    },
  },
];
const settled = (effectId: string, amount: string, seconds: number, day = DAY): Told => [
  `repayment-${effectId}`,
  { type: 'RepaymentSettled', data: { ...of(effectId, amount), channelReference: effectId, valueDate: day } },
  { bookedAt: at(seconds, day) },
];
const failed = (effectId: string, amount: string): Told => [
  `repayment-${effectId}`,
  { type: 'RepaymentFailed', data: { ...of(effectId, amount), reason: 'declined' } },
];
const unknown = (effectId: string, amount: string, queries = 0): Told => [
  `repayment-${effectId}`,
  { type: 'RepaymentUnknown', data: { ...of(effectId, amount), reason: 'silence', queries, nextQueryAt: at(60) } },
];
const paidOut = (effectId: string, amount: string): Told => {
  const routing = route(movementOf({ bank: 'Big Bank' }), [], POLICY);
  return [
    `payout-${effectId}`,
    {
      type: 'PayoutSubmitted',
      data: { ...of(effectId, amount), attempt: 1, submittedAt: at(0), valueDate: DAY, routing },
    },
  ];
};

const channelAfter = (...facts: readonly Told[]): ChannelDoc => {
  const doc = documentsFrom(channels, [enrolled, ...facts]).get(STREAM);
  if (doc === undefined) throw new Error('the channel was enrolled');
  return doc;
};

const asked = movementOf({ kind: 'debit', amount: cny('500.00') });

describe('the channels', () => {
  it('that are not enrolled have no document, whatever moves through them', () => {
    expect([...documentsFrom(channels, [debited('r1', '500.00'), settled('r1', '500.00', 3)]).keys()]).toEqual([]);
  });

  it('show where they stand, and why', () => {
    const doc = channelAfter(
      told({ type: 'ChannelDegraded', data: { anomaly: 'silence', detail: '3 in a row', degradedAt: at(9) } }),
      told({ type: 'ChannelProbed', data: { passed: true, detail: '', inARow: 1 } }),
    );
    expect(doc).toMatchObject({
      channel: 'quickpay',
      status: 'degraded',
      health: { anomalies: [{ anomaly: 'silence', detail: '3 in a row' }] },
    });
    expect(entriesOf(channels, 'byStatus', new Map([[STREAM, doc]]))).toEqual([['degraded', 'quickpay']]);
    const restored = told({ type: 'ChannelRestored', data: { by: 'probes', reason: '' } });
    expect(channelAfter(told({ type: 'ChannelSuspended', data: { reason: 'audit' } })).status).toBe('suspended');
    expect(channelAfter(restored).status).toBe('in-service');
    expect(channelAfter(told({ type: 'ChannelRetired', data: { reason: 'over' } })).status).toBe('retired');
  });

  it('count success, speed, volume and cost by direction, amount band and bank', () => {
    const doc = channelAfter(
      debited('r1', '500.00'),
      debited('r2', '800.00'),
      debited('r3', '500.00', 'Other Bank'),
      debited('r4', '3000.00'),
      paidOut('p1', '500.00'),
      settled('r1', '500.00', 4),
      settled('r2', '800.00', 8),
      failed('r3', '500.00'),
      settled('r4', '3000.00', 60),
    );
    expect(doc.days[DAY]).toEqual({
      used: { out: cny('500.00'), in: cny('4300.00') },
      cells: {
        'in to-1000 Test Bank': { settled: 2, failed: 0, seconds: 12, volume: cny('1300.00'), cost: cny('2.00') },
        'in to-1000 Other Bank': {
          settled: 0,
          failed: 1,
          seconds: 0,
          volume: cny('0.00'),
          cost: cny('0.00'),
        },
        'in to-5000 Test Bank': { settled: 1, failed: 0, seconds: 60, volume: cny('3000.00'), cost: cny('1.00') },
      },
    });
    expect(channelMeasures(doc).map(({ direction, band, bank }) => [direction, band, bank])).toEqual([
      ['in', 'to-1000', 'Other Bank'],
      ['in', 'to-1000', 'Test Bank'],
      ['in', 'to-5000', 'Test Bank'],
    ]);
    expect(routingMeasures(doc, { ...asked, businessDate: addDays(DAY, 1) })).toMatchObject({
      usedToday: cny('0.00'),
      measured: {
        bandAndBank: { attempts: 2, settled: 2, seconds: 12 },
        band: { attempts: 3, settled: 2, seconds: 12 },
        channel: { attempts: 4, settled: 3, seconds: 72 },
      },
    });
  });

  it('judge all movements of a day alike: what it brings counts from the next one on, but for what it has used', () => {
    const doc = channelAfter(debited('r1', '500.00'), paidOut('p1', '500.00'), settled('r1', '500.00', 4));
    expect(routingMeasures(doc, asked)).toMatchObject({
      usedToday: cny('500.00'),
      measured: { bandAndBank: { attempts: 0 }, channel: { attempts: 0 } },
    });
    expect(routingMeasures(doc, { ...asked, kind: 'payout' })).toMatchObject({
      usedToday: cny('500.00'),
      measured: { channel: { attempts: 0 } },
    });
  });

  it('add up all that they ever did, with what had no answer at first and was found out', () => {
    const doc = channelAfter(
      debited('r1', '500.00'),
      unknown('r1', '500.00'),
      settled('r1', '500.00', 4),
      debited('r2', '800.00'),
      failed('r2', '800.00'),
      debited('r3', '900.00'),
      unknown('r3', '900.00'),
    );
    expect(doc.totals).toEqual({
      in: { settled: 1, failed: 1, unanswered: 2, foundOut: 1, volume: cny('500.00'), cost: cny('1.00') },
      out: { settled: 0, failed: 0, unanswered: 0, foundOut: 0, volume: cny('0.00'), cost: cny('0.00') },
    });
  });

  it('know what is going wrong in a row, and forget it when something goes well', () => {
    const wrong = [debited('r1', '5.00'), debited('r2', '5.00'), debited('r3', '5.00')];
    expect(channelAfter(...wrong, failed('r1', '5.00'), failed('r2', '5.00')).health.failuresInARow).toBe(2);
    const accepted = debited('r9', '5.00');
    const later: Told = [
      'repayment-r9',
      { type: 'RepaymentUnknown', data: { ...of('r9', '5.00'), reason: 'accepted', queries: 0, nextQueryAt: at(60) } },
    ];
    expect(channelAfter(accepted, later).health.silencesInARow).toBe(0);
    const silent = [unknown('r1', '5.00'), unknown('r1', '5.00', 1), unknown('r2', '5.00')];
    expect(channelAfter(...wrong, ...silent).health.silencesInARow).toBe(2);
    const found = settled('r1', '5.00', 70);
    // That a query found it in the end does not mean that the channel answers.
    expect(channelAfter(...wrong, ...silent, found).health).toMatchObject({ silencesInARow: 2, failuresInARow: 0 });
    const spoke = channelAfter(...wrong, ...silent, settled('r3', '5.00', 1));
    expect(spoke.health).toMatchObject({ silencesInARow: 0, failuresInARow: 0, lastSettledAt: at(1) });
    expect(Object.keys(spoke.underWay)).toEqual(['r1', 'r2']);
  });

  it('forget what is longer ago than thirty business dates', () => {
    const later = addDays(DAY, 30);
    const before = [debited('r1', '5.00'), settled('r1', '5.00', 1)];
    const doc = channelAfter(...before, debited('r2', '5.00', 'Test Bank', later));
    expect(Object.keys(doc.days)).toEqual([later]);
    const two = channelAfter(
      ...before,
      debited('r2', '7.00', 'Test Bank', addDays(DAY, 1)),
      settled('r2', '7.00', 5, addDays(DAY, 1)),
    );
    expect(channelMeasures(two)).toMatchObject([{ settled: 2, seconds: 6, volume: cny('12.00') }]);
    const { measured } = routingMeasures(channelAfter(...before), { ...asked, businessDate: later });
    expect(measured.channel.attempts).toBe(0);
    const stillCounts = routingMeasures(channelAfter(...before), { ...asked, businessDate: addDays(DAY, 29) });
    expect(stillCounts.measured.channel.attempts).toBe(1);
  });

  it('add up: what was used is what settled and what is under way; what it cost is the price of each', () => {
    const fate = fc.constantFrom('settles', 'fails', 'waits', 'asked-then-settles');
    const movement = fc.record({ fate, minor: fc.integer({ min: 1, max: 9_000_000 }) });
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 25 }), (movements) => {
        const facts = movements.flatMap(({ fate: what, minor }, index): readonly Told[] => {
          const [id, { amount }] = [`r${index}`, formatMoney(moneyOf(BigInt(minor), 'CNY'))];
          const begun = debited(id, amount);
          if (what === 'waits') return [begun];
          if (what === 'fails') return [begun, failed(id, amount)];
          return what === 'settles'
            ? [begun, settled(id, amount, 2)]
            : [begun, unknown(id, amount), settled(id, amount, 90)];
        });
        const doc = channelAfter(...facts);
        const sumOf = (...fates: readonly string[]) =>
          movements
            .filter(({ fate: what }) => fates.includes(what))
            .reduce((sum, { minor }) => sum + BigInt(minor), 0n);
        const day = doc.days[DAY];
        const cells = Object.values(day?.cells ?? {});
        const total = (of: (cell: (typeof cells)[number]) => bigint) => cells.reduce((sum, cell) => sum + of(cell), 0n);
        expect(parseMoney(day?.used.in ?? cny('0.00')).minor).toBe(sumOf('settles', 'waits', 'asked-then-settles'));
        expect(total(({ volume }) => parseMoney(volume).minor)).toBe(sumOf('settles', 'asked-then-settles'));
        const price = costOf(E_ACCOUNT.cost, moneyOf(1n, 'CNY')).minor;
        expect(total(({ cost }) => parseMoney(cost).minor)).toBe(price * total(({ settled: many }) => BigInt(many)));
        expect(Object.keys(doc.underWay)).toHaveLength(movements.filter(({ fate: what }) => what === 'waits').length);
      }),
    );
  });
});
