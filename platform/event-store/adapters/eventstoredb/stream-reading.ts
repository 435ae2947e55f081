import type { ReadStreamOptions, StoredEvent, StreamName } from '../../event-store';
import type { ClientDialect, ServerEvent } from './dialect';
import { textOf } from './event-text';
import type { Patience } from './patience';
import { positionOf } from './position';

/** Events a page has at most. */
const PAGE_SIZE = 500;

/** The server counts revisions in signed 64 bits. */
const LAST_REVISION = 2n ** 63n - 1n;

export const storedEvent = ({ id, type, stream, revision, place, data, metadata }: ServerEvent): StoredEvent => ({
  id,
  type,
  data: textOf(data),
  meta: textOf(metadata),
  stream,
  revision,
  position: positionOf(place),
});

const clamp = (revision: bigint): bigint => {
  if (revision < 0n) throw new RangeError(`no revision is ${revision}`);
  return revision > LAST_REVISION ? LAST_REVISION : revision;
};

/** Reads a stream page by page. A page that a broken connection cut short is read again. */
export async function* streamPages(
  client: ClientDialect,
  patience: Patience,
  stream: StreamName,
  options: ReadStreamOptions,
  closed: AbortSignal,
): AsyncGenerator<readonly StoredEvent[]> {
  const backwards = options.direction === 'backwards';
  const signals = options.signal ? [options.signal, closed] : [closed];
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  let from: bigint | 'start' | 'end' = backwards ? 'end' : 'start';
  if (options.from !== undefined) from = clamp(options.from);
  while (left > 0) {
    const count = Math.min(left, PAGE_SIZE);
    const read = { stream, from, backwards, count };
    const events = await patience.persist(`reading ${stream}`, (signal) => client.readStream(read, signal), signals);
    const last = events.at(-1);
    if (last === undefined) return;
    yield events.map(storedEvent);
    if (events.length < count || (backwards && last.revision === 0n)) return;
    left -= events.length;
    from = last.revision + (backwards ? -1n : 1n);
  }
}
