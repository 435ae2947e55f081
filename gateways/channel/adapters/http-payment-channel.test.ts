import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { businessDate, instant } from '../../../domain/kernel';
import { handClock, type OutsideWorld, outsideWorld, SETTLE_LATE_MS } from '../../../tests/support/outside-world';
import { PartnerClient, readKeySet } from '../../http';
import { type BehaviourName, MAGIC_AMOUNTS } from '../../sandbox';
import type { CallbackVerdict, PaymentChannel } from '..';
import { httpPaymentChannel } from './http-payment-channel';

const TODAY = businessDate('2026-11-22');
const TOMORROW = businessDate('2026-11-23');
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });
const ACCOUNT = { cardNumber: '6222020200112233445', bank: 'ICBC', name: '王小明' };

const payoutOf = (effectId: string, amount = '1000.00') => ({
  effectId,
  amount: cny(amount),
  businessDate: TODAY,
  payee: ACCOUNT,
});
const debitOf = (effectId: string, amount = '88.10') => ({
  effectId,
  amount: cny(amount),
  businessDate: TODAY,
  payer: ACCOUNT,
});
const queryOf = (effectId: string, amount = '1000.00') => ({
  effectId,
  amount: cny(amount),
  businessDate: TODAY,
  submittedAt: instant('2026-11-22T02:00:00.000Z'),
});

