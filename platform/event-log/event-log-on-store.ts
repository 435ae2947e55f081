import type { EventStore, ReadAllOptions, StoredEvent, StreamName } from '../event-store';
import type { SubjectKeys } from '../keys';
import { type Codec, createCodec, type Encoded } from './codec';
import type { Appended, EventLog, EventShape, LogPage, RecordedEvent } from './event-log';
import type { EventRegistry } from './event-types';
import type { ChainFault } from './hash-chain';
import { type LogVerification, verifyLog, verifyStream } from './log-verifier';

/** A log whose chains can be checked, from its stored texts, without any key. */
export interface VerifiableEventLog<E extends EventShape> extends EventLog<E> {
  /** The first event of the stream that does not hold, or undefined when every one does. */
  verifyStream(stream: StreamName): Promise<ChainFault | undefined>;
  /** Checks the whole log in log order, telling progress and every fault. */
  verifyLog(options?: { readonly signal?: AbortSignal }): AsyncIterable<LogVerification>;
}

export interface EventLogParts {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly keys: SubjectKeys;
}

/**
 * The event log over an event store: what goes in is checked, sealed and chained, what comes out is lifted to today.
 */
export const createEventLog = <E extends EventShape>({
  store,
  registry,
  keys,
}: EventLogParts): VerifiableEventLog<E> => {
  const codec: Codec<E> = createCodec(registry, keys);

  return {
    append: async (stream, head, events, context) => {
      if (events.length === 0) throw new RangeError(`nothing to append to ${stream}`);
      const encoded = await codec.encode(stream, head, events, context);
      const result = await store.append(stream, head.revision, encoded.events);
      if (result.kind === 'conflict') return result;
      const first = result.revision - BigInt(events.length - 1);
      const recorded = result.repeated
        ? await readAgain(store, codec, stream, first, encoded)
        : codec.written(stream, encoded, first, result.position);
      return appended(recorded, result);
    },
    readStream: async function* (stream, options) {
      for await (const page of store.readStream(stream, options)) yield page.map(codec.decode);
    },
    readAll: (options) => decoded(codec, store.readAll(options)),
    subscribe: (options?: ReadAllOptions) => decoded(codec, store.subscribe(options)),
    head: () => store.head(),
    verifyStream: (stream) => verifyStream(store, stream),
    verifyLog: (options) => verifyLog(store, options),
  };
};

const appended = <E extends EventShape>(
  events: readonly RecordedEvent<E>[],
  { revision, position, repeated }: Pick<Appended<E>, 'position' | 'repeated'> & { readonly revision: bigint },
): Appended<E> => {
  const last = events.at(-1);
  if (!last) throw new RangeError('an append answers with its events');
  return { kind: 'appended', events, head: { revision, hash: last.meta.hash }, position, repeated };
};

async function* decoded<E extends EventShape>(
  codec: Codec<E>,
  pages: ReturnType<EventStore['readAll']>,
): AsyncIterable<LogPage<E>> {
  for await (const { events, through, caughtUp } of pages)
    yield { events: events.map(codec.decode), through, caughtUp };
}

/** The events of an append that had happened before: as they were stored then, not as they would be now. */
const readAgain = async <E extends EventShape>(
  store: EventStore,
  codec: Codec<E>,
  stream: StreamName,
  from: bigint,
  encoded: Encoded,
): Promise<readonly RecordedEvent<E>[]> => {
  const stored: StoredEvent[] = [];
  for await (const page of store.readStream(stream, { from, limit: encoded.events.length })) stored.push(...page);
  if (stored.length !== encoded.events.length || stored.some(({ id }, index) => id !== encoded.events[index]?.id)) {
    throw new RangeError(`${stream} does not hold from revision ${from} what its store says it does`);
  }
  return stored.map(codec.decode);
};
