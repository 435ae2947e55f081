import { TOKENS, the } from '../../app/tokens';
import type { Declaration } from '../../domain/application';
import { businessDate, type MoneyText } from '../../domain/kernel';
import type { Offering } from '../../domain/product';
import { personDigest, type SandboxPerson } from '../../gateways/sandbox';
import { person, type TestPerson } from './people';
import { PRODUCT } from './product';
import { AUDITOR, at, FINANCE, OPERATOR, type Stage, type Told, textAt, type Who } from './stage';
import { until } from './until';

/**
 * One loan from its product to its last cent, told through the API alone. It can be played on any house that keeps its
 * own sandbox and stands on a stage: whatever stores, bus and keys are behind it.
 */

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** 12 % a year and a fee of 1 %; 18 % on what is late for more than three days. */
export const offering: Offering = {
  ...PRODUCT,
  terms: { ...PRODUCT.terms, penalty: { ratePerYear: '0.18', graceDays: 3 } },
};

export const declaration: Declaration = {
  monthlyIncome: cny('9000.00'),
  employment: '4-to-7-years',
  job: 'skilled',
  housing: 'rent',
  property: 'none',
  purpose: 'new-car',
  otherInstallmentPlans: 'none',
  dependants: '0-to-2',
  residence: '4-to-7-years',
};

/** What the bureau knows of somebody whom the policy approves, at the product's own price. */
export const sound = ({ idNumber }: TestPerson): SandboxPerson => ({
  idNumber: personDigest(idNumber),
  file: {
    checkingStatus: '200-and-more',
    creditHistory: 'none-or-paid',
    savings: '500-to-1000',
    existingCredits: '1',
    otherInstallmentPlans: 'none',
    existingMonthlyDebt: { amount: '0.00', currency: 'CNY' },
    blacklisted: false,
  },
});

const CONSENTS = ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature'];

const done = (told: Told, status: number): Told => {
  expect({ status: told.status, body: told.body }).toMatchObject({ status });
  return told;
};

const shows = (told: Told, status: number, body: object): void => {
  expect({ status: told.status, body: told.body }).toMatchObject({ status, body });
};

/** Drafts and publishes the product. */
export const publishProduct = async (stage: Stage, body: object = offering): Promise<string> => {
  const drafted = done(await stage.post(OPERATOR, '/v1/products', { offering: body }), 201);
  const product = textAt(drafted, 'id');
  const published = done(await stage.post(OPERATOR, `/v1/products/${product}/publication`), 200);
  const consistency = published.headers.get('consistency-token') ?? '';
  shows(await stage.get(OPERATOR, `/v1/products/${product}`, { consistency }), 200, { status: 'published' });
  return product;
};

export interface Customer {
  readonly who: Who;
  readonly cardId: string;
}

/** Registers somebody, who gives every consent and binds a card; resolves when they can apply. */
export const becomesCustomer = async (stage: Stage, somebody: TestPerson): Promise<Customer> => {
  const { name, idNumber, phone, cardNumber } = somebody;
  const registered = done(await stage.post(OPERATOR, '/v1/borrowers', { name, idNumber, phone }), 201);
  const who: Who = { kind: 'borrower', id: textAt(registered, 'id') };
  const self = `/v1/borrowers/${who.id}`;
  for (const scope of CONSENTS) {
    done(await stage.post(who, `${self}/consents`, { scope, textVersion: '2026-01', channel: 'app' }), 201);
  }
  const card = done(await stage.post(who, `${self}/cards`, { cardNumber, bank: 'Test Bank' }), 201);
  await until(
    () => stage.get(who, self),
    (told) => at(told, 'status') === 'verified',
  );
  await stage.settled();
  return { who, cardId: textAt(card, 'id') };
};

export const asksFor = (productId: string, { cardId }: Customer, amount = '6000.00', installments = 12) => ({
  productId,
  amount: cny(amount),
  installments,
  cardId,
  declaration,
});

/** Resolves when an application has come to a stage. */
export const comesTo = (stage: Stage, who: Who, application: string, wanted: string): Promise<Told> =>
  until(
    () => stage.get(who, `/v1/applications/${application}`),
    (told) => at(told, 'stage') === wanted,
  );

/** Applies, accepts and signs; resolves when the money has arrived. */
export const borrows = async (
  stage: Stage,
  productId: string,
  customer: Customer,
): Promise<{ readonly application: string; readonly loan: string }> => {
  const { who } = customer;
  const applied = done(await stage.post(who, '/v1/applications', asksFor(productId, customer)), 202);
  shows(applied, 202, { status: 'under_review' });
  const application = textAt(applied, 'id');
  const offered = await comesTo(stage, who, application, 'offered');
  const quoteHash = textAt(offered, 'offer', 'quoteHash');
  const contract = done(await stage.get(who, `/v1/applications/${application}/contract`), 200);
  const accepted = done(await stage.post(who, `/v1/applications/${application}/acceptance`, { quoteHash }), 200);
  const consistency = accepted.headers.get('consistency-token') ?? '';
  shows(await stage.get(who, `/v1/applications/${application}`, { consistency }), 200, {
    stage: 'awaiting_signature',
    contractHash: at(contract, 'documentHash'),
  });
  done(await stage.post(who, `/v1/applications/${application}/signature`), 202);
  const completed = await comesTo(stage, who, application, 'completed');
  await stage.settled();
  return { application, loan: textAt(completed, 'loanId') };
};

