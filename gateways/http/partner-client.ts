import { randomUUID } from 'node:crypto';
import { BrokenCircuitError, BulkheadRejectedError, type IPolicy, TaskCancelledError } from 'cockatiel';
import { type Dispatcher, Pool } from 'undici';
import type { z } from 'zod';
import type { BusinessDate } from '../../domain/kernel';
import { deadlineIn } from './deadline';
import type { PartnerKeys, SigningKey } from './keys';
import { type PartnerAnswer, type ReceivedAnswer, readAnswer, type Silence, silent } from './partner-answer';
import { type BreakerState, noPartnerMetrics, type PartnerMetrics } from './partner-metrics';
import { type PartnerPolicy, partnerPolicy } from './partner-policy';
import { questionSigner } from './signing';

/** Bounds of the traffic with one partner. */
const PARTNER_LIMITS = {
  /** For a whole call: waiting for a free connection, retries and reading the answer included. */
  deadlineMs: 2_000,
  connections: 32,
  /** Calls that may wait for a connection; one more is turned away at once. */
  queue: 1_024,
  maxAnswerBytes: 256 * 1024,
  /** Further attempts of a repeatable call. */
  retries: 2,
  retryDelayMs: 25,
  /** Failures in a row after which the partner is left alone. */
  breakerFailures: 8,
  breakerOpenMs: 2_000,
} as const;

type PartnerLimits = { readonly [Limit in keyof typeof PARTNER_LIMITS]: number };

export interface PartnerOptions extends Partial<PartnerLimits> {
  /** Name in metrics. */
  readonly partner: string;
  /** Where the partner is; a path is put in front of every question's path. */
  readonly url: string;
  /** The keys that the partner signs its answers with. */
  readonly keys: PartnerKeys;
  /** The key that our questions are signed with; without it they go out unsigned. */
  readonly signing?: SigningKey;
  readonly metrics?: PartnerMetrics;
}

/** One thing to ask of a partner. */
export interface Question<T> {
  /** Name in metrics. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Goes out as `Idempotency-Key`, the same on every attempt. A POST without one is sent once only. */
  readonly idempotencyKey?: string;
  readonly businessDate?: BusinessDate;
  /** The shape of a 2xx answer. */
  readonly answer: z.ZodType<T>;
  readonly maxAnswerBytes?: number;
  /** Shorter than the client's. */
  readonly deadlineMs?: number;
}

/**
 * The one way to talk to a partner over HTTP, one client each, so that a partner that hangs holds up nobody else.
 * Asking never throws: what did not come back signed, in time and readable is silence with a reason. Neither answers'
 * errors nor metrics carry anything of what was asked.
 */
export class PartnerClient {
  readonly #options: PartnerOptions & PartnerLimits;
  readonly #metrics: PartnerMetrics;
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #policy: PartnerPolicy;
  readonly #sign: ReturnType<typeof questionSigner> | undefined;

