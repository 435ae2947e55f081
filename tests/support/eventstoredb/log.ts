import { randomUUID } from 'node:crypto';

/** An event as the server was given it. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LoggedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** Where its record starts in the transaction file. */
  readonly position: bigint;
  /** Ticks of 100 ns since the Unix epoch. */
  readonly created: bigint;
}

export type Expectation = bigint | 'none' | 'any' | 'exists';

export type Verdict =
  | { readonly kind: 'written' | 'repeated'; readonly last: LoggedEvent }
  | { readonly kind: 'conflict'; readonly revision: bigint | undefined }
  | { readonly kind: 'tombstoned' };

export interface LogTraits {
  /** Keeps `$ce-<category>` streams of links, as a server with its `$by_category` projection does. */
  readonly linkEvents: boolean;
  /** Knows an append that comes again; real servers do. */
  readonly idempotent: boolean;
}

interface Stream {
  readonly events: LoggedEvent[];
  /** Revisions below it are not read any more: the stream was deleted when it had come so far. */
  readableFrom: number;
  tombstoned: boolean;
}

const RECORD_OVERHEAD = 71n;
const TICKS_PER_MILLISECOND = 10_000n;

const bytesOf = (event: ProposedEvent): bigint =>
  BigInt(event.data.length + event.metadata.length + event.type.length) + RECORD_OVERHEAD;

/**
 * The server's log: streams, the order of all events, and the rules by which an append is taken, found to be there
 * already, or refused. As on a server of the real kind, positions are places in a file: they rise, but not by one.
 */
export class Log {
  readonly #all: LoggedEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #byId = new Map<string, LoggedEvent>();
  readonly #followers = new Set<() => void>();
  #end = 0n;

  constructor(private readonly traits: LogTraits) {
    this.#write('$projections-$all', [systemEvent('$ProjectionsInitialized', '{}')]);
    this.#write('$settings', [systemEvent('settingsChanged', '{}')]);
  }

  get length(): number {
    return this.#all.length;
  }

  /** Where the next record will start. */
  get end(): bigint {
    return this.#end;
  }

  at(index: number): LoggedEvent | undefined {
    return this.#all[index];
  }

  /** Index of the first event at or behind a position. */
  indexOf(position: bigint): number {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#all[middle];
      if (event && event.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What can be read of a stream; undefined if there is no such stream, or none any more. */
  stream(name: string): readonly LoggedEvent[] | 'tombstoned' | undefined {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return 'tombstoned';
    const events = stream?.events.slice(stream.readableFrom) ?? [];
    return events.length === 0 ? undefined : events;
  }

  append(name: string, expected: Expectation, events: readonly ProposedEvent[]): Verdict {
    const stream = this.#streams.get(name);
    if (stream?.tombstoned) return { kind: 'tombstoned' };
    const verdict = this.#judge(stream?.events ?? [], expected, events);
    const softDeleted = stream !== undefined && stream.readableFrom === stream.events.length;
    if (verdict === undefined || (expected === 'none' && softDeleted && verdict.kind === 'conflict')) {
      const last = this.#write(name, events);
      this.#link(name);
      this.#announce();
      return { kind: 'written', last };
    }
    return verdict;
  }

  /** Soft: what is there is not read any more, and a later append goes on with the numbers. */
  delete(name: string): void {
    const stream = this.#streamNamed(name);
    stream.readableFrom = stream.events.length;
  }

  /** For ever. */
  tombstone(name: string): void {
    this.#streamNamed(name).tombstoned = true;
    this.#announce();
  }

  /** Tells whenever the log has grown; answers with how to stop that. */
  onGrowth(follower: () => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /**
   * Undefined: to be written. Events that lie already where they should go are an append come back; with `any` they
   * are looked for by their ids.
   */
  #judge(there: readonly LoggedEvent[], expected: Expectation, events: readonly ProposedEvent[]): Verdict | undefined {
    const conflict: Verdict = { kind: 'conflict', revision: there.at(-1)?.revision };
    const stream = there[0]?.stream;
    const last = BigInt(there.length) - 1n;
    if (expected === 'exists' && stream === undefined) return conflict;
    if (expected === 'any' || expected === 'exists') {
      const found = events.map(({ id }) => this.#byId.get(id)).filter((event) => event && event.stream === stream);
      if (found.length === 0) return undefined;
      const end = found.at(-1);
      return found.length === events.length && end ? { kind: 'repeated', last: end } : conflict;
    }
    const before = expected === 'none' ? -1n : expected;
    if (before === last) return undefined;
    if (before > last) return conflict;
    const first = Number(before) + 1;
    const same = this.traits.idempotent && events.every(({ id }, index) => there[first + index]?.id === id);
    const end = there[first + events.length - 1];
    return same && end ? { kind: 'repeated', last: end } : conflict;
  }

  #write(name: string, events: readonly ProposedEvent[]): LoggedEvent {
    const stream = this.#streamNamed(name);
    const created = BigInt(Date.now()) * TICKS_PER_MILLISECOND;
    for (const event of events) {
      const logged = { ...event, stream: name, revision: BigInt(stream.events.length), position: this.#end, created };
      stream.events.push(logged);
      this.#all.push(logged);
      this.#byId.set(event.id, logged);
      this.#end += bytesOf(event);
    }
    const last = stream.events.at(-1);
    if (last === undefined) throw new Error('an append of nothing');
    return last;
  }

  #link(name: string): void {
    const last = this.#streams.get(name)?.events.at(-1);
    const dash = name.indexOf('-');
    if (!this.traits.linkEvents || !last || dash < 0) return;
    this.#write(`$ce-${name.slice(0, dash)}`, [systemEvent('$>', `${last.revision}@${name}`)]);
  }

  #streamNamed(name: string): Stream {
    const known = this.#streams.get(name);
    if (known) return known;
    const stream = { events: [], readableFrom: 0, tombstoned: false };
    this.#streams.set(name, stream);
    return stream;
  }

  #announce(): void {
    for (const follower of [...this.#followers]) follower();
  }
}

const systemEvent = (type: string, data: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/octet-stream',
  data: Buffer.from(data),
  metadata: new Uint8Array(),
});
