import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Declaration, declarationSchema } from '../../domain/application';
import { bankCardNumberSchema, CONSENT_SCOPES, consentScopeSchema } from '../../domain/borrower';
import {
  applicationId,
  assert,
  type BorrowerId,
  type BusinessDate,
  borrowerId,
  businessDateAt,
  type LoanId,
  loanIdSchema,
  loanOfMandate,
  mandateId,
  mandateIdSchema,
  moneyTextSchema,
  parseMoney,
  repaymentId,
  tranchePayoutId,
} from '../../domain/kernel';
import { type Offering, offeringSchema } from '../../domain/product';
import { type Quote, quoteOf } from '../../domain/schedule';
import { idKey, uuidV5 } from '../../platform/runtime';
import type { BureauPerson, HouseAnswer, HousePort, HouseRequest, VirtualClock } from '../../simulation';
import { decideOnPaper } from './paper-decision';
import { PaperLoans } from './paper-loans';

const NAMESPACE = '0b7c3a3e-52c8-5d5b-9a49-3c1f5e0a7d11';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Borrower {
  readonly id: BorrowerId;
  readonly idNumber: string;
  readonly consents: Set<string>;
  cardId: string | undefined;
}

interface Application {
  readonly id: string;
  readonly borrower: Borrower;
  readonly productId: string;
  readonly amount: Quote['principal'];
  readonly installments: number;
  readonly declaration: Declaration;
  stage: 'under_review' | 'offered' | 'awaiting_signature' | 'disbursing' | 'completed' | 'rejected' | 'withdrawn';
  referred: boolean;
  offer?: Quote;
  loanId?: string;
}

interface Call {
  readonly id: string;
  readonly body: unknown;
  readonly actor: string;
  /** What the idempotency key makes ids from. */
  readonly key: string;
}

type Route = readonly [method: 'GET' | 'POST', path: RegExp, handle: (call: Call, way: string) => HouseAnswer];

const answer = (status: number, body: object): HouseAnswer => ({ status, body, headers: {} });
const refused = (status: number, code: string): HouseAnswer => answer(status, { code });

/**
 * The house on a sheet of paper: the routes that the simulated people use, over maps in memory and the real deciders of
 * loans and credits. Everything that happens behind the API happens in `settle`. Counts what it was asked.
 */
export class PaperHouse implements HousePort {
  readonly borrowers = new Map<string, Borrower>();
  readonly applications = new Map<string, Application>();
  readonly products = new Map<string, Offering>();
  readonly #lending = new PaperLoans();
  /** Loans that are debited. */
  readonly mandates = new Set<LoanId>();
  /** Every request in order, as "METHOD path key". */
  readonly requests: string[] = [];
  readonly closed: BusinessDate[] = [];
  inFlightMost = 0;
  /** Tells of a fault to answer a request with instead, before anything is done. */
  fault: (path: string) => HouseAnswer | Error | undefined = () => undefined;
  /** Whether the answer to a request gets lost once all has been done. */
  loses: (path: string) => boolean = () => false;

  readonly #files = new Map<string, BureauPerson>();
  readonly #answered = new Map<string, { readonly body: string; readonly answer: HouseAnswer }>();
  #inFlight = 0;
  #work: (() => void)[] = [];

  constructor(readonly clock: VirtualClock) {}

  get loans(): PaperLoans['loans'] {
    return this.#lending.loans;
  }

  get today(): BusinessDate {
    return businessDateAt(this.clock.now());
  }

  async seedPeople(people: readonly BureauPerson[]): Promise<void> {
    for (const person of people) this.#files.set(person.idNumber, person);
  }

  async token(kind: string, id: string): Promise<string> {
    return `${kind}:${id}`;
  }

  async request(method: 'GET' | 'POST', path: string, request: HouseRequest): Promise<HouseAnswer> {
    this.#inFlight += 1;
    this.inFlightMost = Math.max(this.inFlightMost, this.#inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    this.#inFlight -= 1;
    this.requests.push([method, path, request.idempotencyKey ?? ''].join(' ').trim());
    const fault = this.fault(path);
    if (fault instanceof Error) throw fault;
    const given = fault ?? this.#handle(method, path, request);
    if (this.loses(path)) throw new Error('connection reset');
    return given;
  }

  async settle(): Promise<void> {
    while (this.#work.length > 0) for (const piece of this.#work.splice(0)) piece();
    this.#lending.age(this.today);
  }

  async waitUntil(epochMs: number): Promise<void> {
    this.clock.advanceTo(epochMs);
    await this.settle();
  }

  /** Its books know of no money but what it has asked for. */
  async transfer(): Promise<void> {}

  async debit(date: BusinessDate): Promise<void> {
    await this.settle();
    for (const id of this.mandates) this.#lending.debit(id, date);
  }

  async closeDay(date: BusinessDate): Promise<void> {
    await this.settle();
    this.closed.push(date);
  }

  #handle(method: 'GET' | 'POST', path: string, { token, body, idempotencyKey }: HouseRequest): HouseAnswer {
    const actor = token.slice(token.indexOf(':') + 1);
    if (method === 'GET') return this.#route(method, path, { body, actor, key: '' });
    assert(idempotencyKey !== undefined, `${path} without an idempotency key`);
    const name = `${token} ${path} ${idempotencyKey}`;
    const known = this.#answered.get(name);
    if (known) return known.body === JSON.stringify(body) ? known.answer : refused(409, 'IDEMPOTENCY_KEY_REUSED');
    const given = this.#route(method, path, { body, actor, key: idKey(uuidV5(NAMESPACE, name)) });
    if (given.status < 400) this.#answered.set(name, { body: JSON.stringify(body), answer: given });
    return given;
  }

  #route(method: 'GET' | 'POST', path: string, call: Omit<Call, 'id'>): HouseAnswer {
    for (const [verb, pattern, handle] of this.#routes) {
      const [whole, id = '', way = ''] = (verb === method ? pattern.exec(path) : null) ?? [];
      if (whole !== undefined) return handle({ ...call, id }, way);
    }
    return refused(404, 'NO_SUCH_ROUTE');
  }

