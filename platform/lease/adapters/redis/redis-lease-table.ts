import { Redis, type RedisOptions, type Result } from 'ioredis';
import { z } from 'zod';
import type { Asked, LeaseTable } from '../..';
import { SCRIPTS } from './scripts';

export interface RedisLeaseTableOptions {
  /** redis:// or rediss:// */
  readonly url: string;
  /** What the keys begin with. Default: `usance:lease:`. */
  readonly prefix?: string;
  /** A call that takes longer has failed. Milliseconds. */
  readonly callMs?: number;
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    acquireLease(lease: string, counter: string, owner: string, ttlMs: number): Result<unknown, Context>;
    renewLease(lease: string, owner: string, ttlMs: number): Result<unknown, Context>;
    releaseLease(lease: string, owner: string): Result<unknown, Context>;
  }
}

/** The leases cannot be asked for at the moment. */
export class LeaseServerError extends Error {
  override readonly name = 'LeaseServerError';
}

const acquired = z.tuple([z.int().nonnegative(), z.int()]);
const done = z.union([z.literal(0), z.literal(1)]).transform((count) => count === 1);

const CALL_MS = 2_000;
const RECONNECT_MOST_MS = 1_000;
/** The client keeps the process alive for so long when it lets go of a connection that is lost already. */
const DISCONNECT_MS = 200;

/**
 * Nothing is ever sent twice or kept for later: what a lost connection leaves open, the one who holds the lease asks
 * again in time.
 */
const settingsOf = (callMs: number) =>
  ({
    lazyConnect: true,
    connectionName: 'usance-leases',
    connectTimeout: callMs,
    commandTimeout: callMs,
    socketTimeout: 2 * callMs,
    disconnectTimeout: DISCONNECT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times: number) => Math.min(50 * times, RECONNECT_MOST_MS),
    // A server that has become a replica takes no writes: its name leads to the new one.
    reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
    scripts: {
      acquireLease: { lua: SCRIPTS.acquire, numberOfKeys: 2 },
      renewLease: { lua: SCRIPTS.renew, numberOfKeys: 1 },
      releaseLease: { lua: SCRIPTS.release, numberOfKeys: 1 },
    },
  }) satisfies RedisOptions;

/**
 * Leases in one Redis. They save work, and nothing more: a server that fails over may forget what it has granted, and
 * then two processes do the same for a while. That harms nobody, because the ids of commands, the guards of writes and
 * the de-duplication of messages make doing it twice the same as doing it once. So one server is enough, and it need
 * keep nothing on disk.
 */
export class RedisLeaseTable implements LeaseTable {
  private constructor(
    private readonly client: Redis,
    private readonly prefix: string,
  ) {}

  /** Fails with a {@link LeaseServerError} when the server cannot be reached. Later it is reconnected to by itself. */
  static async open(options: RedisLeaseTableOptions): Promise<RedisLeaseTable> {
    const { url, prefix = 'usance:lease:', callMs = CALL_MS } = options;
    const client = new Redis(url, settingsOf(callMs));
    // Every call tells of its own failure.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      client.disconnect();
      throw new LeaseServerError('Redis cannot be reached for leases', { cause: error });
    }
    return new RedisLeaseTable(client, prefix);
  }

  async acquire(name: string, owner: string, ttlMs: number): Promise<Asked> {
    const { lease, counter } = this.#keysOf(name);
    const ask = () => this.client.acquireLease(lease, counter, owner, whole(ttlMs));
    const [token, leftMs] = acquired.parse(await this.#called('acquired', ask));
    if (token > 0) return { kind: 'granted', token: BigInt(token) };
    return { kind: 'taken', forMs: Math.max(1, leftMs) };
  }

  async renew(name: string, owner: string, ttlMs: number): Promise<boolean> {
    return done.parse(
      await this.#called('renewed', () => this.client.renewLease(this.#keysOf(name).lease, owner, whole(ttlMs))),
    );
  }

  async release(name: string, owner: string): Promise<void> {
    done.parse(await this.#called('released', () => this.client.releaseLease(this.#keysOf(name).lease, owner)));
  }

  async close(): Promise<void> {
    this.client.disconnect();
  }

  /** The braces keep both keys on one node of a cluster. */
  #keysOf(name: string): { readonly lease: string; readonly counter: string } {
    const lease = `${this.prefix}{${name}}`;
    return { lease, counter: `${lease}:token` };
  }

  async #called(what: string, call: () => Promise<unknown>): Promise<unknown> {
    try {
      return await call();
    } catch (error) {
      throw new LeaseServerError(`a lease could not be ${what}`, { cause: error });
    }
  }
}

const whole = (milliseconds: number): number => Math.max(1, Math.round(milliseconds));