/** Repays (without an amount: pays off); resolves when the loan has taken it in. */
const repays = async (stage: Stage, who: Who, loanId: string, amount?: string): Promise<Told> => {
  const body = amount ? { kind: 'voluntary', loanId, amount: cny(amount) } : { kind: 'payoff', loanId };
  const initiated = done(await stage.post(who, '/v1/repayments', body), 202);
  const id = textAt(initiated, 'id');
  const taken = (told: Told): boolean => {
    const repayments = at(told, 'repayments');
    return Array.isArray(repayments) && repayments.some((each) => each.id === id);
  };
  const told = await until(() => stage.get(who, `/v1/loans/${loanId}`), taken);
  await stage.settled();
  return told;
};

/** The days on which money moves, and what happens on them. */
const DAYS = {
  lent: businessDate('2026-03-02'),
  paidSome: businessDate('2026-03-20'),
  fellDue: businessDate('2026-04-02'),
  late: businessDate('2026-04-08'),
  caughtUp: businessDate('2026-04-20'),
  paidOff: businessDate('2026-05-10'),
  after: businessDate('2026-05-11'),
} as const;

const quoteMatchesOffer = async (stage: Stage, product: string, customer: Customer): Promise<void> => {
  const { who } = customer;
  const { productId, amount, installments } = asksFor(product, customer);
  const quote = done(await stage.post(who, '/v1/quotes', { productId, amount, installments }), 200);
  expect(at(quote, 'schedule', 'totals')).toEqual({
    principal: '6000.00',
    interest: '397.11',
    fee: '60.00',
    total: '6457.11',
  });
  expect(at(quote, 'allInRate')).toBe('0.148104');
};

const servicing = async (stage: Stage, who: Who, loan: string): Promise<void> => {
  const look = () => stage.get(who, `/v1/loans/${loan}`);
  shows(await look(), 200, { status: 'active', principalOutstanding: cny('6000.00'), disbursedOn: DAYS.lent });

  await stage.goTo(DAYS.paidSome);
  const some = await repays(stage, who, loan, '200.00');
  expect(at(some, 'installments', 0, 'paid')).toEqual({
    penalty: '0.00',
    fee: '60.00',
    // 18 of the 31 days of the period's 60.00
    interest: '34.84',
    principal: '105.16',
  });
  expect(at(some, 'principalOutstanding')).toEqual(cny('5894.84'));

  await stage.goTo(DAYS.fellDue);
  shows(await look(), 200, { bucket: 'current', daysPastDue: 0, installments: { 0: { due: DAYS.fellDue } } });

  await stage.goTo(DAYS.late);
  const late = await look();
  shows(late, 200, { bucket: '1-30' });
  expect(Number(at(late, 'installments', 0, 'scheduled', 'penalty'))).toBeGreaterThan(0);

  await stage.goTo(DAYS.caughtUp);
  const caughtUp = await repays(stage, who, loan, '500.00');
  shows(caughtUp, 200, { status: 'active', bucket: 'current' });
  expect(at(caughtUp, 'installments', 0, 'paid')).toEqual(at(caughtUp, 'installments', 0, 'scheduled'));

  await stage.goTo(DAYS.paidOff);
  const payoff = done(await stage.get(who, `/v1/loans/${loan}/payoff`), 200);
  const closed = await repays(stage, who, loan);
  shows(closed, 200, { status: 'closed', closedOn: DAYS.paidOff, principalOutstanding: cny('0.00') });
  expect(at(closed, 'repayments', 2, 'amount')).toEqual(at(payoff, 'amount'));
};

const sumsUp = async (stage: Stage): Promise<void> => {
  const trial = done(await stage.get(FINANCE, '/v1/finance/trial-balance'), 200);
  expect(at(trial, 'currencies', 0)).toMatchObject({ currency: 'CNY', balanced: true });
  const subLedger = done(await stage.get(FINANCE, '/v1/finance/sub-ledger'), 200);
  expect(at(subLedger, 'currencies')).toEqual([expect.objectContaining({ agrees: true })]);
  const journal = done(await stage.get(FINANCE, '/v1/finance/journal?format=csv'), 200);
  expect(journal.headers.get('content-type')).toMatch('text/csv');
  expect(journal.text.split('\r\n')[0]).toBe('entry,bookedOn,valueDate,ledger,cause,account,side,amount,currency');
};

