import {
  EventStoreError,
  type Page,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  START,
  type StoredEvent,
} from '../../event-store';
import type { Arrivals } from './arrivals';

/** A log that can be read at once, without waiting. Reading a closed log throws. */
export interface ReadableLog {
  readonly arrivals: Arrivals;
  end(): Position;
  /** The next run of the log behind a position, at most so many events. */
  pageAfter(after: Position, categories: readonly string[] | undefined, pageSize: number): Page;
}

/** Lets others work between two pages; a long read would otherwise hold up the whole process. */
export type Breathe = () => Promise<void>;

const PAGE_SIZE = 200;

const pageSizeOf = (options: ReadAllOptions): number => {
  const size = options.pageSize ?? PAGE_SIZE;
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`no page has a size of ${size}`);
  return size;
};

/**
 * A reader ahead of its log has seen events that this log lost (an older copy was restored). Reading on would skip
 * what is appended now at the places it believes it knows.
 */
const checkStart = (log: ReadableLog, after: Position): void => {
  const end = log.end();
  if (after > end) throw new EventStoreError(`position ${after} lies behind the end of the log, ${end || 'its start'}`);
};

export async function* pagesToEnd(log: ReadableLog, breathe: Breathe, options: ReadAllOptions): AsyncGenerator<Page> {
  const size = pageSizeOf(options);
  let after = options.after ?? START;
  checkStart(log, after);
  for (;;) {
    options.signal?.throwIfAborted();
    const page = log.pageAfter(after, options.categories, size);
    yield page;
    if (page.caughtUp) return;
    after = page.through;
    await breathe();
  }
}

export async function* followPages(log: ReadableLog, breathe: Breathe, options: ReadAllOptions): AsyncGenerator<Page> {
  const size = pageSizeOf(options);
  const signal = options.signal;
  let after = options.after ?? START;
  checkStart(log, after);
  while (!signal?.aborted) {
    const page = log.pageAfter(after, options.categories, size);
    after = page.through;
    yield page;
    await breathe();
    // Nothing can arrive between the look at the end and the wait: both happen in one go.
    while (!signal?.aborted && log.end() <= after) await log.arrivals.next(signal);
  }
}

/** Reads so many events of a stream from a revision on (inclusive), in the direction of the read. */
export type ReadRun = (from: number, count: number) => readonly StoredEvent[];

export async function* streamPages(
  options: ReadStreamOptions,
  forwards: ReadRun,
  backwards: ReadRun,
  breathe: Breathe,
): AsyncGenerator<readonly StoredEvent[]> {
  const back = options.direction === 'backwards';
  const read = back ? backwards : forwards;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  let from = options.from === undefined ? (back ? Number.MAX_SAFE_INTEGER : 0) : clamp(options.from);
  while (left > 0 && from >= 0) {
    options.signal?.throwIfAborted();
    const count = Math.min(left, PAGE_SIZE);
    const events = read(from, count);
    const last = events.at(-1);
    if (last === undefined) return;
    yield events;
    if (events.length < count) return;
    left -= events.length;
    from = Number(last.revision) + (back ? -1 : 1);
    await breathe();
  }
}

const clamp = (revision: bigint): number => {
  if (revision < 0n) throw new RangeError(`no revision is ${revision}`);
  return Number(revision > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : revision);
};
