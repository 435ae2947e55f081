import { ExpiringLeases, type Lease, type LeaseTable, type LeaseTerms } from '../../platform/lease';
import { SCRIPTS } from '../../platform/lease/adapters/redis/scripts';
import type { Timer, Timers } from '../../platform/runtime';
import { Keyspace, leaseScript, sha1 } from './redis';

/** What becomes of a call: both ways take their time, and either may lose what it carries. */
export interface Passage {
  readonly thereMs: number;
  readonly backMs: number;
  readonly lost: 'nothing' | 'the call' | 'the answer';
}

interface Due {
  readonly at: number;
  readonly run: () => void;
}

const CALL_MS = 4_000;
const NAME = 'the one thing';

/**
 * Several processes and one table of leases, in a time that a test moves by hand. Processes may be stopped or put to
 * sleep for a while, in which nothing of theirs runs; their clocks run at their own speed; calls are slow or lost.
 */
export class LeaseWorld {
  readonly keyspace = new Keyspace(() => this.now);
  /** In order of being granted, as the holders saw it. */
  readonly granted: Lease[] = [];
  now = 1_000_000;
  #due: Due[] = [];
  #calls = 0;

  constructor(public passages: readonly Passage[]) {}

  passage(): Passage {
    this.#calls += 1;
    return this.passages[this.#calls % this.passages.length] ?? { thereMs: 0, backMs: 0, lost: 'nothing' };
  }

  at(instant: number, run: () => void): Timer {
    const due: Due = { at: instant, run };
    const later = this.#due.findIndex(({ at }) => at > instant);
    this.#due.splice(later < 0 ? this.#due.length : later, 0, due);
    return {
      cancel: () => {
        this.#due = this.#due.filter((each) => each !== due);
      },
    };
  }

  /** Lets time pass, one happening after the other; looks at the world after each. */
  async pass(milliseconds: number, look: () => void): Promise<void> {
    const end = this.now + milliseconds;
    for (let next = this.#due[0]; next && next.at <= end; next = this.#due[0]) {
      this.#due.shift();
      this.now = Math.max(this.now, next.at);
      next.run();
      await settled();
      look();
    }
    this.now = end;
    look();
  }
}

/** Lets all that is ready go on until it waits for time to pass. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One process that wants the lease whenever it does not have it. */
export class LeaseProcess {
  state: 'runs' | 'is stopped' | 'sleeps' | 'is dead' = 'runs';
  /** What it was granted, the last of which may be in force. */
  readonly leases: Lease[] = [];
  #held = new AbortController();
  #deferred: (() => void)[] = [];
  #clockSetBy = 0;
  #sleptFor = 0;
  #asleepSince = 0;

  constructor(
    private readonly world: LeaseWorld,
    private readonly id: string,
    /** How many of its milliseconds go by in one. */
    private readonly speed: number,
    terms: LeaseTerms,
  ) {
    const ids = { uuid: () => `${id}.${this.leases.length}` };
    const time = { clock: { now: () => this.#clock() }, stopwatch: () => this.#stopwatch(), timers: this.#timers };
    const leases = new ExpiringLeases({ table: this.#table(), ids, time, terms });
    void this.#wantIt(leases);
  }

  /** Its work is done for now; it asks for the lease anew. */
  letGo(): void {
    if (this.state === 'runs') this.#held.abort();
  }

  stop(): void {
    if (this.state === 'runs') this.state = 'is stopped';
  }

  /** The whole machine: its stopwatch stands still. */
  sleep(): void {
    if (this.state !== 'runs') return;
    this.state = 'sleeps';
    this.#asleepSince = this.world.now;
  }

  /** All that came up meanwhile happens now, in any order. */
  async resume(inReverse: boolean): Promise<void> {
    if (this.state === 'sleeps') this.#sleptFor += this.world.now - this.#asleepSince;
    if (this.state === 'is dead') return;
    this.state = 'runs';
    const deferred = inReverse ? this.#deferred.toReversed() : this.#deferred;
    this.#deferred = [];
    for (const run of deferred) run();
    await settled();
  }

  kill(): void {
    this.state = 'is dead';
  }

  setClock(by: number): void {
    this.#clockSetBy += by;
  }

  async #wantIt(leases: ExpiringLeases): Promise<void> {
    while (this.state !== 'is dead') {
      this.#held = new AbortController();
      const { signal: done } = this.#held;
      await leases.hold(NAME, async (lease) => {
        this.leases.push(lease);
        this.world.granted.push(lease);
        const end = AbortSignal.any([done, lease.signal]);
        if (!end.aborted) await new Promise((resolve) => end.addEventListener('abort', resolve, { once: true }));
      });
    }
  }

  #clock(): number {
    return this.world.now * this.speed + this.#clockSetBy;
  }

  #stopwatch(): number {
    const until = this.state === 'sleeps' ? this.#asleepSince : this.world.now;
    return (until - this.#sleptFor) * this.speed;
  }

  readonly #timers: Timers = {
    after: (milliseconds, run) => {
      let cancelled = false;
      const timer = this.world.at(this.world.now + milliseconds / this.speed, () =>
        this.#happen(() => {
          if (!cancelled) run();
        }),
      );
      return {
        cancel: () => {
          cancelled = true;
          timer.cancel();
        },
      };
    },
  };

  #happen(run: () => void): void {
    if (this.state === 'runs') run();
    else if (this.state !== 'is dead') this.#deferred.push(run);
  }

  #table(): LeaseTable {
    const lease = `{${NAME}}`;
    return {
      acquire: async (_, owner, ttlMs) => {
        const [token = 0, forMs = 0] = await this.#call('acquire', [lease, `${lease}:token`], [owner, String(ttlMs)]);
        return token > 0 ? { kind: 'granted', token: BigInt(token) } : { kind: 'taken', forMs };
      },
      renew: async (_, owner, ttlMs) => (await this.#call('renew', [lease], [owner, String(ttlMs)]))[0] === 1,
      release: async (_, owner) => void (await this.#call('release', [lease], [owner])),
      close: async () => undefined,
    };
  }

  #call(name: keyof typeof SCRIPTS, keys: readonly string[], args: readonly string[]): Promise<readonly number[]> {
    const { thereMs, backMs, lost } = this.world.passage();
    return new Promise((resolve, reject) => {
      const timeout = this.#timers.after(CALL_MS, () => reject(new Error(`${this.id} got no answer`)));
      if (lost === 'the call') return;
      this.world.at(this.world.now + thereMs, () => {
        const answer = leaseScript(sha1(SCRIPTS[name]))?.(this.world.keyspace, keys, args) ?? [];
        if (lost === 'the answer') return;
        this.world.at(this.world.now + backMs, () =>
          this.#happen(() => {
            timeout.cancel();
            resolve(typeof answer === 'number' ? [answer] : answer);
          }),
        );
      });
    });
  }
}