/** Everybody's statement of every day agrees with what is in the log, and each day is closed. */
const reconciles = async (stage: Stage): Promise<void> => {
  const closings = await the(stage.house.container, TOKENS.closeOfDay).closeThrough(DAYS.paidOff);
  expect(closings.filter(({ unavailable, opened }) => unavailable.length > 0 || opened > 0)).toEqual([]);
  await stage.settled();
  for (const date of [DAYS.lent, DAYS.paidSome, DAYS.caughtUp, DAYS.paidOff]) {
    const channel = the(stage.house.container, TOKENS.partners).channel.name;
    const told = await stage.get(FINANCE, `/v1/finance/reconciliations/${channel}/${date}`);
    shows(told, 200, { status: 'closed', matched: 1, lines: 1, breaks: [] });
  }
  const open = done(await stage.get(FINANCE, '/v1/finance/reconciliations?status=open'), 200);
  expect(at(open, 'items')).toEqual([]);
};

const typesOf = (told: Told, field: 'items' | 'steps'): readonly unknown[] => {
  const list = at(told, field);
  return Array.isArray(list) ? list.map((each) => each.type) : [];
};

const isAudited = async (stage: Stage, application: string, loan: string): Promise<void> => {
  const audit = (path: string) => stage.get(AUDITOR, `/v1/audit${path}`);
  const key = loan.slice(loan.indexOf('-') + 1);
  for (const stream of [loan, application, `payout-${key}`, `ledger-${key}`]) {
    expect((await audit(`/streams/${stream}/verification`)).body).toEqual({ stream, holds: true });
  }
  const history = done(await audit(`/streams/${loan}/events`), 200);
  expect(typesOf(history, 'items')).toEqual([
    ...['LoanOpened', 'LoanDisbursed', 'RepaymentApplied'],
    ...['LoanAged', 'ArrearsBucketChanged', 'LoanAged', 'LoanAged', 'RepaymentApplied', 'ArrearsBucketChanged'],
    ...['LoanAged', 'ArrearsBucketChanged', 'LoanAged', 'LoanAged', 'RepaymentApplied', 'ArrearsBucketChanged'],
    'LoanClosed',
  ]);

  const before = done(await audit(`/streams/${loan}/state?asOf=2026-03-19`), 200);
  expect(at(before, 'state', 'applied')).toEqual([]);
  const after = done(await audit(`/streams/${loan}/state?asOf=${DAYS.paidSome}`), 200);
  expect(at(after, 'state', 'applied')).toHaveLength(1);
  const notYetKnown = `asOf=${DAYS.paidOff}&knownAt=2026-03-20T01:00:00.000Z`;
  const known = done(await audit(`/streams/${loan}/state?${notYetKnown}`), 200);
  expect(at(known, 'state', 'applied')).toEqual([]);
  expect(at(done(await audit(`/streams/${loan}/state`), 200), 'state', 'closedOn')).toBe(DAYS.paidOff);

  const account = async (query = '') => done(await stage.get(AUDITOR, `/v1/loans/${loan}/account${query}`), 200);
  expect(at(await account(), 'status')).toBe('closed');
  expect(at(await account(`?asOf=${DAYS.late}`), 'bucket')).toBe('1-30');
  const some = await account(`?${notYetKnown}`);
  expect([at(some, 'facts', 'length'), at(some, 'outstanding', 'principal')]).toEqual([1, cny('6000.00')]);

  const correlation = textAt(history, 'items', 0, 'meta', 'correlationId');
  const trail = done(await audit(`/correlations/${correlation}`), 200);
  expect(typesOf(trail, 'steps')).toEqual(
    expect.arrayContaining([
      'SignatureRequested',
      'ContractSigned',
      'LoanOpened',
      'PayoutRequested',
      'PayoutSubmitted',
      'PayoutSettled',
      'LoanDisbursed',
      'CreditDrawn',
      'EntryPosted',
    ]),
  );
};

/** Plays the whole life, asserting what everybody is shown on the way. The stage's clock stands on the first day. */
export const livesOneLoan = async (stage: Stage, somebody: TestPerson = person(1)): Promise<void> => {
  stage.house.sandbox?.putPeople([sound(somebody)]);
  const product = await publishProduct(stage);
  const customer = await becomesCustomer(stage, somebody);
  await quoteMatchesOffer(stage, product, customer);
  const { application, loan } = await borrows(stage, product, customer);
  expect(stage.house.sandbox?.records().payouts ?? [{}]).toHaveLength(1);
  await servicing(stage, customer.who, loan);
  await stage.goTo(DAYS.after);
  await sumsUp(stage);
  await reconciles(stage);
  await isAudited(stage, application, loan);
  expect((await stage.get(OPERATOR, '/v1/operations/parked')).body).toEqual({ items: [] });
};