  constructor(options: PartnerOptions) {
    this.#options = { ...PARTNER_LIMITS, ...options };
    this.#metrics = options.metrics ?? noPartnerMetrics;
    this.#sign = options.signing && questionSigner(options.signing);
    const url = new URL(options.url);
    this.#prefix = url.pathname.replace(/\/$/, '');
    // One request at a time on a connection; our own deadline replaces the pool's timers.
    this.#pool = new Pool(url.origin, {
      connections: this.#options.connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: this.#options.deadlineMs },
    });
    this.#policy = partnerPolicy(this.#options);
    this.#policy.onBreaker((state) => this.#metrics.breaker(options.partner, state));
  }

  get partner(): string {
    return this.#options.partner;
  }

  get breaker(): BreakerState {
    return this.#policy.breakerState();
  }

  /** Asks, within the deadline. */
  async ask<T>(question: Question<T>): Promise<PartnerAnswer<T>> {
    const started = performance.now();
    if (this.#policy.turnsAway()) return this.#told(question, silent('breaker-open'), started, 0);
    const { signal, cancel } = deadlineIn(Math.min(question.deadlineMs ?? Infinity, this.#options.deadlineMs));
    let attempts = 0;
    const attempt = (): Promise<PartnerAnswer<T>> => {
      // A turn that comes after the deadline must not send anything any more.
      if (signal.aborted) return Promise.resolve(silent('timed-out'));
      attempts += 1;
      return this.#attempt(question, signal);
    };
    const repeatable = question.method === 'GET' || question.idempotencyKey !== undefined;
    const answer = await within(signal, guarded(repeatable ? this.#policy.repeatable : this.#policy.once, attempt));
    cancel();
    return this.#told(question, answer, started, attempts);
  }

  #told<T>({ operation }: Question<T>, answer: PartnerAnswer<T>, started: number, attempts: number): PartnerAnswer<T> {
    const outcome = answer.kind === 'silent' ? answer.reason : answer.kind;
    const milliseconds = performance.now() - started;
    this.#metrics.called({ partner: this.partner, operation, outcome, milliseconds, attempts });
    return answer;
  }

  /** Gives up all calls that are under way (their outcome is silence) and closes the connections. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #attempt<T>(question: Question<T>, signal: AbortSignal): Promise<PartnerAnswer<T>> {
    const requestId = randomUUID();
    let received: ReceivedAnswer | 'too-large';
    try {
      received = await this.#exchange(question, requestId, signal);
    } catch {
      // Whatever the socket says: we do not know what the partner did, and its words may hold what we sent.
      return silent(signal.aborted ? 'timed-out' : 'connection-failed');
    }
    if (received === 'too-large') return silent('too-large');
    return readAnswer(received, requestId, this.#options.keys, question.answer);
  }

  async #exchange(
    question: Question<unknown>,
    requestId: string,
    signal: AbortSignal,
  ): Promise<ReceivedAnswer | 'too-large'> {
    const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': requestId };
    if (question.body !== undefined) headers['content-type'] = 'application/json';
    if (question.idempotencyKey !== undefined) headers['idempotency-key'] = question.idempotencyKey;
    if (question.businessDate !== undefined) headers['x-business-date'] = question.businessDate;
    const { method, path, idempotencyKey } = question;
    const sent = question.body === undefined ? undefined : Buffer.from(JSON.stringify(question.body));
    const about = { method, path, requestId, idempotencyKey, body: sent ?? Buffer.alloc(0) };
    if (this.#sign !== undefined) Object.assign(headers, this.#sign(about));
    const most = question.maxAnswerBytes ?? this.#options.maxAnswerBytes;
    return exchanged(this.#pool, { method, path: this.#prefix + path, headers, body: sent ?? null }, most, signal);
  }
}

/**
 * One request and all of its answer, by the pool's own callbacks: a stream for each answer would cost more than the
 * rest of the call. Fails when the connection does, or the signal aborts first.
 */
const exchanged = (
  pool: Pool,
  request: Pick<Dispatcher.DispatchOptions, 'method' | 'path' | 'headers' | 'body'>,
  most: number,
  signal: AbortSignal,
): Promise<ReceivedAnswer | 'too-large'> =>
  new Promise((resolve, reject) => {
    let underWay: Dispatcher.DispatchController | undefined;
    let head: Pick<ReceivedAnswer, 'status' | 'headers'> | undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const giveUp = (): void => {
      reject(signal.reason);
      underWay?.abort(new Error('given up'));
    };
    const over = (): void => signal.removeEventListener('abort', giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    pool.dispatch(request, {
      onRequestStart: (controller) => {
        underWay = controller;
        // It waited for its turn until nobody waited for it any more.
        if (signal.aborted) controller.abort(new Error('given up'));
      },
      onResponseStart: (_, status, headers) => {
        head = { status, headers };
      },
      onResponseData: (controller, chunk) => {
        bytes += chunk.length;
        if (bytes <= most) return void chunks.push(chunk);
        over();
        resolve('too-large');
        // Closes the connection: nothing more is read.
        controller.abort(new Error('too large'));
      },
      onResponseEnd: () => {
        over();
        if (head === undefined) reject(new Error('an answer without a status'));
        else resolve({ ...head, body: Buffer.concat(chunks) });
      },
      onResponseError: (_, error) => {
        over();
        reject(error);
      },
    });
  });

const guarded = async <T>(policy: IPolicy, attempt: () => Promise<PartnerAnswer<T>>): Promise<PartnerAnswer<T>> => {
  try {
    return await policy.execute(attempt);
  } catch (error) {
    return silent(reasonOf(error));
  }
};

const reasonOf = (error: unknown): Silence => {
  if (error instanceof BrokenCircuitError) return 'breaker-open';
  if (error instanceof BulkheadRejectedError) return 'overloaded';
  if (error instanceof TaskCancelledError) return 'timed-out';
  throw error;
};

/** The answer, or silence as soon as the signal aborts: a call that waits for its turn keeps its deadline too. */
const within = <T>(signal: AbortSignal, answer: Promise<PartnerAnswer<T>>): Promise<PartnerAnswer<T>> =>
  new Promise((resolve, reject) => {
    const late = (): void => resolve(silent('timed-out'));
    signal.addEventListener('abort', late, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
