import { z } from 'zod';
import type { EventLog } from '../../platform/event-log';
import type { Projection } from '../../platform/processing';
import type { ReadStore } from '../../platform/read-store';
import { MemoryReadStore } from '../../platform/read-store/adapters/memory';
import type { Clock, Timers } from '../../platform/runtime';
import { loggedType, openNoteLog } from './note-log';

/** A small made-up world for projections and sagas: numbers are called out on tables, and tables are closed. */
export type TallyEvent =
  | { readonly type: 'Called'; readonly data: { readonly number: number; readonly word?: string } }
  | { readonly type: 'Closed'; readonly data: { readonly why: string } };

export const openTallyLog = () =>
  openNoteLog<TallyEvent>({
    others: {
      Called: loggedType(z.strictObject({ number: z.number(), word: z.string().optional() })),
      Closed: loggedType(z.strictObject({ why: z.string() })),
    },
  });

export type TallyLog = EventLog<TallyEvent>;

export const called = (number: number, word?: string): TallyEvent => ({
  type: 'Called',
  data: { number, ...(word === undefined ? {} : { word }) },
});

export const closed = (why = 'enough'): TallyEvent => ({ type: 'Closed', data: { why } });

export interface Tally {
  readonly table: string;
  readonly numbers: readonly number[];
  readonly sum: number;
}

/** What each table has called. A closed table is taken down; one may be opened again under its name. */
export const tallies = (changed: Partial<Projection<TallyEvent, Tally>> = {}): Projection<TallyEvent, Tally> => ({
  name: 'tallies',
  version: 1,
  indexes: { sum: ({ sum }) => [sum] },
  categories: ['table'],
  keys: ({ stream }) => [stream],
  fold: (tally = { table: '', numbers: [], sum: 0 }, { type, data, stream }) =>
    type === 'Closed'
      ? undefined
      : { table: stream, numbers: [...tally.numbers, data.number], sum: tally.sum + data.number },
  ...changed,
});

export interface Count {
  readonly total: number;
}

/** How often each number was called anywhere, and how often anything was: a document that every event touches. */
export const counts = (): Projection<TallyEvent, Count> => ({
  name: 'counts',
  version: 1,
  indexes: {},
  keys: (event) => (event.type === 'Called' ? [`number ${event.data.number}`, 'all'] : ['all']),
  fold: (count) => ({ total: (count?.total ?? 0) + 1 }),
});

/** What a projection must come to: its fold, over all of the log, in one go. */
export const foldedInOneGo = async <Doc extends object>(
  log: TallyLog,
  projection: Projection<TallyEvent, Doc>,
): Promise<string> => {
  const documents = new Map<string, { doc: Doc | undefined; position: string }>();
  for await (const { events } of log.readAll()) {
    for (const event of events.filter(({ stream }) => isOf(projection, stream))) {
      for (const key of new Set(projection.keys(event))) {
        const before = documents.get(key)?.doc;
        const doc = projection.fold(before, event, key);
        if (doc !== before) documents.set(key, { doc, position: event.position });
      }
    }
  }
  const present = [...documents].filter(([, { doc }]) => doc !== undefined);
  return text(present.map(([key, { doc, position }]) => ({ key, value: { doc, position } })));
};

const isOf = ({ categories }: Pick<Projection<TallyEvent, object>, 'categories'>, stream: string): boolean =>
  categories?.some((category) => stream.startsWith(`${category}-`)) ?? true;

/** Every document of a collection with its position, as one text. */
export const dumped = async <Doc extends object>(
  pages: AsyncIterable<readonly { key: string; value: { doc: Doc | undefined; position: string } }[]>,
): Promise<string> => {
  const all: { key: string; value: { doc: Doc | undefined; position: string } }[] = [];
  for await (const page of pages) all.push(...page);
  return text(all);
};

const text = (all: readonly { key: string; value: { doc: object | undefined; position: string } }[]): string =>
  all
    .map(({ key, value: { doc, position } }) => `${key} @${position}: ${JSON.stringify(sorted(doc))}`)
    .sort()
    .join('\n');

const sorted = (doc: object | undefined): object => Object.fromEntries(Object.entries(doc ?? {}).sort());

/** One life of a process: once it is dead, whatever it still asks for never gets an answer. */
export class Life {
  private alive = true;
  private readonly counts = new Map<string, number>();
  private readonly mourners: (() => void)[] = [];

  kill(): void {
    this.alive = false;
    for (const mourn of this.mourners) mourn();
  }

  /** How often something was used, this time included: for dying at the n-th time. */
  uses(what: string): number {
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    return count;
  }

  /** Waits for work, or until the process is dead. */
  orDeath(work: Promise<unknown>): Promise<unknown> {
    const death = new Promise<void>((resolve) => {
      this.mourners.push(resolve);
      if (!this.alive) resolve();
    });
    return Promise.race([work, death]);
  }

  /** The same function, as long as the process lives. What it has begun when the process dies may happen or not. */
  within<Args extends readonly unknown[], Result>(
    work: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result> {
    return async (...args) => {
      if (!this.alive) return new Promise<Result>(() => undefined);
      const result = await work(...args);
      return this.alive ? result : new Promise<Result>(() => undefined);
    };
  }
}

/** What happens to a commit: it succeeds, fails before or after it was done, or is done in part (no checkpoint). */
export type Fate = 'succeeds' | 'fails before' | 'fails after' | 'half done';

/** The store as a process sees it that may die, over commits (of whose reader?) that may fail. */
export const fateful = (
  store: ReadStore,
  life: Life,
  fate: (reader: string) => Fate = () => 'succeeds',
): ReadStore => ({
  prepare: life.within((spec) => store.prepare(spec)),
  get: (spec, key) => life.within(() => store.get(spec, key))(),
  getMany: (spec, keys) => life.within(() => store.getMany(spec, keys))(),
  query: (spec, options) => life.within(() => store.query(spec, options))(),
  scan: (spec) => store.scan(spec),
  commit: life.within(async (batch) => {
    const now = fate(batch.reader);
    if (now === 'fails before') throw new Error('the store is out of sorts');
    if (now === 'half done') {
      await store.commit({ ...batch, checkpoint: '', puts: batch.puts.slice(0, Math.ceil(batch.puts.length / 2)) });
      throw new Error('the store gave up half way');
    }
    await store.commit(batch);
    if (now === 'fails after') throw new Error('the answer got lost');
  }),
  checkpoint: life.within((reader) => store.checkpoint(reader)),
  drop: life.within((name) => store.drop(name)),
  forget: life.within((reader) => store.forget(reader)),
  collections: life.within(() => store.collections()),
  close: life.within(() => store.close()),
});

export const memoryStore = (): ReadStore => new MemoryReadStore();

/** A condition that comes true through work in the same process. Fails after many turns, not after a time. */
export const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let turns = 0; turns < 100_000; turns += 1) {
    if (await holds()) return;
    await turn();
  }
  throw new Error('it never came true');
};

/** No waiting: whatever is to happen later happens with the next turn of the event loop. */
export const promptTimers: Timers = {
  after: (_, run) => {
    const handle = setImmediate(run);
    return { cancel: () => clearImmediate(handle) };
  },
};

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  constructor(private time = Date.parse('2026-03-02T02:00:00.000Z')) {}

  now(): number {
    return this.time;
  }

  advance(milliseconds: number): number {
    this.time += milliseconds;
    return this.time;
  }

  instant(milliseconds = 0): string {
    return new Date(this.time + milliseconds).toISOString();
  }
}

/** One turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
