import { request } from 'undici';
import { businessDate, custodyAccountId, instantAt } from '../../../domain/kernel';
import { HOLDER, HOUSE_ACCOUNT, OPENING, topUp } from '../../../tests/support/custody-orders';
import { outsideWorld } from '../../../tests/support/outside-world';
import { PartnerClient, readKeySet, signingKeyFrom } from '../../http';
import { custodyBankContract } from '../custody-bank.contract';
import { httpCustodyBank } from './http-custody-bank';

const TODAY = businessDate('2026-11-22');
const TOMORROW = businessDate('2026-11-23');
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });
const ACCOUNT = { cardNumber: '6222020200112233445', bank: 'ICBC', name: '王小明' };

describe('A custody bank over HTTP', () => {
  it('shows the money that the channel moved, line by line and in sum', async () => {
    const { channel, custody, close } = await outsideWorld();
    try {
      await channel.payout({ effectId: 'out', amount: cny('1000.00'), businessDate: TODAY, payee: ACCOUNT });
      await channel.debit({ effectId: 'in', amount: cny('88.10'), businessDate: TOMORROW, payer: ACCOUNT });

      expect(await custody.statement(TOMORROW, 'CNY')).toEqual({
        outcome: 'answered',
        businessDate: TOMORROW,
        statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        opening: cny('-1000.00'),
        closing: cny('-911.90'),
        lines: [
          { lineId: expect.any(String), reference: 'in', direction: 'in', amount: cny('88.10'), bookedOn: TOMORROW },
        ],
      });
      expect(await custody.balance(TODAY, 'CNY')).toEqual({
        outcome: 'answered',
        businessDate: TODAY,
        balance: cny('-1000.00'),
      });
      expect(await custody.balance(TODAY, 'EUR')).toMatchObject({ balance: { amount: '0.00', currency: 'EUR' } });
    } finally {
      await close();
    }
  });

  it('gives no figure rather than a doubtful one', async () => {
    const { custody, sandbox, close } = await outsideWorld();
    try {
      sandbox.behave('custody', { operations: { balance: 'badly-signed', statement: 'hang' } });
      expect(await custody.balance(TODAY, 'CNY')).toEqual({ outcome: 'failed', reason: 'badly-signed' });
      expect(await custody.statement(TODAY, 'CNY')).toEqual({ outcome: 'timed-out', reason: 'timed-out' });
    } finally {
      await close();
    }
  });
});

custodyBankContract('a bank over HTTP', async () => {
  const { custody, close } = await outsideWorld({ limits: { deadlineMs: 5_000 } });
  return { bank: custody, close };
});

describe('Instructions to a custody bank over HTTP', () => {
  const order = topUp('500.00');

  const openedWorld = async () => {
    const world = await outsideWorld();
    await world.custody.instruct({ effectId: 'open.1', order: OPENING, holder: HOLDER, businessDate: TODAY });
    const give = () => world.custody.instruct({ effectId: 'top-up.1', order, businessDate: TODAY });
    const submittedAt = instantAt(world.clock.now());
    const ask = (amount = order.amount) =>
      world.custody.query({ effectId: 'top-up.1', order: { ...order, amount }, businessDate: TODAY, submittedAt });
    const balance = async () => {
      const account = await world.custody.account(HOUSE_ACCOUNT);
      return account.outcome === 'answered' ? account.balance.amount : account.reason;
    };
    return { ...world, give, ask, balance };
  };

  it.each(['badly-signed', 'unsigned', 'garbage', 'reset', 'timeout-after-doing'] as const)(
    'takes an answer that is %s for no answer, and hears by asking again what was done',
    async (behaviour) => {
      const { sandbox, give, ask, balance, close } = await openedWorld();
      try {
        sandbox.behave('custody', { operations: { 'top-up': behaviour } });
        expect(await give()).toMatchObject({ outcome: 'unknown' });
        sandbox.behave('custody', {});
        expect(await ask()).toMatchObject({ outcome: 'settled' });
        expect(await balance()).toBe('500.00');
      } finally {
        await close();
      }
    },
  );

  it('believes that nothing was done only when the bank can no longer do it', async () => {
    const { sandbox, clock, give, ask, balance, close } = await openedWorld();
    try {
      sandbox.behave('custody', { operations: { 'top-up': 'timeout-before-doing' } });
      expect(await give()).toEqual({ outcome: 'unknown', reason: 'timed-out' });
      expect(await ask()).toEqual({ outcome: 'unknown', reason: 'not-found-yet' });
      clock.advance(60_000);
      expect(await ask()).toEqual({ outcome: 'not-found' });
      expect(await balance()).toBe('0.00');
    } finally {
      await close();
    }
  });

  it('does not believe an answer about another order than was given', async () => {
    const { give, ask, close } = await openedWorld();
    try {
      expect(await give()).toMatchObject({ outcome: 'settled' });
      expect(await ask(cny('5.00'))).toEqual({
        outcome: 'unknown',
        reason: 'answer-about-another-order',
      });
    } finally {
      await close();
    }
  });

  it('is heard only under the signature that the bank knows, over the very bytes that were sent', async () => {
    const { sandbox, balance, close } = await openedWorld();
    const stranger = new PartnerClient({
      partner: 'custody',
      url: sandbox.urls.custody,
      keys: readKeySet(sandbox.publicKeys.custody),
      signing: signingKeyFrom('tests-1', Buffer.alloc(32, 8)),
      retries: 0,
    });
    try {
      const bank = httpCustodyBank({ client: stranger, clock: { now: () => 0 }, settleLateMs: 0 });
      const forged = await bank.instruct({ effectId: 'forged.1', order, businessDate: TODAY });
      expect(forged).toEqual({ outcome: 'unknown', reason: 'unexpected-status' });
      const unsigned = await request(`${sandbox.urls.custody}/instructions/top-up`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'unsigned.1', 'x-request-id': 'r' },
        body: JSON.stringify({ order }),
      });
      expect(unsigned.statusCode).toBe(401);
      await unsigned.body.dump();
      expect(await balance()).toBe('0.00');
    } finally {
      await stranger.close();
      await close();
    }
  });

  it('reads no account of another than was asked for', async () => {
    const { custody, close } = await openedWorld();
    try {
      expect(await custody.account(custodyAccountId('nobody-cny'))).toEqual({
        outcome: 'failed',
        reason: 'no-such-account',
      });
    } finally {
      await close();
    }
  });
});