  readonly #routes: readonly Route[] = [
    [
      'POST',
      /^\/v1\/products$/,
      ({ body }) => {
        const id = `product-${this.products.size + 1}`;
        this.products.set(id, z.object({ offering: offeringSchema }).parse(body).offering);
        return answer(201, { id });
      },
    ],
    ['POST', /^\/v1\/products\/([\w-]+)\/publication$/, ({ id }) => answer(200, { id })],
    ['POST', /^\/v1\/borrowers$/, (call) => this.#register(call)],
    [
      'POST',
      /^\/v1\/borrowers\/([\w-]+)\/consents$/,
      ({ id, body }) => {
        this.borrowers.get(id)?.consents.add(z.object({ scope: consentScopeSchema }).loose().parse(body).scope);
        return answer(201, { id: 'consent' });
      },
    ],
    ['POST', /^\/v1\/borrowers\/([\w-]+)\/notice-preferences$/, ({ id }) => answer(200, { id })],
    ['GET', /^\/v1\/cases/, () => answer(200, { items: [] })],
    [
      'POST',
      /^\/v1\/borrowers\/([\w-]+)\/cards$/,
      ({ id, body, key }) => {
        z.strictObject({ cardNumber: bankCardNumberSchema, bank: z.string() }).parse(body);
        const borrower = this.borrowers.get(id);
        if (borrower) borrower.cardId = key;
        return answer(201, { id: key });
      },
    ],
    ['POST', /^\/v1\/applications$/, (call) => this.#apply(call)],
    [
      'GET',
      /^\/v1\/applications\/([\w-]+)$/,
      ({ id }) => {
        const { stage, offer, loanId } = this.#application(id);
        return answer(200, { id, stage, ...(offer && { offer }), ...(loanId !== undefined && { loanId }) });
      },
    ],
    [
      'POST',
      /^\/v1\/applications\/([\w-]+)\/acceptance$/,
      ({ id, body }) => {
        const application = this.#application(id);
        if (application.stage !== 'offered') return refused(422, 'WRONG_STATUS');
        if (z.strictObject({ quoteHash: z.string() }).parse(body).quoteHash !== application.offer?.quoteHash) {
          return refused(422, 'QUOTE_MISMATCH');
        }
        application.stage = 'awaiting_signature';
        return answer(200, { id });
      },
    ],
    [
      'POST',
      /^\/v1\/applications\/([\w-]+)\/signature$/,
      ({ id }) => {
        const application = this.#application(id);
        if (application.stage !== 'awaiting_signature') return refused(422, 'WRONG_STATUS');
        application.stage = 'disbursing';
        this.#work.push(() => this.#disburse(application));
        return answer(202, { id });
      },
    ],
    [
      'POST',
      /^\/v1\/applications\/([\w-]+)\/withdrawal$/,
      ({ id }) => {
        this.#application(id).stage = 'withdrawn';
        return answer(200, { id });
      },
    ],
    [
      'GET',
      /^\/v1\/review-queue/,
      () => {
        const items = [...this.applications.values()].filter(({ referred }) => referred).map(({ id }) => ({ id }));
        return answer(200, { items });
      },
    ],
    [
      'POST',
      /^\/v1\/applications\/([\w-]+)\/review-claim$/,
      ({ id }) => (this.#application(id).referred ? answer(200, { id }) : refused(422, 'WRONG_STATUS')),
    ],
    [
      'POST',
      /^\/v1\/applications\/([\w-]+)\/review$/,
      ({ id, body }) => {
        const application = this.#application(id);
        if (!application.referred) return refused(422, 'WRONG_STATUS');
        application.referred = false;
        if (z.object({ approve: z.boolean() }).loose().parse(body).approve) this.#offer(application);
        else application.stage = 'rejected';
        return answer(200, { id, status: application.stage });
      },
    ],
    ['GET', /^\/v1\/loans\/([\w-]+)$/, ({ id }) => answer(200, this.#lending.at(id).doc ?? {})],
    ['GET', /^\/v1\/loans\/([\w-]+)\/account$/, ({ id }) => answer(200, { facts: this.#lending.factsOf(id) })],
    ['POST', /^\/v1\/loans\/([\w-]+)\/drawings$/, (call) => this.#draw(call)],
    [
      'POST',
      /^\/v1\/loans\/([\w-]+)\/([\w-]+)$/,
      ({ id, body }, way) => {
        const refusal = this.#lending.serve(id, way, z.looseObject({}).parse(body), this.today);
        return refusal === undefined ? answer(200, { id }) : refused(422, refusal);
      },
    ],
    ['POST', /^\/v1\/repayments$/, (call) => this.#repay(call)],
    [
      'POST',
      /^\/v1\/mandates$/,
      ({ body }) => {
        const { loanId } = z.object({ loanId: loanIdSchema }).loose().parse(body);
        this.mandates.add(loanId);
        return answer(201, { id: mandateId(loanId) });
      },
    ],
    [
      'POST',
      /^\/v1\/mandates\/([\w-]+)\/revocation$/,
      ({ id }) => {
        this.mandates.delete(loanOfMandate(mandateIdSchema.parse(id)));
        return answer(200, { id });
      },
    ],
  ];

  #application(id: string): Application {
    const application = this.applications.get(id);
    assert(application !== undefined, `no ${id}`);
    return application;
  }

  #register({ body, key }: Call): HouseAnswer {
    const { idNumber } = z.strictObject({ name: z.string(), idNumber: z.string(), phone: z.string() }).parse(body);
    const id = borrowerId(key);
    this.borrowers.set(id, { id, idNumber, consents: new Set(), cardId: undefined });
    return answer(201, { id });
  }

  #apply({ body, actor, key }: Call): HouseAnswer {
    const {
      cardId,
      deviceId: _,
      ...asked
    } = z
      .strictObject({
        productId: z.string(),
        amount: moneyTextSchema,
        installments: z.int(),
        cardId: z.string(),
        declaration: declarationSchema,
        deviceId: z.string(),
        channel: z.string(),
      })
      .parse(body);
    const borrower = this.borrowers.get(actor);
    if (borrower === undefined || borrower.cardId !== cardId || borrower.consents.size < CONSENT_SCOPES.length) {
      return refused(422, 'BORROWER_NOT_VERIFIED');
    }
    const id = applicationId(key);
    const application: Application = { id, borrower, ...asked, stage: 'under_review', referred: false };
    this.applications.set(id, application);
    this.#work.push(() => this.#decide(application));
    return answer(202, { id });
  }

  #quote({ productId, amount, installments }: Application): Quote {
    const offering = this.products.get(productId);
    assert(offering !== undefined, `${productId} is not on offer`);
    return quoteOf(offering.terms, parseMoney(amount), installments, this.today, sha256);
  }

  #offer(application: Application): void {
    application.stage = 'offered';
    application.offer = this.#quote(application);
  }

  #decide(application: Application): void {
    const { borrower, declaration } = application;
    const file = this.#files.get(sha256(borrower.idNumber))?.file;
    assert(file !== undefined, 'the bureau knows every applicant');
    const quote = this.#quote(application);
    const outcome = decideOnPaper({ file, monthlyIncome: declaration.monthlyIncome, quote });
    if (outcome === 'approve') this.#offer(application);
    else if (outcome === 'refer') application.referred = true;
    else application.stage = 'rejected';
  }

  #disburse(application: Application): void {
    const { borrower, offer: contract, productId } = application;
    const { id, cardId } = borrower;
    assert(contract !== undefined && cardId !== undefined, 'signed without an offer or a card');
    application.loanId = this.#lending.open(
      {
        applicationId: applicationId(application.id.slice('application-'.length)),
        borrower: id,
        productKey: productId.slice('product-'.length),
        cardId,
        contract,
      },
      this.today,
    );
    application.stage = 'completed';
  }

  #draw({ id, body, key }: Call): HouseAnswer {
    const { amount } = z.strictObject({ amount: moneyTextSchema }).parse(body);
    const loan = this.#lending.at(id);
    const payout = tranchePayoutId(key);
    const refusal = this.#lending.draw(loan, payout, amount, this.today);
    if (refusal !== undefined) return refused(422, refusal);
    this.#work.push(() => this.#lending.disburse(loan.id, payout, amount, this.today));
    return answer(202, { id: payout });
  }

  #repay({ body, key }: Call): HouseAnswer {
    const asked = z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('payoff'), loanId: loanIdSchema }),
        z.strictObject({ kind: z.literal('voluntary'), loanId: loanIdSchema, amount: moneyTextSchema }),
      ])
      .parse(body);
    const { loanId } = asked;
    const amount = this.#lending.amountOf(loanId, asked.kind === 'payoff' ? undefined : asked.amount, this.today);
    if (amount === undefined) return refused(422, 'LOAN_NOT_ACTIVE');
    this.#work.push(() => this.#lending.repay(loanId, key, amount, this.today));
    return answer(202, { id: repaymentId(key) });
  }
}
