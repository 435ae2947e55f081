import { randomUUID } from 'node:crypto';
import { E_ACCOUNT } from '../support/example-channels';
import { grandTour, type Toured } from '../support/grand-tour';
import { AUDITOR, at, OPERATOR, Stage, textAt } from '../support/stage';
import { until } from '../support/until';

let stage: Stage;
let toured: Toured;

beforeAll(async () => {
  stage = await Stage.open();
  toured = await grandTour(stage);
  stage.house.sandbox?.behave('channel', {});
});
afterAll(() => stage.close());

const repay = (amount: string, key: string = randomUUID()) =>
  stage.post(
    toured.borrower.who,
    '/v1/repayments',
    { kind: 'voluntary', loanId: toured.loan, amount: { amount, currency: 'CNY' } },
    { key },
  );

const tell = async (path: string, body: Readonly<Record<string, unknown>>): Promise<string> => {
  const told = await stage.post(OPERATOR, path, body);
  if (told.status >= 300) throw new Error(`${path}: ${told.status} ${told.text}`);
  return told.headers.get('consistency-token') ?? '';
};

/** Minutes, one after the other, so that all that is due by then happens when it is due. */
const passTime = async (minutes: number): Promise<void> => {
  for (let minute = 0; minute < minutes; minute += 1) {
    stage.clock.advance(60_000);
    await stage.settled();
  }
};

const debitsThrough = (channel: 'channel' | 'quickpay' | 'saverpay'): number =>
  stage.house.sandbox?.records(channel).debits.length ?? 0;

describe('payment channels over the API', () => {
  it('are enrolled on terms that hold together', async () => {
    const limits = { ...E_ACCOUNT.limits, most: { amount: '0.50', currency: 'CNY' } };
    const told = await stage.post(OPERATOR, '/v1/channels', { name: 'quickpay', terms: { ...E_ACCOUNT, limits } });
    expect({ status: told.status, code: at(told, 'code') }).toEqual({ status: 422, code: 'CHANNEL_TERMS_INVALID' });
  });

  it('debit through the house’s own as long as none is enrolled; then by choice', async () => {
    const before = debitsThrough('channel');
    expect((await repay('10.00')).status).toBe(202);
    await stage.settled();
    expect(debitsThrough('channel')).toBe(before + 1);

    const consistency = await tell('/v1/channels', { name: 'quickpay', terms: E_ACCOUNT });
    expect(at(await stage.get(AUDITOR, '/v1/channels/channel-quickpay', { consistency }), 'status')).toBe('in-service');
    expect((await repay('10.00')).status).toBe(202);
    await stage.settled();
    expect([debitsThrough('channel'), debitsThrough('quickpay')]).toEqual([before + 1, 1]);
  });

  it('show what they did', async () => {
    const told = await stage.get(AUDITOR, '/v1/channels');
    expect(told.body).toMatchObject({
      items: [
        {
          channel: 'quickpay',
          status: 'in-service',
          underWay: 0,
          measures: [{ direction: 'in', band: 'to-1000', settled: 1, failed: 0, cost: { amount: '1.00' } }],
        },
        { channel: 'farpay', status: 'retired' },
      ],
    });
  });

  it('that are all out of use take nothing, and say why; what was asked for before stays as it was', async () => {
    const key = randomUUID();
    const first = await repay('10.00', key);
    await tell('/v1/channels/channel-quickpay/suspension', { reason: 'an audit' });
    const refused = await repay('10.00');
    expect({ status: refused.status, code: at(refused, 'code'), detail: textAt(refused, 'detail') }).toEqual({
      status: 409,
      code: 'NO_CHANNEL',
      detail: 'quickpay: NOT_IN_SERVICE',
    });
    const again = await repay('10.00', key);
    expect({ status: again.status, body: again.body }).toEqual({ status: 202, body: first.body });
    await stage.settled();
    expect(debitsThrough('quickpay')).toBe(2);
    await tell('/v1/channels/channel-quickpay/restoration', { reason: 'nothing was found' });
    expect((await repay('10.00')).status).toBe(202);
  });

  it('that stay silent are taken out of use, and come back when they answer again', async () => {
    const status = async (): Promise<unknown> => {
      await stage.settled();
      return at(await stage.get(AUDITOR, '/v1/channels/channel-quickpay'), 'status');
    };
    const before = await status();
    stage.house.sandbox?.behave('quickpay', { operations: { debit: 'server-error' } });
    for (const _ of [1, 2, 3]) {
      expect((await repay('1.00')).status).toBe(202);
      await stage.settled();
    }
    expect([before, await status()]).toEqual(['in-service', 'degraded']);
    const refused = await repay('1.00');
    expect([refused.status, at(refused, 'code'), at(refused, 'detail')]).toEqual([
      409,
      'NO_CHANNEL',
      'quickpay: DEGRADED',
    ]);
    await passTime(2);
    expect(await status()).toBe('degraded');
    stage.house.sandbox?.behave('quickpay', {});
    // The breaker towards it opens in its own time.
    await until(
      async () => {
        await passTime(1);
        return status();
      },
      (now) => now === 'in-service',
    );
    expect((await repay('1.00')).status).toBe(202);
  });

  it('are not found under other names', async () => {
    expect((await stage.get(AUDITOR, '/v1/channels/channel-nowhere')).status).toBe(404);
  });
});
