import { z } from 'zod';
import { sleep, type Timers, uuidV5 } from '../../platform/runtime';
import type { CallerKind, HouseAnswer, HousePort, HouseRequest } from '../house-port';

/** Namespace of the idempotency keys of simulated callers. */
const KEYS = '3b6f0f0e-6f0b-5c53-9f6a-8d0b1f2f4c5d';
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 20;

const problemSchema = z.object({
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

/** What came of a request: what was asked for, or why not. */
export type Reply<Body> =
  | { readonly kind: 'done'; readonly body: Body }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string };

/** An answer that the play cannot go on from: a bug in the house or in the play, never a person's bad luck. */
class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** What every caller shares. */
export interface Line {
  readonly house: HousePort;
  readonly seed: string;
  /** Real ones, for pauses between attempts. */
  readonly timers: Timers;
  readonly tally: { requests: number; retries: number };
}

const codeOf = ({ body }: HouseAnswer): string => problemSchema.safeParse(body).data?.code ?? '';

const reasonOf = ({ body }: HouseAnswer): string => {
  const problem = problemSchema.safeParse(body).data;
  const errors = (problem?.errors ?? []).map(({ pointer, message }) => `${pointer}: ${message}`);
  return [problem?.detail ?? '', ...errors].join('; ');
};

/** Worth the same request again: their fault, it came too late, or the thing was being changed by somebody else. */
const mayPass = (answer: HouseAnswer): boolean =>
  answer.status >= 500 || [408, 429].includes(answer.status) || (answer.status === 409 && codeOf(answer) === 'BUSY');

/**
 * Somebody who calls the house under one name with one token. A write carries a key that follows from the seed, the
 * caller and what is done, so that it is done once however often it is sent; a read waits for the caller's own writes.
 */
export class Caller {
  readonly #line: Line;
  readonly #name: string;
  readonly #token: string;
  #written: string | undefined;

  private constructor(line: Line, name: string, token: string) {
    this.#line = line;
    this.#name = name;
    this.#token = token;
  }

  /** @param name what tells this caller's keys from others': not the id, which the house may have made from a key */
  static async as(line: Line, kind: CallerKind, id: string, name: string): Promise<Caller> {
    return new Caller(line, name, await line.house.token(kind, id));
  }

  /** @param what names this write among the caller's own */
  async post<Schema extends z.ZodType>(
    path: string,
    body: object,
    what: string,
    schema: Schema,
  ): Promise<Reply<z.infer<Schema>>> {
    const idempotencyKey = uuidV5(KEYS, [this.#line.seed, this.#name, what].join('\n'));
    return this.#read(await this.#send('POST', path, { token: this.#token, body, idempotencyKey }), path, schema);
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<Reply<z.infer<Schema>>> {
    const consistencyToken = this.#written;
    const request = { token: this.#token, ...(consistencyToken === undefined ? {} : { consistencyToken }) };
    return this.#read(await this.#send('GET', path, request), path, schema);
  }

  #read<Schema extends z.ZodType>(answer: HouseAnswer, path: string, schema: Schema): Reply<z.infer<Schema>> {
    const { status, headers } = answer;
    if (status >= 400) {
      const code = codeOf(answer);
      if (status >= 500 || code === '') throw new UnexpectedAnswer(`${path}: ${status} ${code}`);
      return { kind: 'refused', code, reason: reasonOf(answer) };
    }
    const written = headers['consistency-token'];
    if (typeof written === 'string') this.#written = written;
    const read = schema.safeParse(answer.body);
    if (read.success) return { kind: 'done', body: read.data };
    throw new UnexpectedAnswer(`${path}: ${status} with a body of another shape: ${z.prettifyError(read.error)}`);
  }

  async #send(method: 'GET' | 'POST', path: string, request: HouseRequest): Promise<HouseAnswer> {
    const { house, timers, tally } = this.#line;
    for (let attempt = 1; ; attempt++) {
      tally.requests += 1;
      const answer = await house.request(method, path, request).catch((error: unknown) => {
        if (attempt === ATTEMPTS) throw error;
        return undefined;
      });
      if (answer && (attempt === ATTEMPTS || !mayPass(answer))) return answer;
      tally.retries += 1;
      await sleep(timers, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

/** What was asked for, where a refusal would be a bug. */
export const done = <Body>(reply: Reply<Body>, what: string): Body => {
  if (reply.kind === 'done') return reply.body;
  throw new UnexpectedAnswer(`${what}: refused with ${reply.code}: ${reply.reason}`);
};
