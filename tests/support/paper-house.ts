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
  loanId,
  moneyTextSchema,
  parseMoney,
  payoutId,
  productId,
  repaymentId,
} from '../../domain/kernel';
import { type LoanState, loanDecider, nextAgingDate, standingOf } from '../../domain/loan';
import { type Offering, offeringSchema } from '../../domain/product';
import { type Quote, quoteOf } from '../../domain/schedule';
import { idKey, uuidV5 } from '../../platform/runtime';
import { type LoanDoc, projections } from '../../projections';
import type { BureauPerson, HouseAnswer, HousePort, HouseRequest, VirtualClock } from '../../simulation';
import { answer as factsOf, type Given } from './example-loan';
import { decideOnPaper } from './paper-decision';

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
  readonly amount: Quote['principal'];
  readonly installments: number;
  readonly declaration: Declaration;
  stage: 'under_review' | 'offered' | 'awaiting_signature' | 'disbursing' | 'completed' | 'rejected' | 'withdrawn';
  referred: boolean;
  offer?: Quote;
}

interface Lent {
  readonly id: LoanId;
  readonly borrower: Borrower;
  state: LoanState;
  doc: LoanDoc | undefined;
  /** The next day on which time brings it something. */
  ages: BusinessDate | undefined;
}

interface Call {
  readonly id: string;
  readonly body: unknown;
  readonly actor: string;
  /** What the idempotency key makes ids from. */
  readonly key: string;
}

type Route = readonly [method: 'GET' | 'POST', path: RegExp, handle: (call: Call) => HouseAnswer];

const answer = (status: number, body: object): HouseAnswer => ({ status, body, headers: {} });
const refused = (status: number, code: string): HouseAnswer => answer(status, { code });

/**
 * The house on a sheet of paper: the routes that the simulated people use, over maps in memory and the real deciders of
 * loans and credits. Everything that happens behind the API happens in `settle`. Counts what it was asked.
 */
