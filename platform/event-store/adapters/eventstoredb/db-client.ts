import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  ANY,
  type AppendExpectedRevision,
  BACKWARDS,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  type ResolvedEvent,
  START,
  type StreamingRead,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventStoreError, type ExpectedRevision } from '../../event-store';
import {
  type AppendAnswer,
  type ClientDialect,
  Mark,
  type ServerEvent,
  type ServerSubscription,
  type SubscriptionFilter,
} from './dialect';
import { kindOf } from './failure';

/** Events a server considers between two messages of a filtered subscription that say how far it has come: 32 × 8. */
const CHECKPOINT_INTERVAL = 8;

/** What servers before 22.6 give for the position of an event read from its stream. */
const NO_POSITION = 2n ** 64n - 1n;

const noop = (): void => undefined;

/** Opens the client. Nothing goes over the wire before the first call. */
export const dbClient = (url: string): ClientDialect => {
  const client = EventStoreDBClient.connectionString(schemeOf(url));
  oneCallPerAppend(client);
  return {
    append: async (stream, expected, events, deadline) => {
      const options = { expectedRevision: expectationOf(expected), requiresLeader: true, deadline };
      try {
        const { nextExpectedRevision } = await client.appendToStream(stream, events.map(jsonEvent), options);
        return { kind: 'appended', revision: nextExpectedRevision };
      } catch (error) {
        return conflictIn(error);
      }
    },
    readStream: async ({ stream, from, backwards, count }, signal) => {
      const direction = backwards ? BACKWARDS : FORWARDS;
      const options = { fromRevision: from, direction, maxCount: count, requiresLeader: true } as const;
      try {
        return await eventsOf(client.readStream(stream, options), signal);
      } catch (error) {
        if (kindOf(error) === 'stream-not-found') return [];
        throw error;
      }
    },
    readLog: ({ from, backwards, count }, signal) => {
      const direction = backwards ? BACKWARDS : FORWARDS;
      const options = { fromPosition: from, direction, maxCount: count, requiresLeader: true } as const;
      return eventsOf(client.readAll(options), signal);
    },
    subscribe: (after, filter, buffer) => subscribe(client, after === 'start' ? START : after, filter, buffer),
    dispose: () => client.dispose(),
  };
};

/** The configuration may name the server by its new name; this client knows it by the old one. */
const schemeOf = (url: string): string => url.replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:/, 'esdb$1:');

/**
 * Appends go out as calls of their own. Left to itself the client puts them all on one BatchAppend stream, and its
 * book-keeping for that (6.2.1) does not survive a broken connection: promises rejected with nobody to catch them, and
 * a table of pending appends shared by all clients of the process and cleared as one, each of which ends the process.
 * `supports` is what decides between the two; no public option does so for every way to log in.
 */
const oneCallPerAppend = (client: EventStoreDBClient): void => {
  Object.assign(client, { supports: async () => false });
};

const expectationOf = (expected: ExpectedRevision): AppendExpectedRevision => {
  if (expected === 'none') return NO_STREAM;
  return expected === 'any' ? ANY : expected;
};

const conflictIn = (error: unknown): AppendAnswer => {
  if (!(error instanceof WrongExpectedVersionError)) throw error;
  return { kind: 'conflict', actual: error.actualVersion === NO_STREAM ? 'none' : error.actualVersion };
};

const eventsOf = async <E extends ResolvedEvent | AllStreamResolvedEvent>(
  read: StreamingRead<E>,
  signal: AbortSignal,
): Promise<readonly ServerEvent[]> => {
  const cancel = (): void => {
    read.destroy(new Error('the read was given up'));
    read.cancel().catch(noop);
  };
  // It may fail before anybody looks, and again after everybody has looked away.
  read.on('error', noop);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const events: ServerEvent[] = [];
    for await (const resolved of read) {
      const event = serverEvent(resolved);
      if (event) events.push(event);
    }
    return events;
  } finally {
    signal.removeEventListener('abort', cancel);
    if (!read.readableEnded) cancel();
  }
};

const serverEvent = ({ event }: ResolvedEvent | AllStreamResolvedEvent): ServerEvent | undefined => {
  if (event === undefined) return undefined;
  const { id, streamId, revision, type, data, metadata, position } = event;
  if (position === undefined || position.commit === NO_POSITION) {
    throw new EventStoreError('the server does not say where in the log an event lies; version 22.6 or newer does');
  }
  return { id, stream: streamId, revision, place: position, type, data, metadata };
};

const filterOf = (filter: SubscriptionFilter, checkpointReached: NonNullable<Filter['checkpointReached']>): Filter => {
  switch (filter.kind) {
    case 'no system events':
      return eventTypeFilter({ regex: '^[^$]' });
    case 'streams':
      return streamNameFilter({ regex: filter.pattern, checkpointInterval: CHECKPOINT_INTERVAL, checkpointReached });
  }
};

const subscribe = (
  client: EventStoreDBClient,
  fromPosition: NonNullable<Parameters<EventStoreDBClient['subscribeToAll']>[0]>['fromPosition'],
  filter: SubscriptionFilter,
  buffer: number,
): ServerSubscription => {
  // The client tells of checkpoints and of catching up beside the stream of events, ahead of what nobody has read yet.
  // Put into the stream, they come in the order in which the server sent them.
  const checkpointReached: NonNullable<Filter['checkpointReached']> = (stream, considered) => {
    stream.push(new Mark({ considered }));
  };
  const source: AllStreamSubscription = client.subscribeToAll(
    { ...(fromPosition ? { fromPosition } : {}), filter: filterOf(filter, checkpointReached) },
    { highWaterMark: buffer },
  );
  source.on('caughtUp', () => void source.push(new Mark('caught up')));
  source.on('fellBehind', () => void source.push(new Mark('fell behind')));
  const next = (): ServerEvent | Mark | undefined => {
    // The stream holds resolved events and the marks put into it here, and nothing else.
    for (let message = source.read() as AllStreamResolvedEvent | Mark | null; message; message = source.read()) {
      const taken = message instanceof Mark ? message : serverEvent(message);
      if (taken) return taken;
    }
    return undefined;
  };
  return { stream: source, next, cancel: () => void source.unsubscribe().catch(noop) };
};
