import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../platform/runtime';
import { headerOf, type SigningKey, verifyQuestion } from '../http';
import { deliver, type Said } from './answering';
import {
  type BehaviourName,
  chooseBehaviour,
  type Doing,
  type OperationName,
  type PartnerSettings,
  planOf,
  settingsSchema,
} from './behaviour';
import type { Customers } from './customers';
import { type SandboxPartner, sandboxKeySet, signingKeyOf } from './keys';

/** Whole portfolios of people arrive in one body. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

const NOT_DONE: Said = { status: 503, body: { outcome: 'not-done' } };

/** One thing that can be asked of a partner. */
export interface Operation<Input> {
  readonly name: OperationName;
  /** Whether asking has an effect (a movement, an enquiry on record, a signature) or only looks. */
  readonly kind: 'effect' | 'read';
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Reads the question; throws a ZodError when it makes no sense. */
  readonly read: (request: FastifyRequest) => Input;
  /** What makes a repeated question the same question. */
  readonly key: (input: Input) => string;
  /** What the content of the question itself calls for. */
  readonly magic?: (input: Input) => BehaviourName | undefined;
  readonly act: (input: Input, does: Doing) => Said;
}

const keySchema = z.string().min(1).max(200);

/** The idempotency key of a question; a question with an effect makes no sense without one. */
export const idempotencyKeyOf = (request: FastifyRequest): string =>
  keySchema.parse(headerOf(request.headers, 'idempotency-key'));

/**
 * What all partners have in common: an HTTP server that signs its answers, behaves as it is told, and remembers how
 * often it was asked.
 */
export class PartnerServer {
  readonly app: FastifyInstance;
  readonly seed: string;
  readonly clock: Clock;
  readonly key: SigningKey;
  readonly #asked = new Map<OperationName, number>();
  readonly #attempts = new Map<string, number>();
  readonly #operations = new Set<string>();
  #settings: PartnerSettings;

  constructor(
    partner: SandboxPartner,
    options: {
      readonly seed: string;
      readonly clock: Clock;
      /** Who is listened to; everybody where it is not said. */
      readonly customers?: Customers;
    },
  ) {
    this.seed = options.seed;
    this.clock = options.clock;
    this.key = signingKeyOf(options.seed, partner);
    this.#settings = settingsSchema.parse({});
    this.app = Fastify({ logger: false, bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
    // Nothing that was sent comes back in an error.
    this.app.setErrorHandler((_error, request, reply) =>
      this.#deliver(request, reply, { status: 400, body: { outcome: 'bad-request' } }),
    );
    if (options.customers !== undefined) this.#listenOnlyTo(options.customers);
    const keySet = sandboxKeySet(options.seed, partner);
    this.app.get('/.well-known/jwks.json', () => keySet);
    this.app.get('/health', () => ({ partner, status: 'up' }));
    this.app.put('/sandbox/behaviour', (request) => this.behave(request.body));
  }

  get settings(): PartnerSettings {
    return this.#settings;
  }

  /** How often each operation was asked, whatever became of it. */
  get asked(): Readonly<Partial<Record<OperationName, number>>> {
    return Object.fromEntries(this.#asked);
  }

  /** Replaces the settings; what the new ones leave out is well-behaved again. */
  behave(settings: unknown): PartnerSettings {
    this.#settings = settingsSchema.parse(settings);
    return this.#settings;
  }

  add<Input>(operation: Operation<Input>): void {
    this.#operations.add(operation.url);
    this.app.route({
      method: operation.method,
      url: operation.url,
      handler: (request, reply) => this.#answer(operation, request, reply),
    });
  }

  /** A question that is not signed by somebody known, over its very bytes, is turned away before it is read. */
  #listenOnlyTo(customers: Customers): void {
    const bodies = new WeakMap<object, Buffer>();
    this.app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
      const bytes = Buffer.from(body);
      bodies.set(request, bytes);
      try {
        done(null, JSON.parse(bytes.toString('utf8')));
      } catch {
        done(new SyntaxError('not JSON'));
      }
    });
    this.app.addHook('preHandler', async (request, reply) => {
      // What belongs to the sandbox itself is for anybody.
      if (!this.#operations.has(request.routeOptions.url ?? '')) return undefined;
      const body = bodies.get(request) ?? Buffer.alloc(0);
      const { method, url: path, headers } = request;
      const verdict = await verifyQuestion(customers(headers), headers, { method, path, body });
      if (verdict === 'genuine') return undefined;
      return this.#deliver(request, reply, { status: 401, body: { outcome: verdict } });
    });
  }

  #answer<Input>(operation: Operation<Input>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const input = operation.read(request);
    this.#asked.set(operation.name, (this.#asked.get(operation.name) ?? 0) + 1);
    const key = operation.key(input);
    const behaviour = chooseBehaviour(this.#settings, {
      seed: this.seed,
      operation: operation.name,
      key,
      attempt: this.#attempt(operation.name, key),
      magic: operation.magic?.(input),
    });
    const plan = planOf(behaviour, operation.kind);
    const said = plan.does === 'nothing' ? NOT_DONE : operation.act(input, plan.does);
    return this.#deliver(request, reply, said, plan.answers);
  }

  /** How often this was asked before. Counted only where draws differ by attempt. */
  #attempt(operation: OperationName, key: string): number {
    if (typeof (this.#settings.operations[operation] ?? this.#settings.behaviour) === 'string') return 0;
    const name = `${operation} ${key}`;
    const before = this.#attempts.get(name) ?? 0;
    this.#attempts.set(name, before + 1);
    return before;
  }

  #deliver(
    request: FastifyRequest,
    reply: FastifyReply,
    said: Said,
    how: Parameters<typeof deliver>[2] = 'properly',
  ): FastifyReply {
    return deliver(reply, said, how, {
      key: this.key,
      requestId: headerOf(request.headers, 'x-request-id') ?? '',
      slowMs: this.#settings.slowMs,
    });
  }
}
