import { hash } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Tokens } from '../../platform/http';
import { person } from '../support/people';
import { PRODUCT } from '../support/product';

/** A write that was answered with success: where its effect must be found for ever after. */
export interface Acknowledged {
  readonly stream: string;
  readonly position: string;
  readonly what: string;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Somebody's next wish, given again under the same key until it has been answered. */
interface Wish {
  readonly path: string;
  readonly body: object;
  readonly key: string;
}

interface Somebody {
  readonly n: number;
  id?: string;
  cardId?: string;
  consents: number;
  applicationId?: string;
  loanId?: string;
  pending?: Wish;
  wishes: number;
  /** There was nothing to wish for when last looked. */
  waits: boolean;
}

const stranger = (n: number): Somebody => ({ n, consents: 0, wishes: 0, waits: false });

const SCOPES = ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature'];
const OPERATOR = { kind: 'operator', id: 'operator' };

const A_FEW = 12;

/** People who apply, sign and repay over and over, as fast as they are answered. */
export class Applicants {
  readonly acknowledged: Acknowledged[] = [];
  readonly #tokens: Tokens;
  readonly #chance: () => number;
  readonly #people: Somebody[];
  #everybody: number;
  #product: string | undefined;
  #published = false;

  constructor(count: number, tokens: Tokens, chance: () => number) {
    this.#tokens = tokens;
    this.#chance = chance;
    this.#people = Array.from({ length: count }, (_, n) => stranger(n));
    this.#everybody = count;
  }

