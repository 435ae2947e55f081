import { EventStoreError, type Page, type Position, type ReadAllOptions, START } from '../../event-store';
import type { ClientDialect, ServerEvent } from './dialect';
import { eventFilter, isSystemEvent } from './event-filter';
import type { Horizon } from './horizon';
import type { Patience } from './patience';
import { placeOf, positionOf } from './position';
import { storedEvent } from './stream-reading';

const PAGE_SIZE = 500;

/** Events read at a time on the way back to the last that is not the server's own. */
const HEAD_SIZES = [4, 500] as const;

export const pageSizeOf = (options: ReadAllOptions): number => {
  const size = options.pageSize ?? PAGE_SIZE;
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`no page has a size of ${size}`);
  return size;
};

/** A run of the log as it is, with what is the server's own. */
export interface LogRun {
  readonly events: readonly ServerEvent[];
  /** There was nothing beyond it. */
  readonly atEnd: boolean;
}

/**
 * Reads the whole log. Positions that it gives out as a place to go on from are those of events that are not the
 * server's own: some of its own come and go.
 */
export class LogReading {
  constructor(
    private readonly client: ClientDialect,
    private readonly patience: Patience,
    private readonly horizon: Horizon,
    private readonly closed: AbortSignal,
  ) {}

  /**
   * At most so many events behind a position.
   *
   * @throws EventStoreError if the log ends before that position. A reader who has seen events that this log lost (an
   *   older copy was restored) would skip what is appended now at the places it believes it knows.
   */
  async runAfter(position: Position, count: number, signal?: AbortSignal): Promise<LogRun> {
    const place = placeOf(position);
    // Reading from a place includes it.
    const asked = place ? count + 1 : count;
    const read = { from: place ?? 'start', backwards: false, count: asked } as const;
    const events = await this.patience.persist(
      'reading the log',
      (own) => this.client.readLog(read, own),
      this.#signals(signal),
    );
    if (place && events.length === 0) await this.#checkReach(position, signal);
    const behind = events.filter((event) => positionOf(event.place) > position).slice(0, count);
    for (const event of behind) if (!isSystemEvent(event)) this.horizon.saw(positionOf(event.place));
    return { events: behind, atEnd: events.length < asked };
  }

  async *pages(options: ReadAllOptions): AsyncGenerator<Page> {
    const size = pageSizeOf(options);
    const wanted = eventFilter(options.categories);
    let through = options.after ?? START;
    for (let cursor = through; ; ) {
      const { events, atEnd } = await this.runAfter(cursor, size, options.signal);
      const last = events.at(-1);
      if (last) cursor = positionOf(last.place);
      through = reachOf(events) ?? through;
      yield { events: events.filter(wanted).map(storedEvent), through, caughtUp: atEnd };
      if (atEnd) return;
      options.signal?.throwIfAborted();
    }
  }

  /** Position of the last event that is not the server's own, or START. */
  async head(signal?: AbortSignal): Promise<Position> {
    let from: 'end' | ServerEvent['place'] = 'end';
    for (let turn = 0; ; turn += 1) {
      const count = turn === 0 ? HEAD_SIZES[0] : HEAD_SIZES[1];
      const read = { from, backwards: true, count } as const;
      const events: readonly ServerEvent[] = await this.patience.persist(
        'looking for the end of the log',
        (own) => this.client.readLog(read, own),
        this.#signals(signal),
      );
      const found = events.find((event) => !isSystemEvent(event));
      if (found) {
        this.horizon.saw(positionOf(found.place));
        return positionOf(found.place);
      }
      const last = events.at(-1);
      if (last === undefined || events.length < count) return START;
      from = last.place;
    }
  }

  async #checkReach(position: Position, signal: AbortSignal | undefined): Promise<void> {
    const head = await this.head(signal);
    if (position <= head) return;
    throw new EventStoreError(`position ${position} lies behind the end of the log, ${head || 'its start'}`);
  }

  #signals(signal: AbortSignal | undefined): readonly AbortSignal[] {
    return signal ? [signal, this.closed] : [this.closed];
  }
}

/** Position of the last event of a run that is not the server's own. */
export const reachOf = (events: readonly ServerEvent[]): Position | undefined => {
  const last = events.findLast((event) => !isSystemEvent(event));
  return last && positionOf(last.place);
};
