import { aggregates } from '../commands';
import { creditLineId, ledgerId } from '../domain/kernel';
import { heldIn } from '../domain/ledger';
import type { BehaviourName } from '../gateways/sandbox';
import { DONE_ALL_THE_SAME } from '../tests/support/done-all-the-same';
import { LOAN, PAYOUT, type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let house: SagaHouse;
afterEach(() => house.close());

/** A house with a contract about to be signed. */
const open = async (): Promise<void> => {
  house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
};

const inFlight = async (): Promise<bigint> => {
  const books = (await house.bus.load(aggregates.ledger, ledgerId(LOAN))).state;
  return heldIn(books.balances, '1201', 'CNY');
};

const line = async () => (await house.bus.load(aggregates.creditLine, creditLineId(house.borrower))).state;

describe('a payout', () => {
  it.each<BehaviourName>(['approve', ...DONE_ALL_THE_SAME])(
    'is executed once and found out about, where the channel does it and answers: %s',
    async (behaviour) => {
      await open();
      house.sandbox.behave('channel', { operations: { payout: behaviour }, slowMs: 20 });
      await house.sign();
      await house.pass(10 * MINUTE);
      expect(house.sandbox.records().payouts).toHaveLength(1);
      expect((await house.payout()).status).toBe('settled');
      expect((await house.loan()).status).toBe('lent');
      expect(await house.typesOf(PAYOUT)).toEqual(expect.not.arrayContaining(['PayoutFailed']));
      expect(await inFlight()).toBe(0n);
      expect(await house.sagas.listParked()).toEqual([]);
    },
  );

  it.each<BehaviourName>(['hang', 'timeout-before-doing', 'server-error'])(
    'that the channel never had is tried again, once that is certain, under another effect id: %s',
    async (behaviour) => {
      await open();
      house.sandbox.behave('channel', { operations: { payout: behaviour } });
      await house.sign();
      expect((await house.payout()).status).toBe('unknown');
      house.sandbox.behave('channel', {});
      await house.pass(10 * MINUTE);
      expect(house.sandbox.records().payouts.map(({ key }) => key)).toEqual([`${PAYOUT}.2`]);
      expect(await house.typesOf(PAYOUT)).toEqual(
        expect.arrayContaining(['PayoutUnknown', 'PayoutFailed', 'PayoutSettled']),
      );
      expect((await house.loan()).status).toBe('lent');
      expect(await inFlight()).toBe(0n);
    },
  );

  it('that the channel refuses three times is given up: no loan, no money moved, the credit given back', async () => {
    await open();
    house.sandbox.behave('channel', { operations: { payout: 'refuse' } });
    await house.sign();
    expect(await house.payout()).toMatchObject({ status: 'failed', final: true });
    expect((await house.loan()).status).toBe('cancelled');
    expect(house.sandbox.records().payouts).toEqual([]);
    const state = await line();
    expect(state.status === 'open' && [...state.reservations.values()]).toEqual([{ status: 'released' }]);
    expect(await inFlight()).toBe(0n);
  });

  it('of which nothing can be heard is never tried another way: it ends with a person, who may hear', async () => {
    await open();
    house.sandbox.behave('channel', { operations: { payout: 'timeout-after-doing', query: 'server-error' } });
    await house.sign();
    await house.pass(3 * DAY);
    expect((await house.payout()).status).toBe('escalated');
    expect(house.sandbox.records().payouts).toHaveLength(1);
    expect((await house.loan()).status).toBe('opened');
    const answer = { outcome: 'settled', channelReference: 'by letter', settledOn: '2026-11-22' } as const;
    const told = await house.give(
      {
        type: 'RecordPayoutOutcome',
        data: { payoutId: PAYOUT, effectId: `${PAYOUT}.1`, answer },
      } as Parameters<SagaHouse['give']>[0],
      'by hand',
      { actor: { kind: 'operator', id: 'op-1' } },
    );
    expect(told.kind).toBe('accepted');
    await house.settled();
    expect((await house.loan()).status).toBe('lent');
  });
});