export class PaperHouse implements HousePort {
  readonly borrowers = new Map<string, Borrower>();
  readonly applications = new Map<string, Application>();
  readonly loans = new Map<string, Lent>();
  /** Every request in order, as "METHOD path key". */
  readonly requests: string[] = [];
  readonly closed: BusinessDate[] = [];
  offering: Offering | undefined;
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
    for (const loan of this.loans.values()) this.#age(loan);
  }

  async closeDay(date: BusinessDate): Promise<void> {
    await this.settle();
    this.closed.push(date);
  }

  #handle(method: 'GET' | 'POST', path: string, { token, body, idempotencyKey }: HouseRequest): HouseAnswer {
    const known = idempotencyKey === undefined ? undefined : this.#answered.get(`${token} ${path} ${idempotencyKey}`);
    if (known) return known.body === JSON.stringify(body) ? known.answer : refused(409, 'IDEMPOTENCY_KEY_REUSED');
    for (const [verb, pattern, handle] of this.#routes) {
      const match = verb === method ? pattern.exec(path) : null;
      if (!match) continue;
      if (method === 'POST') assert(idempotencyKey !== undefined, `${path} without an idempotency key`);
      const key = idKey(uuidV5(NAMESPACE, `${token} ${path} ${idempotencyKey}`));
      const given = handle({ id: match[1] ?? '', body, actor: token.slice(token.indexOf(':') + 1), key });
      if (idempotencyKey && given.status < 400) {
        this.#answered.set(`${token} ${path} ${idempotencyKey}`, { body: JSON.stringify(body), answer: given });
      }
      return given;
    }
    return refused(404, 'NO_SUCH_ROUTE');
  }

  readonly #routes: readonly Route[] = [
    [
      'POST',
      /^\/v1\/products$/,
      ({ body }) => {
        this.offering = z.object({ offering: offeringSchema }).parse(body).offering;
        return answer(201, { id: 'product-1' });
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
        const { stage, offer } = this.#application(id);
        return answer(200, { id, stage, ...(offer ? { offer } : {}) });
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
      /^\/v1\/applications\/([\w-]+)\/review$/,
      ({ id, body }) => {
        const application = this.#application(id);
        if (!application.referred) return refused(422, 'WRONG_STATUS');
        application.referred = false;
        if (z.object({ approve: z.boolean() }).loose().parse(body).approve) this.#offer(application);
        else application.stage = 'rejected';
        return answer(200, { id });
      },
    ],
    [
      'GET',
      /^\/v1\/borrowers\/([\w-]+)\/loans$/,
      ({ id }) => {
        const items = [...this.loans.values()].filter(({ borrower }) => borrower.id === id).map(({ doc }) => doc);
        return answer(200, { items });
      },
    ],
    ['POST', /^\/v1\/repayments$/, (call) => this.#repay(call)],
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
    const { cardId, ...asked } = z
      .strictObject({
        productId: z.string(),
        amount: moneyTextSchema,
        installments: z.int(),
        cardId: z.string(),
        declaration: declarationSchema,
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

  #quote({ amount, installments }: Application): Quote {
    assert(this.offering !== undefined, 'nothing is on offer');
    return quoteOf(this.offering.terms, parseMoney(amount), installments, this.today, sha256);
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
    const { borrower, offer: contract } = application;
    assert(contract !== undefined && borrower.cardId !== undefined, 'signed without an offer or a card');
    const id = loanId(applicationId(application.id.slice('application-'.length)));
    const loan: Lent = { id, borrower, state: loanDecider.initial, doc: undefined, ages: undefined };
    this.#obey(loan, {
      type: 'OpenLoan',
      data: {
        loanId: id,
        applicationId: applicationId(application.id.slice('application-'.length)),
        borrowerId: borrower.id,
        productId: productId('1'),
        contract,
        documentHash: 'a1',
        payee: { cardId: borrower.cardId, bank: 'Paper Bank', lastFour: '0000' },
      },
      facts: { cap: '0.24' },
    });
    this.#obey(loan, {
      type: 'DisburseLoan',
      data: { loanId: id, payoutId: payoutId(id), amount: contract.principal, settledOn: this.today, channel: 'paper' },
    });
    this.loans.set(id, loan);
    application.stage = 'completed';
  }

  #repay({ body, key }: Call): HouseAnswer {
    const { loanId: id, ...asked } = z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('payoff'), loanId: z.string() }),
        z.strictObject({ kind: z.literal('voluntary'), loanId: z.string(), amount: moneyTextSchema }),
      ])
      .parse(body);
    const loan = this.loans.get(id);
    assert(loan !== undefined, `no ${id}`);
    const { payoff } = standingOf(loan.state, this.today);
    if (payoff === undefined) return refused(422, 'LOAN_NOT_ACTIVE');
    const amount = asked.kind === 'payoff' ? payoff : asked.amount;
    assert(parseMoney(amount).minor > 0n, 'nothing is paid');
    this.#work.push(() =>
      this.#obey(loan, {
        type: 'ApplyRepayment',
        data: { loanId: loan.id, repaymentId: repaymentId(key), amount, valueDate: this.today },
      }),
    );
    return answer(202, { id: repaymentId(key) });
  }

  #age(loan: Lent): void {
    for (let asOf = loan.ages; asOf !== undefined && asOf <= this.today; asOf = loan.ages) {
      this.#obey(loan, { type: 'AgeLoan', data: { loanId: loan.id, asOf } });
    }
  }

  /** The facts that follow, and the read model's own document of them. */
  #obey(loan: Lent, command: Given): void {
    for (const event of factsOf(loan.state, this.today, command)) {
      loan.state = loanDecider.evolve(loan.state, event);
      // The fold of loans looks at a fact's stream, type and data alone.
      const fact = { ...event, stream: loan.id } as unknown as Parameters<typeof projections.loans.fold>[1];
      loan.doc = projections.loans.fold(loan.doc, fact, loan.id);
    }
    loan.ages = nextAgingDate(loan.state);
  }
}
