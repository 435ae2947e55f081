import { TOKENS, the } from '../../app/tokens';
import { asksFor, becomesCustomer, type Customer, comesTo, publishProduct, sound } from '../support/one-loan-life';
import { person } from '../support/people';
import { at, OPERATOR, Stage, textAt } from '../support/stage';

let stage: Stage;
let product: string;
let customer: Customer;

beforeAll(async () => {
  stage = await Stage.open();
  stage.house.sandbox?.putPeople([sound(person(1))]);
  product = await publishProduct(stage);
  customer = await becomesCustomer(stage, person(1));
});
afterAll(() => stage.close());

const applies = async (): Promise<string> => {
  const told = await stage.post(customer.who, '/v1/applications', asksFor(product, customer, '1000.00'));
  return textAt(told, 'id');
};

describe('reading one’s own writes', () => {
  it('with the token of a write shows what it did, at once, every time', async () => {
    const self = `/v1/borrowers/${customer.who.id}`;
    for (let round = 0; round < 25; round += 1) {
      for (const [action, status] of [
        ['freeze', 'frozen'],
        ['unfreeze', 'verified'],
      ]) {
        const written = await stage.post(OPERATOR, `${self}/${action}`, { reason: 'a drill' });
        const consistency = written.headers.get('consistency-token') ?? '';
        const told = await stage.get(customer.who, self, { consistency });
        expect({ round, status: at(told, 'status') }).toEqual({ round, status });
        expect(told.headers.get('consistency-token')).toBe(consistency);
      }
    }
  });

  it('shows what was just created, or that it is not there, but never waits for what can be known now', async () => {
    const { name, idNumber, phone } = person(9);
    const written = await stage.post(OPERATOR, '/v1/borrowers', { name, idNumber, phone });
    const consistency = written.headers.get('consistency-token') ?? '';
    expect(await stage.get(OPERATOR, `/v1/borrowers/${textAt(written, 'id')}`, { consistency })).toMatchObject({
      status: 200,
    });
    expect(await stage.get(OPERATOR, '/v1/borrowers/borrower-nobody', { consistency })).toMatchObject({ status: 404 });
  });

  it('of every list and every figure there is, too', async () => {
    const application = await applies();
    const offered = await comesTo(stage, customer.who, application, 'offered');
    const consistency = (
      await stage.post(customer.who, `/v1/applications/${application}/acceptance`, {
        quoteHash: textAt(offered, 'offer', 'quoteHash'),
      })
    ).headers.get('consistency-token');
    const list = `/v1/borrowers/${customer.who.id}/applications`;
    const told = await stage.get(customer.who, list, { consistency: consistency ?? '' });
    expect(at(told, 'items', 0)).toMatchObject({ id: application, stage: 'awaiting_signature' });
  });
});

describe('asking for news only', () => {
  it('answers 304 to what the caller has, and the news when there are some', async () => {
    const application = await applies();
    const path = `/v1/applications/${application}`;
    const offered = await comesTo(stage, customer.who, application, 'offered');
    const etag = offered.headers.get('etag') ?? '';
    const again = (tag: string) => stage.get(customer.who, path, { headers: { 'if-none-match': tag } });
    for (const tag of [etag, `W/${etag}`, `"another", ${etag}`]) {
      const told = await again(tag);
      expect({ tag, status: told.status, text: told.text, etag: told.headers.get('etag') }).toEqual({
        tag,
        status: 304,
        text: '',
        etag,
      });
    }
    expect(await again('"another"')).toMatchObject({ status: 200 });
    const written = await stage.post(customer.who, `${path}/withdrawal`, { reason: 'changed my mind' });
    const told = await stage.get(customer.who, path, {
      consistency: written.headers.get('consistency-token') ?? '',
      headers: { 'if-none-match': etag },
    });
    expect(told).toMatchObject({ status: 200, body: { stage: 'withdrawn' } });
    expect(told.headers.get('etag')).not.toBe(etag);
  });
});

describe('a borrower', () => {
  it('is shown an application without how it was decided inside; staff see that', async () => {
    const application = await applies();
    const offered = await comesTo(stage, customer.who, application, 'offered');
    const [own] = [await stage.get(customer.who, `/v1/borrowers/${customer.who.id}/applications`)];
    for (const text of [offered.text, own.text]) {
      for (const inner of ['trace', 'score', 'features', 'policy', 'referred']) expect(text).not.toContain(inner);
    }
    const staff = await stage.get(OPERATOR, `/v1/applications/${application}`);
    expect(at(staff, 'decision')).toMatchObject({ outcome: 'approve', score: expect.any(Number) });
  });
});

describe('read models that do not follow', () => {
  it('are said to be behind, never passed off as up to date; without a token they show what they have', async () => {
    await the(stage.house.container, TOKENS.projectionRunner).stop();
    const self = `/v1/borrowers/${customer.who.id}`;
    const written = await stage.post(OPERATOR, `${self}/freeze`, { reason: 'a drill' });
    const consistency = written.headers.get('consistency-token') ?? '';
    const told = await stage.get(customer.who, self, { consistency });
    expect(told).toMatchObject({ status: 503, body: { code: 'NOT_YET_VISIBLE', retryable: true } });
    expect(told.headers.get('retry-after')).toBe('1');
    expect(await stage.get(customer.who, self)).toMatchObject({ status: 200, body: { status: 'verified' } });
  });
});
