import { type CollectionSpec, put, type QueryPage, type ReadStore } from '../read-store';
import type { Clock } from '../runtime';
import type { BusMessage, UnreadableMessage } from './bus';

interface ParkedAt {
  readonly topic: string;
  readonly group: string;
  readonly key: string;
  /**
   * Sorts the parked messages of a key in the order in which they came: the position of the first writing, which is
   * beyond that of every writing before it, whatever the clocks of the processes say.
   */
  readonly order: string;
  readonly reason: string;
  /** Tries so far; 0 for one that only waits behind another. */
  readonly attempts: number;
  /** When it was parked (UTC). */
  readonly since: string;
}

/** A message that a consumer could not handle, or that waits behind one of the same key. */
export type ParkedMessage =
  /** `failed`: waits for an operator. `behind` it: waits for it. `ready`: is tried again as soon as it is first. */
  | (ParkedAt & { readonly state: 'failed' | 'behind' | 'ready'; readonly id: string; readonly message: BusMessage })
  /** It can only be skipped: there is nothing that could be handled. */
  | (ParkedAt & { readonly state: 'unreadable'; readonly id: string });

const PARKED: CollectionSpec<ParkedMessage> = {
  name: 'bus-parked',
  indexes: {
    /** All of a group, oldest first. */
    group: ({ topic, group, order }) => [topic, group, order],
    key: ({ topic, group, key, order, state }) => (state === 'unreadable' ? undefined : [topic, group, key, order]),
    ready: ({ topic, group, order, state }) => (state === 'ready' ? [topic, group, order] : undefined),
  },
};

export interface Consumer {
  readonly topic: string;
  readonly group: string;
}

export type NewlyParked = { readonly message: BusMessage; readonly reason: string } & (
  | { readonly state: 'failed'; readonly attempts: number }
  | { readonly state: 'behind' }
);

/** Where consumers put what they cannot handle, durably. One document per message, gone when it is dealt with. */
export class ParkedMessages {
  #counter = 0;

  constructor(
    private readonly store: ReadStore,
    private readonly clock: Clock,
  ) {}

  prepare(): Promise<void> {
    return this.store.prepare(PARKED);
  }

  /** Parking a message that is parked already keeps its place in the order. */
  async park(consumer: Consumer, parked: NewlyParked): Promise<ParkedMessage> {
    const { message, reason, state } = parked;
    const before = await this.find(consumer, message.event.id);
    const position = await this.#nextPosition(consumer);
    const doc: ParkedMessage = {
      ...this.#at(consumer, message.key, reason, state === 'failed' ? parked.attempts : 0, position),
      ...(before ? { order: before.order, since: before.since } : {}),
      state,
      id: message.event.id,
      message,
    };
    await this.#write(consumer, doc.id, doc, position);
    return doc;
  }

  async parkUnreadable({ topic, group, place, reason }: UnreadableMessage): Promise<void> {
    const id = `at ${place}`;
    if (await this.find({ topic, group }, id)) return;
    const position = await this.#nextPosition({ topic, group });
    const at = this.#at({ topic, group }, '', reason, 0, position);
    await this.#write({ topic, group }, id, { ...at, state: 'unreadable', id }, position);
  }

  async find(consumer: Consumer, id: string): Promise<ParkedMessage | undefined> {
    return (await this.store.get(PARKED, keyOf(consumer, id)))?.doc;
  }

  /**
   * The first two of a key's parked messages. While there is a first one, later messages of the key wait behind it.
   */
  async queueOf(
    { topic, group }: Consumer,
    key: string,
  ): Promise<{ readonly first: ParkedMessage | undefined; readonly second: ParkedMessage | undefined }> {
    const { items } = await this.store.query(PARKED, { index: 'key', equals: [topic, group, key], limit: 2 });
    return { first: items[0]?.doc, second: items[1]?.doc };
  }

  /** Those that are to be tried again, oldest first. */
  async ready({ topic, group }: Consumer, limit: number): Promise<readonly ParkedMessage[]> {
    const { items } = await this.store.query(PARKED, { index: 'ready', equals: [topic, group], limit });
    return items.map(({ doc }) => doc);
  }

  list({ topic, group }: Consumer, limit: number, after?: string): Promise<QueryPage<ParkedMessage>> {
    return this.store.query(PARKED, {
      index: 'group',
      equals: [topic, group],
      limit,
      ...(after === undefined ? {} : { after }),
    });
  }

  async count(consumer: Consumer): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const page = await this.list(consumer, 1_000, after);
      count += page.items.length;
      after = page.next;
    } while (after !== undefined);
    return count;
  }

  /** One that was dealt with meanwhile stays so: the store refuses what is not beyond a document's last position. */
  async markReady({ topic, group, id }: ParkedMessage): Promise<void> {
    const known = await this.store.get(PARKED, keyOf({ topic, group }, id));
    if (known === undefined || known.doc.state === 'unreadable') return;
    await this.#write({ topic, group }, id, { ...known.doc, state: 'ready' }, tickAfter(known.position));
  }

  /**
   * Takes a message out. If it was the first of its key, what waits behind it becomes ready: before it is gone, so that
   * no crash in between leaves the rest waiting for nobody; and after, for one that came to wait behind it meanwhile.
   */
  async remove(parked: ParkedMessage): Promise<void> {
    if (parked.state !== 'unreadable') {
      const { first, second } = await this.queueOf(parked, parked.key);
      if (first?.id === parked.id && second?.state === 'behind') await this.markReady(second);
    }
    await this.#write(parked, parked.id, undefined, await this.#nextPosition(parked));
    if (parked.state === 'unreadable') return;
    const { first } = await this.queueOf(parked, parked.key);
    if (first?.state === 'behind') await this.markReady(first);
  }

  #at({ topic, group }: Consumer, key: string, reason: string, attempts: number, order: string): ParkedAt {
    const since = new Date(this.clock.now()).toISOString();
    return { topic, group, key, order, reason, attempts, since };
  }

  /** Later calls give greater texts: milliseconds, then a counter for what falls into the same one. */
  #tick(): string {
    this.#counter += 1;
    return tickText(this.clock.now(), this.#counter);
  }

  /**
   * A position beyond all that was written for a consumer. The store skips what is not beyond a document's last
   * position, even a deleted one's, and the clock of another process may be ahead; the checkpoint is beyond them all.
   */
  async #nextPosition(consumer: Consumer): Promise<string> {
    const last = await this.store.checkpoint(readerOf(consumer));
    const tick = this.#tick();
    return last < tick ? tick : tickAfter(last);
  }

  async #write(consumer: Consumer, id: string, doc: ParkedMessage | undefined, position: string): Promise<void> {
    await this.store.commit({
      reader: readerOf(consumer),
      checkpoint: position,
      puts: [put(PARKED, keyOf(consumer, id), doc, position)],
    });
  }
}

const tickText = (milliseconds: number, counter: number): string =>
  `${String(milliseconds).padStart(15, '0')}-${String(counter).padStart(12, '0')}`;

const tickAfter = (tick: string): string => {
  const [milliseconds, counter] = tick.split('-').map(Number);
  return tickText(milliseconds ?? 0, (counter ?? 0) + 1);
};

const readerOf = ({ topic, group }: Consumer): string => `bus-parked:${topic}/${group}`;

const keyOf = ({ topic, group }: Consumer, id: string): string => `${topic}/${group}/${id}`;