  /** Resolves when a few more wishes have been acknowledged, after half a minute at the latest. */
  async answered(): Promise<void> {
    const before = this.acknowledged.length;
    for (let looks = 0; looks < 3_000 && this.acknowledged.length < before + A_FEW; looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Puts everybody to work against a house until told to stop. */
  load(url: string): { stop(): Promise<void> } {
    const agent = new Agent({ connections: this.#people.length });
    let stopped = false;
    for (const [at, { n, waits }] of this.#people.entries()) {
      // Who waits for the outcome of a payout waits for minutes: most of them make room, so that there is load.
      if (n > 0 && waits && this.#chance() < 0.5) this.#people[at] = stranger(this.#everybody++);
    }
    const going = (somebody: Somebody): Promise<void> =>
      // Whatever breaks, the house is gone or going; the next round tries again.
      this.#live(somebody, url, agent, () => stopped).catch(() => undefined);
    const all = Promise.all(this.#people.map(going));
    return {
      stop: async () => {
        stopped = true;
        await all;
        await agent.destroy();
      },
    };
  }

  async #live(somebody: Somebody, url: string, agent: Agent, stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const wish = somebody.pending ?? (await this.#wish(somebody, url, agent));
      somebody.waits = wish === undefined;
      if (wish === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      somebody.pending = wish;
      const answer = await this.#post(somebody, wish, url, agent);
      delete somebody.pending;
      this.#learn(somebody, wish, answer);
    }
  }

  async #wish(somebody: Somebody, url: string, agent: Agent): Promise<Wish | undefined> {
    const of = (path: string, body: object): Wish => {
      somebody.wishes += 1;
      return { path, body, key: hash('sha256', `${somebody.n}/${somebody.wishes}`, 'hex').slice(0, 32) };
    };
    if (somebody.n === 0 && this.#product === undefined) return of('/v1/products', { offering: PRODUCT });
    if (somebody.n === 0 && !this.#published) return of(`/v1/products/${this.#product}/publication`, {});
    const who = person(somebody.n);
    if (somebody.id === undefined) {
      return of('/v1/borrowers', { name: who.name, idNumber: who.idNumber, phone: who.phone });
    }
    if (somebody.consents < SCOPES.length) {
      const scope = SCOPES[somebody.consents];
      return of(`/v1/borrowers/${somebody.id}/consents`, { scope, textVersion: '2026-01', channel: 'app' });
    }
    if (somebody.cardId === undefined) {
      return of(`/v1/borrowers/${somebody.id}/cards`, { cardNumber: who.cardNumber, bank: 'Test Bank' });
    }
    if (!this.#published) return undefined;
    if (somebody.applicationId === undefined)
      return of('/v1/applications', application(this.#product, somebody.cardId));
    return this.#nextStep(somebody, url, agent, of);
  }

  async #nextStep(
    somebody: Somebody,
    url: string,
    agent: Agent,
    of: (path: string, body: object) => Wish,
  ): Promise<Wish | undefined> {
    const path = `/v1/applications/${somebody.applicationId}`;
    const { status, body } = await this.#get(somebody, path, url, agent);
    if (status !== 200) return undefined;
    const offer = body['offer'] as { quoteHash: string } | undefined;
    switch (body['stage']) {
      case 'offered':
        return of(`${path}/acceptance`, { quoteHash: offer?.quoteHash ?? '' });
      case 'awaiting_signature':
        return of(`${path}/signature`, {});
      case 'completed':
        somebody.loanId = String(body['loanId']);
        return this.#chance() < 0.7
          ? of('/v1/repayments', { kind: 'payoff', loanId: somebody.loanId })
          : of('/v1/repayments', {
              kind: 'voluntary',
              loanId: somebody.loanId,
              amount: { amount: '100.00', currency: 'CNY' },
            });
      case 'rejected':
      case 'expired':
      case 'withdrawn':
      case 'cancelled':
        delete somebody.applicationId;
        return undefined;
      default:
        return undefined;
    }
  }

  #learn(somebody: Somebody, { path }: Wish, { status, body }: Answer): void {
    const id = String(body['id']);
    if (status >= 300) {
      // A loan that is repaid takes no more; its borrower applies again.
      if (path === '/v1/repayments') delete somebody.applicationId;
      return;
    }
    if (path === '/v1/products') this.#product = id;
    else if (path.endsWith('/publication')) this.#published = true;
    else if (path === '/v1/borrowers') somebody.id = id;
    else if (path.endsWith('/consents')) somebody.consents += 1;
    else if (path.endsWith('/cards')) somebody.cardId = id;
    else if (path === '/v1/applications') somebody.applicationId = id;
  }

  async #post(somebody: Somebody, wish: Wish, url: string, agent: Agent): Promise<Answer> {
    const operators = wish.path.startsWith('/v1/products') || wish.path === '/v1/borrowers';
    const token = await this.#tokens.issue(operators ? OPERATOR : { kind: 'borrower', id: somebody.id ?? '' }, 3_600);
    const answer = await request(`${url}${wish.path}`, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': wish.key,
      },
      body: JSON.stringify(wish.body),
    });
    const body = (await answer.body.json()) as Record<string, unknown>;
    if (answer.statusCode >= 500) throw new Error(`${wish.path}: ${answer.statusCode}`);
    const position = answer.headers['consistency-token'];
    if (answer.statusCode < 300 && typeof position === 'string') {
      this.acknowledged.push({ stream: streamOf(wish, body), position, what: wish.path });
    }
    return { status: answer.statusCode, body };
  }

  async #get(somebody: Somebody, path: string, url: string, agent: Agent): Promise<Answer> {
    const token = await this.#tokens.issue({ kind: 'borrower', id: somebody.id ?? '' }, 3_600);
    const answer = await request(`${url}${path}`, { dispatcher: agent, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, unknown> };
  }
}

/** The stream that a write went to: what it created, or what its address names. */
const streamOf = ({ path }: Wish, body: Record<string, unknown>): string => {
  const [, , , id, action] = path.split('/');
  return id !== undefined && action !== undefined ? id : String(body['id']);
};

const application = (productId: string | undefined, cardId: string): object => ({
  productId,
  amount: { amount: '3000.00', currency: 'CNY' },
  installments: 12,
  cardId,
  declaration: {
    monthlyIncome: { amount: '20000.00', currency: 'CNY' },
    employment: '7-years-and-more',
    job: 'skilled',
    housing: 'rent',
    property: 'none',
    purpose: 'new-car',
    otherInstallmentPlans: 'none',
    dependants: '0-to-2',
    residence: '4-to-7-years',
  },
});