describe('A payment channel over HTTP', () => {
  let world: OutsideWorld;
  let channel: PaymentChannel;

  beforeAll(async () => {
    world = await outsideWorld();
    channel = world.channel;
  });
  beforeEach(() => world.sandbox.behave('channel', {}));
  afterAll(() => world.close());

  const behave = (behaviour: BehaviourName) => world.sandbox.behave('channel', { behaviour });
  const executions = (effectId: string) => {
    const { payouts, debits } = world.sandbox.records();
    return [...payouts, ...debits].filter(({ key }) => key === effectId).length;
  };

  it('settles a payout and a debit on the business date of the instruction', async () => {
    const out = await channel.payout(payoutOf('p-approve'));
    const back = await channel.debit(debitOf('d-approve'));
    expect(out).toMatchObject({ outcome: 'settled', settledOn: TODAY });
    expect(back).toMatchObject({ outcome: 'settled', settledOn: TODAY });
    expect(await channel.query(queryOf('p-approve'))).toEqual(out);
  });

  it('takes a part of a debit that may be partial, says the same when asked again, and shows it on its statement', async () => {
    const own = await outsideWorld({ settings: { channel: { partialDebits: 1 } } });
    try {
      const inParts = { ...debitOf('d-part', '100.00'), mayBePartial: true };
      const answer = await own.channel.debit(inParts);
      if (answer.outcome !== 'settled' || answer.taken === undefined) throw new Error('all of it was taken');
      const { taken } = answer;
      expect(Number(taken.amount)).toBeGreaterThan(0);
      expect(Number(taken.amount)).toBeLessThan(100);
      expect(await own.channel.debit(inParts)).toEqual(answer);
      const asked = { ...queryOf('d-part', '100.00'), mayBePartial: true };
      expect(await own.channel.query(asked)).toEqual(answer);
      expect(await own.channel.statement(TODAY)).toMatchObject({ lines: [{ reference: 'd-part', amount: taken }] });
      expect(own.sandbox.records().debits).toMatchObject([{ key: 'd-part', amount: taken }]);
      expect(await own.channel.debit(debitOf('d-all'))).not.toHaveProperty('taken');
      // Who has asked for all of it is told of no part.
      expect(await own.channel.query({ ...asked, mayBePartial: false })).toMatchObject({
        ...{ outcome: 'unknown', reason: 'part-where-all-was-asked' },
      });
    } finally {
      await own.close();
    }
  });

  it('fails on a signed refusal, and stays failed however often it is asked', async () => {
    world.sandbox.behave('channel', { behaviour: 'refuse', refusal: 'account-closed' });
    expect(await channel.payout(payoutOf('p-refuse'))).toEqual({ outcome: 'failed', reason: 'account-closed' });
    behave('approve');
    expect(await channel.payout(payoutOf('p-refuse'))).toEqual({ outcome: 'failed', reason: 'account-closed' });
    expect(await channel.query(queryOf('p-refuse'))).toEqual({ outcome: 'failed', reason: 'account-closed' });
    expect(executions('p-refuse')).toBe(0);
  });

  describe.each([
    ['hang', 'timed-out', 0],
    ['timeout-before-doing', 'timed-out', 0],
    ['timeout-after-doing', 'timed-out', 1],
    ['trickle', 'timed-out', 1],
    ['server-error', 'server-error', 0],
    ['reset', 'connection-failed', 1],
    ['garbage', 'unparsable', 1],
    ['unsigned', 'unsigned', 1],
    ['badly-signed', 'badly-signed', 1],
    ['oversized', 'too-large', 1],
  ] as const)('when it answers with %s', (behaviour, reason, executed) => {
    it(`is unknown (${reason}), and a query under the same effect id finds out`, async () => {
      behave(behaviour);
      const effectId = `p-${behaviour}`;
      expect(await channel.payout(payoutOf(effectId))).toEqual({ outcome: 'unknown', reason });
      expect(executions(effectId)).toBe(executed);

      behave('approve');
      const found = await channel.query(queryOf(effectId));
      expect(found.outcome).toBe(executed === 1 ? 'settled' : 'unknown');
    });

    it('is unknown for an amount that asks for it too', async () => {
      const amount = MAGIC_AMOUNTS[behaviour];
      const outcome = await channel.payout(payoutOf(`m-${behaviour}`, amount));
      expect(outcome).toEqual({ outcome: 'unknown', reason });
    });
  });

  it('is unknown when a query goes unanswered: nothing is concluded from silence', async () => {
    await channel.payout(payoutOf('p-silent-query'));
    world.sandbox.behave('channel', { operations: { query: 'server-error' } });
    expect(await channel.query(queryOf('p-silent-query'))).toEqual({ outcome: 'unknown', reason: 'server-error' });
  });

  it('is not found for certain only when the window for settling late has passed', async () => {
    const late = handClock('2026-11-22T02:00:00.000Z');
    const patient = httpPaymentChannel({
      name: 'patient',
      client: world.clients.channel,
      keys: new Map(),
      clock: late,
      settleLateMs: SETTLE_LATE_MS,
    });
    expect(await patient.query(queryOf('p-never-sent'))).toEqual({ outcome: 'unknown', reason: 'not-found-yet' });
    late.advance(SETTLE_LATE_MS - 1);
    expect(await patient.query(queryOf('p-never-sent'))).toEqual({ outcome: 'unknown', reason: 'not-found-yet' });
    late.advance(1);
    expect(await patient.query(queryOf('p-never-sent'))).toEqual({ outcome: 'not-found' });
  });

  it('finds a payout that was not found first and settled late, with one movement in the end', async () => {
    const own = await outsideWorld({ settings: { channel: { behaviour: 'settle-late', settleLateMs: 30_000 } } });
    try {
      expect(await own.channel.payout(payoutOf('p-late'))).toEqual({ outcome: 'unknown', reason: 'timed-out' });
      expect(await own.channel.query(queryOf('p-late'))).toEqual({ outcome: 'unknown', reason: 'not-found-yet' });
      own.clock.advance(30_000);
      expect(await own.channel.query(queryOf('p-late'))).toMatchObject({ outcome: 'settled', settledOn: TODAY });
      expect(own.sandbox.records().payouts).toHaveLength(1);
    } finally {
      await own.close();
    }
  });

  it('moves money once under 100 concurrent instructions with one effect id', async () => {
    const patient = await outsideWorld({ limits: { deadlineMs: 20_000 } });
    try {
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => patient.channel.payout(payoutOf('p-once'))));
      expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
      expect(outcomes[0]?.outcome).toBe('settled');
      expect(patient.sandbox.records().payouts.map(({ key }) => key)).toEqual(['p-once']);
    } finally {
      await patient.close();
    }
  });

  it('is unknown, not failed, when an effect id was used for another instruction', async () => {
    await channel.payout(payoutOf('p-reused'));
    expect(await channel.payout(payoutOf('p-reused', '2000.00'))).toEqual({
      outcome: 'unknown',
      reason: 'unexpected-status',
    });
    expect(await channel.query(queryOf('p-reused', '2000.00'))).toEqual({
      outcome: 'unknown',
      reason: 'answer-with-another-amount',
    });
  });

  it('never settles more than once and never contradicts itself, whatever mix of troubles it meets', async () => {
    const mixed = await outsideWorld({
      limits: { deadlineMs: 150 },
      settings: {
        channel: {
          behaviour: {
            refuse: 0.15,
            'server-error': 0.15,
            reset: 0.15,
            garbage: 0.1,
            unsigned: 0.1,
            'timeout-after-doing': 0.05,
            'timeout-before-doing': 0.05,
          },
        },
      },
    });
    try {
      await fc.assert(
        fc.asyncProperty(fc.uuid(), fc.integer({ min: 1, max: 4 }), async (effectId, times) => {
          const definite = new Set<string>();
          for (let time = 0; time < times; time++) {
            const outcome = await mixed.channel.debit(debitOf(effectId));
            if (outcome.outcome !== 'unknown') definite.add(JSON.stringify(outcome));
          }
          const executed = mixed.sandbox.records().debits.filter(({ key }) => key === effectId).length;
          expect(definite.size).toBeLessThanOrEqual(1);
          expect(executed).toBeLessThanOrEqual(1);
          for (const outcome of definite) expect(JSON.parse(outcome).outcome).toBe(executed ? 'settled' : 'failed');
        }),
        { numRuns: 40 },
      );
    } finally {
      await mixed.close();
    }
  });

  it('gives the statement of a date with the hash of its bytes', async () => {
    const quiet = await outsideWorld();
    try {
      await quiet.channel.payout(payoutOf('e-1'));
      await quiet.channel.debit(debitOf('e-2'));
      const statement = await quiet.channel.statement(TODAY);
      expect(statement).toMatchObject({
        outcome: 'answered',
        statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        lines: [
          { reference: 'e-1', direction: 'out', amount: cny('1000.00'), bookedOn: TODAY },
          { reference: 'e-2', direction: 'in', amount: cny('88.10'), bookedOn: TODAY },
        ],
      });
      expect(await quiet.channel.statement(TODAY)).toEqual(statement);
      expect(await quiet.channel.statement(TOMORROW)).toMatchObject({ outcome: 'answered', lines: [] });
    } finally {
      await quiet.close();
    }
  });

  it('tells how the channel stands, or that it does not say', async () => {
    expect(await channel.heartbeat()).toEqual({ outcome: 'answered', available: true });
    const told = { available: false, balance: cny('12.00'), cost: { kind: 'flat', fee: cny('2.00') } } as const;
    world.sandbox.behave('channel', { heartbeat: told });
    expect(await channel.heartbeat()).toEqual({ outcome: 'answered', ...told });
    behave('unsigned');
    expect(await channel.heartbeat()).toEqual({ outcome: 'failed', reason: 'unsigned' });
  });

  it('gives no statement rather than a doubtful one', async () => {
    behave('unsigned');
    expect(await channel.statement(TODAY)).toEqual({ outcome: 'failed', reason: 'unsigned' });
    behave('hang');
    expect(await channel.statement(TODAY)).toEqual({ outcome: 'timed-out', reason: 'timed-out' });
  });

  it('says nothing of persons or accounts to its metrics', async () => {
    behave('garbage');
    await channel.payout(payoutOf('p-metrics'));
    behave('approve');
    await channel.payout(payoutOf('p-metrics'));
    const told = JSON.stringify(world.calls);
    expect(told).not.toContain(ACCOUNT.cardNumber);
    expect(told).not.toContain(ACCOUNT.name);
    expect(world.calls.at(-1)).toMatchObject({ partner: 'channel', operation: 'payout', outcome: 'answered' });
  });
});

