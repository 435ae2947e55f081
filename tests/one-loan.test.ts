import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, type House } from '../app/house';
import { TOKENS, the } from '../app/tokens';
import { readConfig } from '../platform/config';
import { systemClock } from '../platform/runtime';
import { person } from './support/people';

const folder = mkdtempSync(join(tmpdir(), 'usance-'));
let house: House;

beforeAll(async () => {
  house = await openHouse({
    config: readConfig({ USANCE_DATA: folder, USANCE_PORT: '0', USANCE_LOG_LEVEL: 'warn' }),
    clock: systemClock,
    checkAnswers: true,
  });
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

let keys = 0;
const call = async (method: 'GET' | 'POST', path: string, who: { kind: string; id: string }, body?: object, consistency?: string) => {
  const token = await the(house.container, TOKENS.tokens).issue(who, 600);
  keys += 1;
  const response = await fetch(`${house.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': `key-000000000000-${keys}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(consistency ? { 'consistency-token': consistency } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined, token: response.headers.get('consistency-token') ?? '' };
};

const OPERATOR = { kind: 'operator', id: 'op-1' };

const until = async <T>(look: () => Promise<T>, good: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await look();
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`never came: ${JSON.stringify(await look())}`);
};

test('one loan lives its whole life', async () => {
  const drafted = await call('POST', '/v1/products', OPERATOR, {
    offering: {
      name: 'Consumer loan',
      terms: {
        currency: 'CNY',
        interest: { method: 'declining-balance', amortization: 'equal-installments', dayCount: '30/360', ratePerYear: '0.12' },
        fee: { originationRate: '0.01' },
        penalty: { ratePerYear: '0.05', graceDays: 3 },
        rounding: 'HALF_EVEN',
      },
      amount: { least: { amount: '250.00', currency: 'CNY' }, most: { amount: '20000.00', currency: 'CNY' } },
      termMonths: { least: 4, most: 72 },
      jurisdiction: 'CN',
      licence: 'micro-lender',
      deniedRegions: [],
    },
  });
  expect(drafted).toMatchObject({ status: 201 });
  const product = drafted.body.id;
  expect(await call('POST', `/v1/products/${product}/publication`, OPERATOR, {})).toMatchObject({ status: 200 });
  const someone = person(1);
  house.sandbox?.putPeople([]);
  const registered = await call('POST', '/v1/borrowers', OPERATOR, {
    name: someone.name,
    idNumber: someone.idNumber,
    phone: someone.phone,
  });
  expect(registered).toMatchObject({ status: 201 });
  const borrower = { kind: 'borrower', id: registered.body.id };
  for (const scope of ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature']) {
    const granted = await call('POST', `/v1/borrowers/${borrower.id}/consents`, borrower, { scope, textVersion: '2026-01', channel: 'app' });
    expect(granted).toMatchObject({ status: 201 });
  }
  const card = await call('POST', `/v1/borrowers/${borrower.id}/cards`, borrower, { cardNumber: someone.cardNumber, bank: 'Test Bank' });
  expect(card).toMatchObject({ status: 201 });
  await until(() => call('GET', `/v1/borrowers/${borrower.id}`, borrower), ({ body }) => body?.status === 'verified');
  const quote = await call('POST', '/v1/quotes', borrower, { productId: product, amount: { amount: '6000.00', currency: 'CNY' }, termMonths: 12 });
  expect(quote).toMatchObject({ status: 200 });
  const applied = await call('POST', '/v1/applications', borrower, {
    productId: product,
    amount: { amount: '6000.00', currency: 'CNY' },
    termMonths: 12,
    cardId: card.body.id,
    declaration: {
      monthlyIncome: { amount: '9000.00', currency: 'CNY' },
      employment: '4-to-7-years',
      job: 'skilled',
      housing: 'rent',
      property: 'none',
      purpose: 'new-car',
      otherInstallmentPlans: 'none',
      dependants: '0-to-2',
      residence: '4-to-7-years',
    },
  });
  expect(applied).toMatchObject({ status: 202, body: { status: 'under_review' } });
  const id = applied.body.id;
  const decided = await until(() => call('GET', `/v1/applications/${id}`, OPERATOR), ({ body }) => body?.steps?.length > 2 );
  console.log(JSON.stringify(decided.body, null, 1).slice(0, 3000));
  const offered = await until(() => call('GET', `/v1/applications/${id}`, borrower), ({ body }) => body?.stage !== 'under_review' || body?.steps?.length > 2);
  expect(offered.body.stage).toBe('offered');
  const accepted = await call('POST', `/v1/applications/${id}/acceptance`, borrower, { quoteHash: offered.body.offer.quoteHash });
  expect(accepted).toMatchObject({ status: 200 });
  const signed = await call('POST', `/v1/applications/${id}/signature`, borrower, {});
  expect(signed).toMatchObject({ status: 202 });
  const completed = await until(() => call('GET', `/v1/applications/${id}`, borrower), ({ body }) => body?.stage === 'completed');
  const loan = await until(() => call('GET', `/v1/loans/${completed.body.loanId}`, borrower), ({ status, body }) => status === 200 && body.status === 'active');
  const repaid = await call('POST', '/v1/repayments', borrower, { kind: 'payoff', loanId: loan.body.id });
  expect(repaid).toMatchObject({ status: 202 });
  await until(() => call('GET', `/v1/loans/${completed.body.loanId}`, borrower), ({ body }) => body.status === 'closed');
  await the(house.container, TOKENS.sagas).idle();
  const trial = await until(() => call('GET', '/v1/finance/trial-balance', { kind: 'finance', id: 'f' }), ({ body }) => body.currencies?.length > 0);
  console.log(JSON.stringify(trial.body));
  console.log(JSON.stringify((await call('GET', '/v1/finance/sub-ledger', { kind: 'finance', id: 'f' })).body));
  console.log(JSON.stringify((await call('GET', '/v1/operations/parked', OPERATOR)).body));
});
