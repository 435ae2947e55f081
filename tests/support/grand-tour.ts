import { randomUUID } from 'node:crypto';
import { TOKENS, the } from '../../app/tokens';
import { addDays, businessDate, businessDateAt } from '../../domain/kernel';
import { HOUSE_RULES } from '../../domain/reconciliation';
import { shippedPolicy } from '../../risk/policy';
import { custodyTour } from './custody-tour';
import { E_ACCOUNT } from './example-channels';
import { asksFor, type Customer, comesTo, offering, sound } from './one-loan-life';
import { person, type TestPerson } from './people';
import { receiptTour } from './receipt-tour';
import {
  at,
  COLLECTOR,
  FINANCE,
  OPERATOR,
  PARTNER,
  type Stage,
  type Told,
  textAt,
  UNDERWRITER,
  type Who,
} from './stage';
import { until } from './until';

/** A write that was accepted, as it was sent and answered. */
export interface Write {
  /** "POST /v1/products/:productId/publication". */
  readonly route: string;
  readonly who: Who;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly told: Told;
}

/** What a tour leaves behind. */
export interface Toured {
  /** Every write route once or more, in the order in which they were called. */
  readonly writes: readonly Write[];
  /** Somebody with an active loan, and what is theirs. */
  readonly borrower: Customer;
  readonly product: string;
  readonly application: string;
  /** Another application of theirs, which was rejected. */
  readonly rejected: string;
  readonly loan: string;
  /** The case of their arrears. */
  readonly arrears: string;
  /** Somebody who has been erased. */
  readonly erased: Who;
}

const CONSENTS = ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature'];
const cny = (amount: string) => ({ amount, currency: 'CNY' });

/** Goes by every write route of the API, so that each has done something. */
class Tour {
  readonly writes: Write[] = [];
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** @param route with its parameters as `:name`; filled in from `ids` in their order */
  async does(who: Who, route: string, ids: readonly string[], body: Write['body'] = {}): Promise<Told> {
    const left = [...ids];
    const path = route.replaceAll(/:\w+/g, () => encodeURIComponent(left.shift() ?? ''));
    const key = randomUUID();
    const told = await this.#stage.post(who, path, body, { key });
    if (told.status >= 300) throw new Error(`POST ${path}: ${told.status} ${told.text}`);
    this.writes.push({ route: `POST ${route}`, who, path, body, key, told });
    return told;
  }

  async customer({ name, idNumber, phone, cardNumber }: TestPerson): Promise<Customer> {
    const registered = await this.does(PARTNER, '/v1/borrowers', [], { name, idNumber, phone });
    const who: Who = { kind: 'borrower', id: textAt(registered, 'id') };
    for (const scope of CONSENTS) {
      await this.does(who, '/v1/borrowers/:borrowerId/consents', [who.id], {
        scope,
        textVersion: '2026-01',
        channel: 'app',
      });
    }
    const card = await this.does(who, '/v1/borrowers/:borrowerId/cards', [who.id], { cardNumber, bank: 'Test Bank' });
    await until(
      () => this.#stage.get(who, `/v1/borrowers/${who.id}`),
      (told) => at(told, 'status') === 'verified',
    );
    await this.#stage.settled();
    return { who, cardId: textAt(card, 'id') };
  }

  async applies(product: string, customer: Customer, amount: string): Promise<string> {
    const applied = await this.does(customer.who, '/v1/applications', [], asksFor(product, customer, amount));
    await this.#stage.settled();
    return textAt(applied, 'id');
  }

