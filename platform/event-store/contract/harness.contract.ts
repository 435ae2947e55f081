import { randomUUID } from 'node:crypto';
import {
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Page,
  type Position,
  START,
  type StoredEvent,
  type StreamName,
} from '../event-store';

interface OpenedStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log again. Absent where a log does not outlive its store. */
  readonly reopen?: () => Promise<EventStore>;
  /** Makes the next append happen, but lose its answer on the way back. Absent where nothing can get lost. */
  readonly loseNextAnswer?: () => void;
  /** Closes whatever is open and leaves nothing behind. */
  readonly dispose: () => Promise<void>;
}

export type OpenStore = () => Promise<OpenedStore>;

/** How much the suite does; an adapter whose store is slow to talk to may do less. */
export interface Sizes {
  /** Events of the long stream. */
  readonly longStream: number;
  /** Events an append of the long stream carries. */
  readonly longAppend: number;
  /** Characters of the data of a big event. */
  readonly bigEvent: number;
  readonly writers: number;
  readonly appendsPerWriter: number;
  /** A test's time, in milliseconds. */
  readonly timeout: number;
}

export const defaultSizes: Sizes = {
  longStream: 10_000,
  longAppend: 500,
  bigEvent: 1024 * 1024,
  writers: 64,
  appendsPerWriter: 8,
  timeout: 30_000,
};

export interface Contract {
  readonly open: OpenStore;
  readonly sizes: Sizes;
}

/** One test's own corner of a store: stream names nobody else uses, and the place where the log ended before it. */
export interface Corner extends OpenedStore {
  readonly start: Position;
  /** A category that is this test's alone. */
  category(word: string): string;
  /** "<category>-<name>": a stream that is this test's alone. */
  stream(word?: string, name?: string): StreamName;
  /** Whether an event was appended by this test. */
  mine(event: StoredEvent): boolean;
}

/** A test against a fresh corner; whatever happens, the store is disposed of. */
export const inCorner =
  (contract: Contract, run: (corner: Corner) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const opened = await contract.open();
    try {
      const prefix = `t${randomUUID().replaceAll('-', '').slice(0, 12)}`;
      const category = (word: string): string => `${prefix}${word}`;
      await run({
        ...opened,
        start: await opened.store.head(),
        category,
        stream: (word = 'loan', name = 'a') => `${category(word)}-${name}`,
        mine: (event) => event.stream.startsWith(prefix),
      });
    } finally {
      await opened.dispose();
    }
  };

export const newEvent = (fields: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'RepaymentReceived',
  data: '{"amount":{"amount":"1234.56","currency":"CNY"}}',
  meta: '{"schema":1}',
  ...fields,
});

export const newEvents = (count: number, fields: Partial<NewEvent> = {}): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => newEvent({ data: `{"n":${index}}`, ...fields }));

export type Appended = Extract<AppendResult, { kind: 'appended' }>;

/** Appends what must not meet a conflict. */
export const appendTo = async (
  store: EventStore,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly NewEvent[] = [newEvent()],
): Promise<Appended> => {
  const result = await store.append(stream, expected, events);
  if (result.kind !== 'appended') throw new Error(`${stream}: unexpected conflict with revision ${result.actual}`);
  return result;
};

/** Fills a stream with so many events; answers with them. */
export const fill = async (
  store: EventStore,
  stream: StreamName,
  count: number,
  perAppend = count,
): Promise<readonly NewEvent[]> => {
  const events = newEvents(count);
  for (let done = 0; done < count; done += perAppend) {
    await appendTo(store, stream, done === 0 ? 'none' : BigInt(done - 1), events.slice(done, done + perAppend));
  }
  return events;
};

export const streamOf = async (pages: AsyncIterable<readonly StoredEvent[]>): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
};

export const pagesOf = async (pages: AsyncIterable<Page>): Promise<readonly Page[]> => {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

export const eventsOf = (pages: readonly Page[]): readonly StoredEvent[] => pages.flatMap((page) => page.events);

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);

/** Reads a subscription until a page satisfies the condition; answers with all pages up to it. */
export const pagesUntil = async (
  subscription: AsyncIterable<Page>,
  enough: (page: Page, pages: readonly Page[]) => boolean,
): Promise<readonly Page[]> => {
  const pages: Page[] = [];
  for await (const page of subscription) {
    pages.push(page);
    if (enough(page, pages)) return pages;
  }
  throw new Error(`the subscription ended after ${pages.length} pages`);
};

/** What holds of any run of pages: positions rise, `through` never falls and never lies before an event. */
export const expectInOrder = (pages: readonly Page[], after: Position = START): void => {
  let through = after;
  let last = after;
  for (const page of pages) {
    for (const { position } of page.events) {
      expect(position > last).toBe(true);
      last = position;
    }
    expect(page.through >= through && page.through >= last).toBe(true);
    through = page.through;
  }
};

/** Events of each stream come with the revisions 0, 1, 2 … without gap or duplicate. */
export const expectWholeStreams = (events: readonly StoredEvent[]): void => {
  const next = new Map<StreamName, bigint>();
  for (const { stream, revision } of events) {
    expect(revision).toBe(next.get(stream) ?? 0n);
    next.set(stream, revision + 1n);
  }
};
