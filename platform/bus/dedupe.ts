import { type CollectionSpec, put, type ReadStore } from '../read-store';
import type { BusMessage, Handler } from './bus';

interface SeenMark {
  readonly revision: string;
}

/** One small document per group, key and stream: the revision handled last. */
const seenMarks: CollectionSpec<SeenMark> = { name: 'bus-seen', indexes: {} };

/** What a consumer remembers of the messages it has handled. */
export interface SeenEvents {
  has(message: BusMessage): Promise<boolean>;
  add(message: BusMessage): Promise<void>;
}

/** Remembers the latest ids, so many of them, as long as the process lives. */
export const seenInMemory = (capacity = 100_000): SeenEvents => {
  const ids = new Set<string>();
  return {
    has: async ({ event }) => ids.has(event.id),
    add: async ({ event }) => {
      ids.add(event.id);
      if (ids.size <= capacity) return;
      const [oldest] = ids;
      if (oldest !== undefined) ids.delete(oldest);
    },
  };
};

/**
 * Remembers for good, in the read store. Messages of one key arrive in order, so for each stream that they are about,
 * the revision handled last says it for all before it: one document instead of one per event. {@link prepareSeen} makes
 * the collection ready.
 */
export const seenInStore = (store: ReadStore, group: string): SeenEvents => {
  const keyOf = ({ key, event }: BusMessage): string => `${group}/${key}/${event.subject}`;
  return {
    has: async (message) => {
      const mark = await store.get(seenMarks, keyOf(message));
      return mark !== undefined && BigInt(message.event.revision) <= BigInt(mark.doc.revision);
    },
    add: async (message) => {
      const { revision, position } = message.event;
      await store.commit({
        reader: `bus-seen:${group}`,
        checkpoint: position,
        puts: [put(seenMarks, keyOf(message), { revision }, position)],
      });
    },
  };
};

export const prepareSeen = (store: ReadStore): Promise<void> => store.prepare(seenMarks);

/**
 * Turns at-least-once into once, as far as memory reaches: a message seen before is passed over. A crash between the
 * handler's end and the mark repeats the message, so effects stay keyed all the same.
 */
export const deduplicated =
  (handler: Handler, ...seen: readonly SeenEvents[]): Handler =>
  async (message) => {
    for (const memory of seen) if (await memory.has(message)) return;
    await handler(message);
    for (const memory of seen) await memory.add(message);
  };