  /** Accepts the offer and signs; the loan is paid out. */
  async takes(who: Who, application: string, meanwhile = async (): Promise<void> => {}): Promise<string> {
    const offered = await comesTo(this.#stage, who, application, 'offered');
    const quoteHash = textAt(offered, 'offer', 'quoteHash');
    await this.does(who, '/v1/applications/:applicationId/acceptance', [application], { quoteHash });
    await this.does(who, '/v1/applications/:applicationId/signature', [application]);
    await this.#stage.settled();
    await meanwhile();
    const completed = await comesTo(this.#stage, who, application, 'completed');
    await this.#stage.settled();
    return textAt(completed, 'loanId');
  }
}

const products = async (tour: Tour): Promise<string> => {
  const drafted = await tour.does(OPERATOR, '/v1/products', [], { offering });
  const product = textAt(drafted, 'id');
  await tour.does(OPERATOR, '/v1/products/:productId/publication', [product]);
  await tour.does(OPERATOR, '/v1/products/:productId/versions', [product], {
    offering: { ...offering, name: 'Consumer loan, next year' },
  });
  const another = textAt(await tour.does(OPERATOR, '/v1/products', [], { offering }), 'id');
  await tour.does(OPERATOR, '/v1/products/:productId/publication', [another]);
  await tour.does(OPERATOR, '/v1/products/:productId/retirement', [another], { reason: 'nobody wants it' });
  return product;
};

const standing = async (tour: Tour, { who }: Customer): Promise<void> => {
  const consents = '/v1/borrowers/:borrowerId/consents';
  const given = await tour.does(who, consents, [who.id], {
    scope: 'direct-debit',
    textVersion: '2026-01',
    channel: 'web',
  });
  await tour.does(who, `${consents}/:consentId/withdrawal`, [who.id, textAt(given, 'id')]);
  await tour.does(who, '/v1/borrowers/:borrowerId/notice-preferences', [who.id], {
    ...{ language: 'en', channels: ['sms', 'email'], without: ['loan-paid-off'], email: 'somebody@example.org' },
  });
  await tour.does(OPERATOR, '/v1/borrowers/:borrowerId/freeze', [who.id], { reason: 'a lost telephone' });
  await tour.does(OPERATOR, '/v1/borrowers/:borrowerId/unfreeze', [who.id], { reason: 'it was found' });
};

/** A channel that tells nothing: an operator finds out, by telephone, and puts it on record. */
const foundOut = async (stage: Stage, tour: Tour, who: Who, application: string): Promise<string> => {
  const silent = { payout: 'server-error', debit: 'server-error', query: 'server-error' } as const;
  stage.house.sandbox?.behave('channel', { operations: silent });
  const settledOn = businessDateAt(stage.clock.now());
  const settled = { outcome: 'settled', channelReference: 'by telephone', settledOn };
  const loan = await tour.takes(who, application, async () => {
    const payout = `payout-${application.slice('application-'.length)}`;
    await tour.does(OPERATOR, '/v1/payouts/:payoutId/outcome', [payout], { ...settled, effectId: `${payout}.1` });
  });
  const body = { kind: 'voluntary', loanId: loan, amount: cny('10.00') };
  const repayment = textAt(await tour.does(who, '/v1/repayments', [], body), 'id');
  await stage.settled();
  const refused = { outcome: 'failed', reason: 'no funds, they say', effectId: `${repayment}.1` };
  await tour.does(OPERATOR, '/v1/repayments/:repaymentId/outcome', [repayment], refused);
  stage.house.sandbox?.behave('channel', {});
  await stage.settled();
  return loan;
};

/** A bureau that is out of order: the application goes to a person, who approves it. */
const referred = async (stage: Stage, tour: Tour, product: string, customer: Customer): Promise<string> => {
  stage.house.sandbox?.behave('bureau', { operations: { report: 'server-error' } });
  // What the bureau said a moment ago was said under the consent before.
  const again = { scope: 'credit-bureau', textVersion: '2026-01', channel: 'web' };
  await tour.does(customer.who, '/v1/borrowers/:borrowerId/consents', [customer.who.id], again);
  const application = await tour.applies(product, customer, '2000.00');
  await until(
    () => stage.get(UNDERWRITER, `/v1/applications/${application}`),
    (told) => at(told, 'referred') === true,
  );
  stage.house.sandbox?.behave('bureau', {});
  const review = '/v1/applications/:applicationId/review';
  for (const step of ['claim', 'release', 'claim']) await tour.does(UNDERWRITER, `${review}-${step}`, [application]);
  await tour.does(UNDERWRITER, review, [application], {
    approve: true,
    note: 'payslips seen',
  });
  await stage.settled();
  return application;
};

/** An application that the engine rejects. */
const rejected = async (stage: Stage, tour: Tour, product: string, customer: Customer): Promise<string> => {
  const { who } = customer;
  const asked = asksFor(product, customer, '1500.00');
  const declaration = { ...asked.declaration, monthlyIncome: cny('150.00') };
  const applied = await tour.does(who, '/v1/applications', [], { ...asked, declaration });
  const application = textAt(applied, 'id');
  await comesTo(stage, who, application, 'rejected');
  return application;
};

/** Somebody whom the engine rejects asks that a person looks, and then changes their mind. */
const lookedAtAgain = async (stage: Stage, tour: Tour, product: string, customer: Customer): Promise<void> => {
  const { who } = customer;
  const application = await rejected(stage, tour, product, customer);
  const about = '/v1/applications/:applicationId';
  await tour.does(who, `${about}/human-review`, [application], { reason: 'a nought is missing in my income' });
  await stage.settled();
  await tour.does(who, `${about}/withdrawal`, [application], { reason: 'it takes too long' });
  await stage.settled();
};

/** What finance and operations do to loans in their lives: one goes on, the other ends in every way that there is. */
const serviced = async (stage: Stage, tour: Tour, going: string, ending: string): Promise<void> => {
  const valueDate = businessDateAt(stage.clock.now());
  const factOf = async (loan: string): Promise<string> => {
    const facts = at(await stage.get(FINANCE, `/v1/loans/${loan}/account`), 'facts');
    return Array.isArray(facts) ? facts.at(-1).id : '';
  };
  const dueOf = async (loan: string, n: number): Promise<string> =>
    textAt(await stage.get(OPERATOR, `/v1/loans/${loan}`), 'installments', n, 'due');
  const does = async (who: Who, loan: string, what: string, body: Write['body'] = {}): Promise<string> => {
    await tour.does(who, `/v1/loans/:loanId/${what}`, [loan], { valueDate, ...body });
    await stage.settled();
    return factOf(loan);
  };
  const fee = (amount: string) => ({ charge: 'fee', calculation: { kind: 'flat', amount }, dueOn: valueDate });
  const repayment = await factOf(going);
  await does(FINANCE, going, 'charge-waivers', { of: await does(FINANCE, going, 'charges', fee('12.00')) });
  const letter = await does(FINANCE, going, 'charges', fee('8.00'));
  await does(FINANCE, going, 'charge-adjustments', { of: letter, amount: cny('3.00') });
  const gift = { credit: 'goodwill-credit', amount: cny('20.00') };
  await does(FINANCE, going, 'reversals', { of: await does(FINANCE, going, 'credits', gift) });
  await does(FINANCE, going, 'chargebacks', { of: repayment, amount: cny('50.00') });
  await does(OPERATOR, going, 'rate-changes', { perYear: '0.11' });
  await does(OPERATOR, going, 'interest-pauses', { through: valueDate });
  await does(OPERATOR, going, 'term-extensions', { from: await dueOf(going, 2), installments: 1 });
  const next = await dueOf(going, 1);
  await does(OPERATOR, going, 'due-date-moves', { from: next, to: addDays(businessDate(next), 3) });
  await does(OPERATOR, going, 'grace-periods', { from: await dueOf(going, 3), principal: 1, interest: 0 });

  await does(OPERATOR, ending, 're-amortizations', { interest: 'default' });
  const monthly = { period: { every: 1, unit: 'months' }, startsOn: await dueOf(ending, 0) };
  await does(OPERATOR, ending, 're-ages', { ...monthly, installments: 6, interest: 'default' });
  await does(FINANCE, ending, 'charge-off');
  await does(OPERATOR, ending, 'termination');
  await tour.does(FINANCE, '/v1/loans/:loanId/write-off', [ending], { reason: 'cannot be recovered' });
  await stage.settled();
  await does(FINANCE, ending, 'reversals', { of: await factOf(ending) });
  await does(FINANCE, ending, 'settlement', { amount: cny('100.00') });
  await does(FINANCE, ending, 'credits', { credit: 'merchant-refund', amount: cny('50.00') });
  await does(FINANCE, ending, 'credit-balance-refunds', { amount: cny('50.00') });
};

/** The channel's statement has wrong lines: somebody answers for a break and corrects it; another one is explained. */
const breaks = async (stage: Stage, tour: Tour): Promise<void> => {
  const { container } = stage.house;
  const [date, channel] = [businessDateAt(stage.clock.now()), the(container, TOKENS.partners).channel.name];
  await the(container, TOKENS.closeOfDay).close(date);
  await stage.settled();
  const told = await stage.get(FINANCE, `/v1/finance/reconciliations/${channel}/${date}`);
  const [first, second] = [0, 1].map((nth) => [channel, date, textAt(told, 'breaks', nth, 'breakId')]);
  const about = '/v1/reconciliations/:channel/:date/breaks/:breakId';
  await tour.does(FINANCE, `${about}/owner`, first ?? [], { owner: 'finance-1' });
  await tour.does(FINANCE, `${about}/correction`, first ?? [], { action: 'confirm-settled', evidence: 'their answer' });
  await tour.does(FINANCE, `${about}/explanation`, second ?? [], {
    explanation: 'their line is wrong',
    evidence: 'a letter of the channel',
  });
};

/** A loan that is drawn in tranches: it stands, and a part of it is paid out. */
const drawn = async (stage: Stage, tour: Tour, customer: Customer): Promise<void> => {
  const inTranches = { ...offering.terms, charges: [], tranches: { several: true, fullTerm: true, revolving: true } };
  const drafted = await tour.does(OPERATOR, '/v1/products', [], { offering: { ...offering, terms: inTranches } });
  const product = textAt(drafted, 'id');
  await tour.does(OPERATOR, '/v1/products/:productId/publication', [product]);
  const loan = await tour.takes(customer.who, await tour.applies(product, customer, '2000.00'));
  await tour.does(customer.who, '/v1/loans/:loanId/drawings', [loan], { amount: cny('800.00') });
  await stage.settled();
  expect(at(await stage.get(customer.who, `/v1/loans/${loan}`), 'lent')).toEqual(cny('800.00'));
};

/** Nothing was paid for a month: collectors turn to the borrower, and everything that can be agreed is. */
const collected = async (stage: Stage, tour: Tour, { who }: Customer, loanId: string): Promise<string> => {
  const next = at(await stage.get(who, `/v1/loans/${loanId}`), 'installments');
  const due = Array.isArray(next) ? next.find(({ metOn }) => metOn === undefined)?.due : undefined;
  await stage.goTo(addDays(businessDate(String(due)), 2));
  const of = [who.id.replace('borrower-', 'case-')];
  const does = (by: Who, what: string, body: Write['body'] = {}, ids = of): Promise<Told> =>
    tour.does(by, `/v1/cases/:caseId/${what}`, ids, body);
  for (const step of ['claim', 'release', 'claim']) await does(COLLECTOR, step);
  const sent = textAt(await does(COLLECTOR, 'contacts', { means: 'sms', party: 'debtor' }), 'id');
  const heard = { result: 'delivered', note: 'paid late, will pay on Friday' };
  await does(COLLECTOR, 'contacts/:contactId/result', heard, [...of, sent]);
  const by = addDays(businessDateAt(stage.clock.now()), 5);
  await does(COLLECTOR, 'promises', { loanId, amount: cny('100.00'), by });
  const relief = { kind: 'interest-pause', through: by };
  await does(OPERATOR, 'hardship-plans', { loanId, relief });
  await stage.settled();
  await does(OPERATOR, 'hand-over', { agency: 'Clearwater' });
  await does(OPERATOR, 'recall', { reason: 'a complaint' });
  await does(OPERATOR, 'legal-steps', { step: 'demand', reference: 'letter 1' });
  await does(OPERATOR, 'closure', { reason: 'disputed in court' });
  await stage.settled();
  return of[0] ?? '';
};

/** A channel that nobody is to use yet: it is enrolled, looked at, and let go again. */
const channels = async (tour: Tour): Promise<void> => {
  const enrolled = await tour.does(OPERATOR, '/v1/channels', [], { name: 'farpay', terms: E_ACCOUNT });
  const of = [textAt(enrolled, 'id')];
  await tour.does(OPERATOR, '/v1/channels/:channelId/terms', of, { terms: { ...E_ACCOUNT, promisedSeconds: 60 } });
  await tour.does(OPERATOR, '/v1/channels/:channelId/suspension', of, { reason: 'an audit' });
  await tour.does(OPERATOR, '/v1/channels/:channelId/restoration', of, { reason: 'nothing was found' });
  await tour.does(OPERATOR, '/v1/channels/:channelId/retirement', of, { reason: 'it is too dear' });
};

/** A version of the risk policy that two people want, and the one before it, which comes to nothing. */
const policies = async (tour: Tour): Promise<void> => {
  const version = '/v1/risk/policies/:policyId/versions/:hash';
  const draft = async (note: string): Promise<readonly string[]> => {
    const document = { ...shippedPolicy, note };
    const drafted = await tour.does(OPERATOR, '/v1/risk/policies', [], { document });
    return [`policy-${shippedPolicy.name}`, textAt(drafted, 'id')];
  };
  const wanted = await draft('the tour’s own');
  await tour.does(OPERATOR, `${version}/check`, wanted);
  await tour.does(OPERATOR, `${version}/shadow`, wanted);
  for (const id of ['risk-1', 'risk-2']) {
    await tour.does({ kind: 'underwriter', id }, `${version}/approval`, wanted, { note: 'golden cases seen' });
  }
  await tour.does(OPERATOR, `${version}/retirement`, await draft('nobody’s'), { reason: 'nobody wants it' });
};

/** Rules of reconciliation that one person drafts and tries on a past statement, and another one wants. */
const rules = async (tour: Tour, date: string): Promise<void> => {
  const document = { ...HOUSE_RULES, version: 2 };
  const drafted = await tour.does(FINANCE, '/v1/finance/rule-sets', [], { document });
  const version = ['rules-house', textAt(drafted, 'id')];
  const path = '/v1/finance/rule-sets/:rulesId/versions/:hash';
  await tour.does(FINANCE, `${path}/trials`, version, { date, channel: 'custody' });
  await tour.does({ kind: 'finance', id: 'finance-2' }, `${path}/activation`, version, { note: 'the same again' });
};

/** Lets the loan be debited, and changes their mind. */
const mandated = async (stage: Stage, tour: Tour, { who, cardId }: Customer, loanId: string): Promise<void> => {
  const to = addDays(businessDateAt(stage.clock.now()), 400);
  const limits = { perDebit: cny('2000.00'), perMonth: cny('4000.00') };
  const agreed = { loanId, cardId, ...limits, to, payDays: [10], textVersion: '2026-01' };
  const granted = await tour.does(who, '/v1/mandates', [], agreed);
  const reason = { reason: 'a new account' };
  await tour.does(who, '/v1/mandates/:mandateId/revocation', [textAt(granted, 'id')], reason);
};

/** Takes two people by every write route of the API; the house has settled when it is over. */
export const grandTour = async (
  stage: Stage,
  people: readonly [TestPerson, TestPerson] = [person(1), person(2)],
): Promise<Toured> => {
  stage.house.sandbox?.putPeople(people.map(sound));
  stage.house.sandbox?.behave('channel', { statementFaults: 1 });
  const tour = new Tour(stage);
  const product = await products(tour);
  const borrower = await tour.customer(people[0]);
  const { who } = borrower;
  await standing(tour, borrower);

  const application = await tour.applies(product, borrower, '6000.00');
  const loan = await tour.takes(who, application);
  await tour.does(who, '/v1/repayments', [], { kind: 'voluntary', loanId: loan, amount: cny('100.00') });
  await stage.settled();

  await mandated(stage, tour, borrower, loan);

  const line = '/v1/borrowers/:borrowerId/credit-line';
  await tour.does(OPERATOR, `${line}/freeze`, [who.id], { reason: 'asked about an income' });
  await tour.does(OPERATOR, `${line}/unfreeze`, [who.id], { reason: 'it was shown' });

  const unwanted = await tour.applies(product, borrower, '1000.00');
  await comesTo(stage, who, unwanted, 'offered');
  await tour.does(who, '/v1/applications/:applicationId/withdrawal', [unwanted], { reason: 'found a better one' });

  await drawn(stage, tour, borrower);
  const second = await foundOut(stage, tour, who, await referred(stage, tour, product, borrower));
  await serviced(stage, tour, loan, second);
  await receiptTour(stage, tour, loan);
  await breaks(stage, tour);
  await tour.does(FINANCE, '/v1/periods', [], { through: addDays(businessDateAt(stage.clock.now()), -1) });

  await channels(tour);
  await custodyTour(stage, tour, borrower);
  await policies(tour);
  await rules(tour, businessDateAt(stage.clock.now()));
  await lookedAtAgain(stage, tour, product, borrower);
  const refused = await rejected(stage, tour, product, borrower);

  const arrears = await collected(stage, tour, borrower, loan);
  const leaving = await tour.customer(people[1]);
  await tour.does(leaving.who, '/v1/borrowers/:borrowerId/erasure', [leaving.who.id], { reason: 'asked to' });
  await stage.settled();
  return { writes: tour.writes, borrower, product, application, rejected: refused, loan, arrears, erased: leaving.who };
};
