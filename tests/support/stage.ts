import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type House, type HouseOptions, openHouse } from '../../app/house';
import { TOKENS, the } from '../../app/tokens';
import { type Actor, type BusinessDate, startOf } from '../../domain/kernel';
import { readConfig } from '../../platform/config';
import { createLogger } from '../../platform/telemetry';
import { handClock } from './outside-world';

export type Who = Pick<Actor, 'kind' | 'id'>;

export const OPERATOR: Who = { kind: 'operator', id: 'op-1' };
export const UNDERWRITER: Who = { kind: 'underwriter', id: 'uw-1' };
export const COLLECTOR: Who = { kind: 'collector', id: 'co-1' };
export const AUDITOR: Who = { kind: 'auditor', id: 'au-1' };
export const FINANCE: Who = { kind: 'finance', id: 'fi-1' };
export const PARTNER: Who = { kind: 'partner', id: 'partner-1' };

export interface Asking {
  readonly body?: unknown;
  /** Default: a new one. */
  readonly key?: string;
  /** What a write answered: the read waits until it sees that. */
  readonly consistency?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the answer; undefined when it is none. */
  readonly body: unknown;
}

export interface StageOptions extends Omit<Partial<HouseOptions>, 'config' | 'clock' | 'logger'> {
  /** The environment of the house; default: embedded, a folder of its own, a free port. */
  readonly environment?: Readonly<Record<string, string>>;
  /** First instant. */
  readonly at?: string;
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an answer says at a place: `at(told, 'offer', 'quoteHash')`; undefined where there is nothing. */
export const at = ({ body }: Told, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    body,
  );

/** The same as a text; fails when there is none. */
export const textAt = (told: Told, ...path: readonly (string | number)[]): string => {
  const value = at(told, ...path);
  if (typeof value !== 'string') throw new Error(`${told.status} has no text at ${path.join('.')}: ${told.text}`);
  return value;
};

/**
 * A whole house in this process with its sandbox, on a clock that stands still until it is moved, called over HTTP
 * only. Its answers are checked against their schemas.
 */
export class Stage {
  readonly clock: ReturnType<typeof handClock>;
  readonly folder = mkdtempSync(join(tmpdir(), 'usance-stage-'));
  /** Every line that the house has logged. */
  readonly logged: string[] = [];
  /** Every answer that it has given over HTTP, with its headers. */
  readonly answered: string[] = [];
  readonly #options: StageOptions;
  #house: House | undefined;

  private constructor(options: StageOptions) {
    this.#options = options;
    this.clock = handClock(options.at ?? '2026-03-02T02:00:00.000Z');
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options);
    await stage.begin();
    return stage;
  }

  get house(): House {
    if (this.#house === undefined) throw new Error('the house is closed');
    return this.#house;
  }

  get url(): string {
    if (this.house.url === undefined) throw new Error('this house has no API');
    return this.house.url;
  }

  /** Ends the process's work, as far as a test can: the next `begin` starts from what is stored. */
  async end(): Promise<void> {
    const house = this.#house;
    this.#house = undefined;
    await house?.close();
  }

  async begin(): Promise<void> {
    const { environment, at: _, ...options } = this.#options;
    this.#house = await openHouse({
      config: readConfig({
        USANCE_DATA: this.folder,
        USANCE_PORT: '0',
        USANCE_LOG_LEVEL: 'trace',
        // The machine does other things too, and the partners are in this process.
        USANCE_SOURCE_DEADLINE_MS: '2000',
        ...environment,
      }),
      clock: this.clock,
      logger: createLogger('trace', { write: (line) => void this.logged.push(line) }),
      drivenFromOutside: true,
      checkAnswers: true,
      ...options,
    });
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  tokenOf(who: Who, seconds = 3_600): Promise<string> {
    return the(this.house.container, TOKENS.tokens).issue(who, seconds);
  }

  async get(who: Who, path: string, asking: Asking = {}): Promise<Told> {
    return this.ask('GET', path, await this.tokenOf(who), asking);
  }

  async post(who: Who, path: string, body: unknown = {}, asking: Asking = {}): Promise<Told> {
    return this.ask('POST', path, await this.tokenOf(who), { body, ...asking });
  }

  async ask(method: string, path: string, token: string | undefined, asking: Asking = {}): Promise<Told> {
    const { body, key = randomUUID(), consistency, headers } = asking;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(method === 'POST' ? { 'idempotency-key': key, 'content-type': 'application/json' } : {}),
        ...(consistency ? { 'consistency-token': consistency } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    this.answered.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
    return { status: response.status, headers: response.headers, text, body: readJson(text) };
  }

  /** Position of the end of the log: the same before and after means that nothing was written. */
  head(): Promise<string> {
    return the(this.house.container, TOKENS.eventLog).head();
  }

  /** Resolves when nobody has anything left to do: facts handled, effects carried out, read models level. */
  async settled(): Promise<void> {
    const { container } = this.house;
    for (;;) {
      await the(container, TOKENS.sagas).idle();
      const fired = await the(container, TOKENS.sagas).fireDue(this.clock.now());
      await the(container, TOKENS.sagas).idle();
      const head = await this.head();
      await the(container, TOKENS.projectionRunner).idle(head);
      if (fired === 0 && head === (await this.head())) return;
    }
  }

  /** Lets time pass up to ten o'clock of a day, China time; whatever is due on the way happens at its own instant. */
  async goTo(date: BusinessDate): Promise<void> {
    const target = Date.parse(startOf(date)) + 10 * 3_600_000;
    for (;;) {
      await this.settled();
      const due = await the(this.house.container, TOKENS.sagas).nextDue();
      const next = Math.min(target, Math.max(due ?? target, this.clock.now()));
      this.clock.advance(next - this.clock.now());
      if (next === target) break;
    }
    await this.settled();
  }
}
