import { randomUUID } from 'node:crypto';
import { TOKENS, the } from '../../app/tokens';
import { signCallback } from '../../gateways/http';
import { signingKeyOf } from '../../gateways/sandbox/keys';
import { asksFor, becomesCustomer, type Customer, comesTo, publishProduct, sound } from '../support/one-loan-life';
import { person } from '../support/people';
import { AUDITOR, at, Stage, type Told, textAt } from '../support/stage';
import { until } from '../support/until';

const SEED = '1';
const PATH = '/v1/channels/sandboxpay/callbacks';

let stage: Stage;
let product: string;
/** Who signed last. */
let customer: Customer;
let people = 0;

beforeAll(async () => {
  stage = await Stage.open();
  product = await publishProduct(stage);
});
afterAll(() => stage.close());

/** Somebody new each time: who applies often is asked why. */
const comesIn = async (): Promise<Customer> => {
  people += 1;
  stage.house.sandbox?.putPeople([sound(person(people))]);
  return becomesCustomer(stage, person(people));
};

/** A signed contract whose payout the channel has taken over; answers with the loan's key. */
const signs = async (): Promise<string> => {
  customer = await comesIn();
  const applied = await stage.post(customer.who, '/v1/applications', asksFor(product, customer, '1000.00'));
  const application = textAt(applied, 'id');
  const offered = await comesTo(stage, customer.who, application, 'offered');
  const quoteHash = textAt(offered, 'offer', 'quoteHash');
  await stage.post(customer.who, `/v1/applications/${application}/acceptance`, { quoteHash });
  await stage.post(customer.who, `/v1/applications/${application}/signature`);
  return application.slice('application-'.length);
};

const historyOf = async (stream: string): Promise<readonly string[]> => {
  const items = at(await stage.get(AUDITOR, `/v1/audit/streams/${stream}/events`), 'items');
  return Array.isArray(items) ? items.map(({ type }) => type) : [];
};

const callBack = async (
  message: object,
  changes: { readonly signed?: object; readonly seed?: string; readonly created?: number } = {},
): Promise<Told> => {
  const { signed = message, seed = SEED, created = Math.floor(stage.clock.now() / 1000) } = changes;
  const body = Buffer.from(JSON.stringify(signed));
  const headers = signCallback(signingKeyOf(seed, 'channel'), `cb-${randomUUID()}`, created, body);
  return stage.ask('POST', PATH, undefined, { body: JSON.stringify(message), headers });
};

const settledOf = (key: string, reference = 'by-callback') => ({
  movement: 'payout',
  outcome: 'settled',
  effectId: `payout-${key}.1`,
  amount: { amount: '1000.00', currency: 'CNY' },
  channelReference: reference,
  settledOn: '2026-03-02',
});
const failedOf = (key: string) => ({
  movement: 'payout',
  outcome: 'failed',
  effectId: `payout-${key}.1`,
  amount: { amount: '1000.00', currency: 'CNY' },
  reason: 'declined',
});

describe('a callback of a channel', () => {
  it('tells what became of a payout, however often and in whatever order it comes', async () => {
    const url = `${stage.url}${PATH}`;
    stage.house.sandbox?.behave('channel', {
      operations: { payout: 'callback' },
      callbacks: { url, copies: 5, outOfOrder: true },
    });
    const key = await signs();
    await comesTo(stage, customer.who, `application-${key}`, 'completed');
    await stage.settled();
    const history = await historyOf(`payout-${key}`);
    expect(history.filter((type) => type === 'PayoutSettled')).toHaveLength(1);
    expect(history.at(-1)).toBe('PayoutSettled');
    expect(stage.house.sandbox?.records().payouts).toHaveLength(1);
    stage.house.sandbox?.behave('channel', {});
  });

  it('changes nothing that is certain, and is thanked for all the same', async () => {
    const key = await signs();
    await comesTo(stage, customer.who, `application-${key}`, 'completed');
    await stage.settled();
    const before = await stage.head();
    for (const message of [settledOf(key, 'another-reference'), failedOf(key), settledOf(key)]) {
      expect(await callBack(message)).toMatchObject({ status: 200, body: { received: true } });
    }
    await stage.settled();
    expect(await stage.head()).toBe(before);
  });

  it('about nothing of ours changes nothing, and is thanked for', async () => {
    const before = await stage.head();
    for (const effectId of ['nowhere.1', 'payout-nowhere.1', '__proto__.1', '', 'loan-1', 'repayment-1.1']) {
      const message = { ...settledOf('x'), effectId };
      const { status } = await callBack(message);
      expect({ effectId, status }).toEqual({ effectId, status: expect.any(Number) });
      expect([200, 401]).toContain(status);
    }
    expect(await stage.head()).toBe(before);
  });

  it.each([
    ['is not signed', async (key: string) => stage.ask('POST', PATH, undefined, { body: settledOf(key) })],
    ['was changed on the way', (key: string) => callBack(settledOf(key), { signed: failedOf(key) })],
    ['is signed by somebody else', (key: string) => callBack(settledOf(key), { seed: 'another world' })],
    ['is six minutes old', (key: string) => callBack(settledOf(key), { created: stage.clock.now() / 1000 - 360 })],
    [
      'is of a channel that is none of ours',
      async (key: string) =>
        stage.ask('POST', PATH.replace('sandboxpay', 'other'), undefined, { body: settledOf(key) }),
    ],
  ])('that %s is not believed', async (_, send) => {
    stage.house.sandbox?.behave('channel', { operations: { payout: 'server-error', query: 'server-error' } });
    const key = await signs();
    await until(
      () => historyOf(`payout-${key}`),
      (history) => history.includes('PayoutUnknown'),
    );
    const before = await stage.head();
    const told = await send(key);
    expect({ status: told.status, code: at(told, 'code') }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await stage.head()).toBe(before);
    expect(await callBack(settledOf(key))).toMatchObject({ status: 200 });
    await comesTo(stage, customer.who, `application-${key}`, 'completed');
    await the(stage.house.container, TOKENS.sagas).idle();
    stage.house.sandbox?.behave('channel', {});
  });
});
