import type { EventShape } from '../event-log';
import type { Position } from '../event-store';
import {
  type CollectionSpec,
  liveVersion,
  type QueryOptions,
  type QueryPage,
  type ReadStore,
  type Versioned,
  versionedName,
} from '../read-store';
import { type Clock, sleep, type Timers } from '../runtime';
import { liveSpec } from './builds';
import type { Projection } from './projection';

/** A projection's documents, for queries: always those of its live build. */
export interface ProjectionReader<Doc extends object> {
  get(key: string): Promise<Versioned<Doc> | undefined>;
  getMany(keys: readonly string[]): Promise<ReadonlyMap<string, Versioned<Doc>>>;
  query(options: QueryOptions): Promise<QueryPage<Doc>>;
  /** All documents in key order, of the build that was live when it began. */
  scan(): AsyncIterable<readonly { key: string; value: Versioned<Doc> }[]>;
}

/** What the reading side needs of projections, whether they run in the same process or in another. */
export interface ProjectionQueries {
  /** Its calls throw `ProjectionNotReadyError` while the projection's version is not live yet. */
  reader<E extends EventShape, Doc extends object>(projection: Projection<E, Doc>): ProjectionReader<Doc>;
  /** For reading one's own writes: whether the projection came to show everything up to a position in time. */
  waitFor(projection: string, position: Position, timeoutMs: number): Promise<boolean>;
}

/** @param live where the live documents lie at this moment */
export const readerOf = <Doc extends object>(
  store: ReadStore,
  live: () => Promise<CollectionSpec<Doc>>,
): ProjectionReader<Doc> => ({
  get: async (key) => store.get(await live(), key),
  getMany: async (keys) => store.getMany(await live(), keys),
  query: async (options) => store.query(await live(), options),
  scan: async function* () {
    yield* store.scan(await live());
  },
});

/** A document in memory, or that there is none of its key. */
export interface Held<Doc extends object> {
  readonly doc: Doc | undefined;
  readonly position: Position;
}

/** Reads documents that are at hand from memory, the others as before. */
export const holding = <Doc extends object>(
  held: (key: string) => Held<Doc> | undefined,
  stored: ProjectionReader<Doc>,
): ProjectionReader<Doc> => {
  const versioned = ({ doc, position }: Held<Doc>): Versioned<Doc> | undefined => doc && { doc, position };
  return {
    ...stored,
    get: async (key) => {
      const found = held(key);
      return found ? versioned(found) : stored.get(key);
    },
    getMany: async (keys) => {
      const documents = new Map<string, Versioned<Doc>>();
      const missing = keys.filter((key) => {
        const found = held(key);
        const document = found && versioned(found);
        if (document) documents.set(key, document);
        return found === undefined;
      });
      if (missing.length === 0) return documents;
      return new Map([...documents, ...(await stored.getMany(missing))]);
    },
  };
};

/** How long a process may go on reading a build that another process has replaced. Less than that one's grace. */
const LIVE_FOR_MS = 5_000;
const POLL_MS = 10;

/** The projections that another process keeps up to date, seen through the read store. */
export class StoredProjections implements ProjectionQueries {
  private readonly known = new Map<string, { readonly build: number | undefined; readonly asOf: number }>();

  constructor(
    private readonly store: ReadStore,
    private readonly clock: Clock,
    private readonly timers: Timers,
  ) {}

  reader<E extends EventShape, Doc extends object>(projection: Projection<E, Doc>): ProjectionReader<Doc> {
    return readerOf(this.store, async () => liveSpec(projection, await this.live(projection.name)));
  }

  async waitFor(projection: string, position: Position, timeoutMs: number): Promise<boolean> {
    // By a timer, not by the clock: a clock may stand still, or be put forward, while somebody waits.
    let late = false;
    const timer = this.timers.after(timeoutMs, () => {
      late = true;
    });
    try {
      for (;;) {
        const live = await this.live(projection);
        if (live !== undefined && (await this.store.checkpoint(versionedName(projection, live))) >= position)
          return true;
        if (late) return false;
        await sleep(this.timers, POLL_MS);
      }
    } finally {
      timer.cancel();
    }
  }

  private async live(projection: string): Promise<number | undefined> {
    const known = this.known.get(projection);
    const now = this.clock.now();
    if (known?.build !== undefined && now - known.asOf < LIVE_FOR_MS) return known.build;
    const build = await liveVersion(this.store, projection);
    this.known.set(projection, { build, asOf: now });
    return build;
  }
}