interface Delivery {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A listener for callbacks that keeps what it gets. */
const listener = async () => {
  const deliveries: Delivery[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    deliveries.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(204).end();
    for (const { count, done } of waiting) if (deliveries.length >= count) done();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    received: (count: number) =>
      new Promise<readonly Delivery[]>((resolve) => {
        const done = () => resolve(deliveries);
        if (deliveries.length >= count) done();
        else waiting.push({ count, done });
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

describe("A payment channel's callbacks", () => {
  let world: OutsideWorld;
  let inbox: Awaited<ReturnType<typeof listener>>;
  let deliveries: readonly Delivery[];

  beforeAll(async () => {
    inbox = await listener();
    world = await outsideWorld({
      settings: { channel: { behaviour: 'callback', callbacks: { url: inbox.url, copies: 3, outOfOrder: true } } },
    });
    expect(await world.channel.payout(payoutOf('p-callback'))).toEqual({ outcome: 'unknown', reason: 'accepted' });
    deliveries = await inbox.received(6);
  });
  afterAll(async () => {
    await world.close();
    await inbox.close();
  });

  const verdicts = () =>
    Promise.all(deliveries.map(({ headers, body }) => world.channel.verifyCallback(headers, body)));
  const first = (): Delivery => {
    const [delivery] = deliveries;
    if (delivery === undefined) throw new Error('no callback came');
    return delivery;
  };
  const refused = (reason: string) => ({ genuine: false, reason }) as CallbackVerdict;

  it('come several times and out of order, and can be told apart by their id', async () => {
    const heard = (await verdicts()).flatMap((verdict) => (verdict.genuine ? [verdict] : []));
    expect(heard.map(({ answer }) => answer.outcome)).toEqual([
      'settled',
      'settled',
      'settled',
      'unknown',
      'unknown',
      'unknown',
    ]);
    expect(new Set(heard.map(({ callbackId }) => callbackId)).size).toBe(2);
  });

  it('say the same as a query does, and move nothing themselves', async () => {
    const [verdict] = await verdicts();
    expect(verdict).toMatchObject({
      genuine: true,
      movement: 'payout',
      effectId: 'p-callback',
      amount: cny('1000.00'),
    });
    expect(verdict).toHaveProperty('answer', await world.channel.query(queryOf('p-callback')));
    expect(world.sandbox.records().payouts).toHaveLength(1);
  });

  it('are refused when a byte of them changed', async () => {
    const { headers, body } = first();
    const forged = Buffer.from(body.toString().replace('1000.00', '9000.00'));
    expect(await world.channel.verifyCallback(headers, forged)).toEqual(refused('badly-signed'));
    const renamed = { ...headers, 'callback-id': 'cb-another' };
    expect(await world.channel.verifyCallback(renamed, body)).toEqual(refused('badly-signed'));
  });

  it('are refused without a signature, or under a key that is not the channel’s', async () => {
    const { headers, body } = first();
    expect(await world.channel.verifyCallback({ ...headers, signature: undefined }, body)).toEqual(refused('unsigned'));
    expect(await world.channel.verifyCallback({}, body)).toEqual(refused('unsigned'));
    const otherKey = { ...headers, 'signature-key-id': 'sandbox-esign-1' };
    expect(await world.channel.verifyCallback(otherKey, body)).toEqual(refused('unknown-key'));
    const stranger = httpPaymentChannel({
      name: 'stranger',
      client: world.clients.channel,
      keys: readKeySet({
        keys: world.sandbox.publicKeys.esign.keys.map((key) => ({ ...key, kid: 'sandbox-channel-1' })),
      }),
      clock: world.clock,
      settleLateMs: SETTLE_LATE_MS,
    });
    expect(await stranger.verifyCallback(headers, body)).toEqual(refused('badly-signed'));
  });

  it('are refused when they are older than five minutes, or from the future', async () => {
    const { headers, body } = first();
    world.clock.advance(300_000);
    expect((await world.channel.verifyCallback(headers, body)).genuine).toBe(true);
    world.clock.advance(1_000);
    expect(await world.channel.verifyCallback(headers, body)).toEqual(refused('stale'));
    world.clock.advance(-602_000);
    expect(await world.channel.verifyCallback(headers, body)).toEqual(refused('stale'));
    world.clock.advance(301_000);
  });
});

describe('A partner client in front of a partner that is not there', () => {
  it('leaves an instruction unknown', async () => {
    const world = await outsideWorld();
    const url = world.sandbox.urls.channel;
    await world.close();
    const client = new PartnerClient({ partner: 'gone', url, keys: readKeySet(world.sandbox.publicKeys.channel) });
    const gone = httpPaymentChannel({ name: 'gone', client, keys: new Map(), clock: world.clock, settleLateMs: 0 });
    expect(await gone.payout(payoutOf('p-gone'))).toEqual({ outcome: 'unknown', reason: 'connection-failed' });
    await client.close();
  });
});
