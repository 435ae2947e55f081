import { Listener } from '../support/event-stream';
import {
  asksFor,
  becomesCustomer,
  borrows,
  type Customer,
  comesTo,
  publishProduct,
  sound,
} from '../support/one-loan-life';
import { person } from '../support/people';
import { at, OPERATOR, Stage, textAt } from '../support/stage';
import { until } from '../support/until';

let stage: Stage;
let product: string;
/** Who applied last. */
let customer: Customer;
let people = 0;

beforeAll(async () => {
  stage = await Stage.open();
  product = await publishProduct(stage);
});
afterAll(() => stage.close());

const listenTo = async (application: string, headers: Readonly<Record<string, string>> = {}): Promise<Listener> =>
  Listener.to(`${stage.url}/v1/applications/${application}/live`, {
    authorization: `Bearer ${await stage.tokenOf(customer.who)}`,
    ...headers,
  });

/** Somebody new each time: who applies often is asked why. */
const applies = async (): Promise<string> => {
  people += 1;
  stage.house.sandbox?.putPeople([sound(person(people))]);
  customer = await becomesCustomer(stage, person(people));
  const applied = await stage.post(customer.who, '/v1/applications', asksFor(product, customer, '1000.00'));
  const application = textAt(applied, 'id');
  await comesTo(stage, customer.who, application, 'offered');
  return application;
};

const LIFE = [
  'under_review',
  'under_review',
  'offered',
  'awaiting_signature',
  'awaiting_signature',
  'disbursing',
  'completed',
];
const stagesOf = (listener: Listener) =>
  listener.heard.flatMap(({ data }) => (typeof data === 'object' && data !== null ? [Reflect.get(data, 'stage')] : []));

describe('the live view of an application', () => {
  it('tells every step in order as it comes, and ends with the last', async () => {
    const application = await applies();
    const listener = await listenTo(application);
    expect(listener.response.headers.get('content-type')).toMatch('text/event-stream');
    await until(
      async () => listener.ids.length,
      (heard) => heard === 3,
    );

    const offer = await stage.get(customer.who, `/v1/applications/${application}`);
    const quoteHash = textAt(offer, 'offer', 'quoteHash');
    await stage.post(customer.who, `/v1/applications/${application}/acceptance`, { quoteHash });
    await until(
      async () => listener.ids.length,
      (heard) => heard === 4,
      5_000,
    );
    await stage.post(customer.who, `/v1/applications/${application}/signature`);
    await listener.ended;
    expect(stagesOf(listener)).toEqual(LIFE);
    expect(listener.ids).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(listener.heard[0]).toMatchObject({ event: 'stage', data: { id: application, n: 1, reasons: [] } });
    expect(JSON.stringify(listener.heard)).not.toContain('trace');
  });

  it('resumes after the last event that the client has seen: nothing is lost, nothing comes twice', async () => {
    const { application } = await borrows(stage, product, customer);
    for (let seen = 0; seen <= LIFE.length; seen += 1) {
      const listener = await listenTo(application, { 'last-event-id': String(seen) });
      await listener.ended;
      expect(listener.ids).toEqual(LIFE.map((_, index) => String(index + 1)).slice(seen));
    }
    for (const nonsense of ['-1', 'x', '1.5', '']) {
      const listener = await listenTo(application, { 'last-event-id': nonsense });
      await listener.ended;
      expect(listener.ids).toHaveLength(LIFE.length);
    }
  });

  it('begins at once where there is nothing new, and goes on when there is', async () => {
    const application = await applies();
    const listener = await listenTo(application, { 'last-event-id': '3' });
    expect(listener.response.status).toBe(200);
    expect(listener.heard).toEqual([]);
    await stage.post(customer.who, `/v1/applications/${application}/withdrawal`, { reason: 'changed my mind' });
    await listener.ended;
    expect(listener.ids).toEqual(['4']);
  });

  it('is told in no other form', async () => {
    const application = await applies();
    const told = await stage.get(customer.who, `/v1/applications/${application}/live`, {
      headers: { accept: 'application/json' },
    });
    expect({ status: told.status, code: at(told, 'code') }).toEqual({ status: 406, code: 'NOT_ACCEPTABLE' });
  });

  it('of many listeners is the same for each, and those who hang up disturb nobody', async () => {
    const application = await applies();
    const listeners = await Promise.all(Array.from({ length: 20 }, () => listenTo(application)));
    await Promise.all(listeners.slice(0, 10).map((listener) => listener.hangUp()));
    await stage.post(customer.who, `/v1/applications/${application}/withdrawal`, { reason: 'changed my mind' });
    await Promise.all(listeners.map(({ ended }) => ended));
    for (const listener of listeners.slice(10)) expect(listener.ids).toEqual(['1', '2', '3', '4']);
  });

  it('ends when the house closes; the client comes back and has lost nothing', async () => {
    const application = await applies();
    const listener = await listenTo(application);
    await until(
      async () => listener.ids.length,
      (heard) => heard === 3,
    );
    await stage.end();
    await listener.ended;
    await stage.begin();
    const again = await listenTo(application, { 'last-event-id': '3' });
    await stage.post(customer.who, `/v1/applications/${application}/withdrawal`, { reason: 'changed my mind' });
    await again.ended;
    expect(again.ids).toEqual(['4']);
    expect(await stage.get(OPERATOR, '/v1/operations/parked')).toMatchObject({ body: { items: [] } });
  });
});
