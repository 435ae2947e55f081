import { aggregates } from '../commands';
import { replay } from '../domain/channel';
import { channelId } from '../domain/kernel';
import { BANK_TRANSFER, E_ACCOUNT, POLICY } from '../tests/support/example-channels';
import { PAYOUT, type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const MINUTE = 60_000;

let house: SagaHouse;
afterEach(() => house.close());

/** Two e-account channels of which `quickpay` is the cheaper, and a bank that closes at night and on Sundays. */
const open = async (): Promise<void> => {
  house = await sagaHouse();
  await house.publish();
  const dearer = { ...E_ACCOUNT, cost: { kind: 'flat', fee: { amount: '3.00', currency: 'CNY' } } } as const;
  for (const [name, terms] of [
    ['quickpay', E_ACCOUNT],
    ['saverpay', dearer],
    ['bankwire', BANK_TRANSFER],
  ] as const) {
    await house.give({ type: 'EnrolChannel', data: { channelId: channelId(name), terms } }, `enrol ${name}`);
  }
  await house.register();
  await house.apply();
};

const attempts = async (): Promise<readonly string[]> => {
  const state = await house.payout();
  if (state.status === 'none' || state.status === 'requested') return [];
  const all = state.status === 'failed' ? state.failed : [...state.failed, state.attempt];
  return all.map(({ channel }) => channel);
};

const paidThrough = (name: 'channel' | 'quickpay' | 'saverpay' | 'bankwire'): number =>
  house.sandbox.records(name).payouts.length;

describe('a payout', () => {
  it('goes the best way, and says why: the decision can be made again from what is on record', async () => {
    await open();
    await house.sign();
    expect(await attempts()).toEqual(['quickpay']);
    expect([paidThrough('quickpay'), paidThrough('saverpay'), paidThrough('channel')]).toEqual([1, 0, 0]);
    expect((await house.loan()).status).toBe('lent');
    const [submitted] = await house.eventsOf(PAYOUT, 'PayoutSubmitted');
    const routing = submitted?.data.routing;
    // It is a Sunday: the bank is closed.
    expect(routing).toMatchObject({
      movement: { kind: 'payout', bank: 'Test Bank', refusedBy: [] },
      ranking: [{ channel: 'quickpay' }, { channel: 'saverpay' }],
      excluded: [{ channel: 'bankwire', reasons: ['CLOSED'] }],
    });
    expect(routing && replay(routing, POLICY)).toEqual(routing);
  });

  it('that is definitely refused goes another way', async () => {
    await open();
    house.sandbox.behave('quickpay', { operations: { payout: 'refuse' } });
    await house.sign();
    expect(await attempts()).toEqual(['quickpay', 'saverpay']);
    expect((await house.loan()).status).toBe('lent');
    const [, second] = await house.eventsOf(PAYOUT, 'PayoutSubmitted');
    expect(second?.data.routing).toMatchObject({ movement: { urgency: 'urgent', refusedBy: ['quickpay'] } });
  });

  it('that every way has refused is tried the best way once more, and then given up', async () => {
    await open();
    for (const name of ['quickpay', 'saverpay'] as const) {
      house.sandbox.behave(name, { operations: { payout: 'refuse' } });
    }
    await house.sign();
    expect(await attempts()).toEqual(['quickpay', 'saverpay', 'quickpay']);
    expect((await house.loan()).status).toBe('cancelled');
  });

  it.each(['timeout-after-doing', 'timeout-before-doing', 'settle-late', 'server-error', 'unsigned', 'reset'] as const)(
    'of which nobody knows what became (%s) goes no other way until that is known',
    async (behaviour) => {
      await open();
      house.sandbox.behave('quickpay', { operations: { payout: behaviour } });
      await house.sign();
      expect((await house.payout()).status).toBe('unknown');
      expect(await attempts()).toEqual(['quickpay']);
      expect([paidThrough('saverpay'), paidThrough('bankwire'), paidThrough('channel')]).toEqual([0, 0, 0]);
      await house.pass(3 * MINUTE);
      expect((await house.loan()).status).toBe('lent');
      // It moved once: the first way when that had done it, or the other way when it had not.
      expect(paidThrough('quickpay') + paidThrough('saverpay')).toBe(1);
    },
  );

  it('goes past a channel that says that it cannot pay that much, and past one that says nothing any more', async () => {
    house = await sagaHouse();
    house.sandbox.behave('quickpay', { heartbeat: { balance: { amount: '5999.99', currency: 'CNY' } } });
    const telling = { ...E_ACCOUNT, heartbeatSeconds: 600 };
    for (const name of ['quickpay', 'saverpay', 'bankwire'] as const) {
      await house.give({ type: 'EnrolChannel', data: { channelId: channelId(name), terms: telling } }, `enrol ${name}`);
    }
    await house.publish();
    await house.register();
    await house.apply();
    house.sandbox.behave('saverpay', { operations: { heartbeat: 'server-error' } });
    await house.pass(25 * MINUTE);
    await house.sign();
    expect(await attempts()).toEqual(['bankwire']);
    const [submitted] = await house.eventsOf(PAYOUT, 'PayoutSubmitted');
    expect(submitted?.data.routing?.excluded).toEqual([
      { channel: 'quickpay', reasons: ['BALANCE_TOO_LOW'] },
      { channel: 'saverpay', reasons: ['SILENT'] },
    ]);
  });

  it('that nobody can take waits, and goes when somebody can', async () => {
    await open();
    for (const name of ['quickpay', 'saverpay'] as const) {
      await house.give({ type: 'SuspendChannel', data: { channelId: channelId(name), reason: 'audit' } }, name);
    }
    await house.sign();
    expect((await house.payout()).status).toBe('requested');
    await house.pass(30 * MINUTE);
    expect((await house.payout()).status).toBe('requested');
    await house.give({ type: 'RestoreChannel', data: { channelId: channelId('saverpay'), reason: 'fine' } }, 'restore');
    await house.pass(11 * MINUTE);
    expect(await attempts()).toEqual(['saverpay']);
    expect((await house.bus.load(aggregates.payout, PAYOUT)).state.status).toBe('settled');
  });
});
