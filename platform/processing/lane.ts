import type { EventLog, EventShape, LogPage } from '../event-log';
import type { Position } from '../event-store';
import { unlessAborted } from './turns';

export interface LaneOptions {
  readonly pageSize: number;
  /** How many events stay within reach of its slower readers, while there are any. */
  readonly windowEvents: number;
  readonly categories?: readonly string[];
}

/** Pages that stay although every reader has passed them, for one that begins a little later. */
const KEPT_PAGES = 2;

/**
 * One reading of the log, shared by its readers: each page is read and decoded once, when the first of them wants it,
 * and stays within reach of the others for a while. What all of them have passed is let go of at once: kept longer, it
 * would outlive the collector's young generation and cost as much again as it did to read.
 */
export class Lane<E extends EventShape> {
  /** Up to where each reader has read. */
  private readonly places = new Map<symbol, Position>();
  private readonly pages: LogPage<E>[] = [];
  private held = 0;
  /** The window: pages lie after `from` and reach `through`. */
  private from: Position;
  private through: Position;
  /** There was nothing beyond `through` when it was read. */
  private atEnd = false;
  private readonly closing = new AbortController();
  private readonly source: AsyncIterator<LogPage<E>>;
  private reading: Promise<void> | undefined;

  constructor(
    log: EventLog<E>,
    after: Position,
    private readonly options: LaneOptions,
  ) {
    this.from = after;
    this.through = after;
    const { pageSize, categories } = options;
    const restricted = categories ? { categories } : {};
    this.source = log
      .subscribe({ after, pageSize, ...restricted, signal: this.closing.signal })
      [Symbol.asyncIterator]();
  }

  /** One more reader, which has read up to a position. */
  join(reader: symbol, position: Position): void {
    this.places.set(reader, position);
  }

  /** One reader fewer. True: it was the last. */
  part(reader: symbol): boolean {
    this.places.delete(reader);
    return this.places.size === 0;
  }

  covers(position: Position): boolean {
    return this.from <= position && position <= this.through;
  }

  /** How far it has come. */
  get reach(): Position {
    return this.through;
  }

  /**
   * The next page after a position, as soon as there is one. A reader that stands at the end of the log and has not
   * been told so gets an empty page that tells it. Undefined: the signal aborted, or the position has fallen out of the
   * window. Throws when the log cannot be read; the lane is then of no more use.
   */
  async pageAfter(
    reader: symbol,
    position: Position,
    toldAtEnd: boolean,
    signal: AbortSignal,
  ): Promise<LogPage<E> | undefined> {
    this.places.set(reader, position);
    while (!signal.aborted && this.covers(position)) {
      if (position < this.through) return this.within(position);
      if (this.atEnd && !toldAtEnd) return { events: [], through: position, caughtUp: true };
      this.reading ??= this.read();
      await unlessAborted(this.reading, signal);
    }
    return undefined;
  }

  close(): void {
    this.closing.abort();
    void Promise.resolve(this.source.return?.()).catch(() => undefined);
  }

  /** What the window holds beyond a position, up to the end of the page it lies in. */
  private within(position: Position): LogPage<E> | undefined {
    const index = firstBeyond(this.pages, position);
    const page = this.pages[index];
    if (page === undefined) return undefined;
    const before = this.pages[index - 1]?.through ?? this.from;
    const events = before === position ? page.events : page.events.filter((event) => event.position > position);
    return { events, through: page.through, caughtUp: this.atEnd && index === this.pages.length - 1 };
  }

  private async read(): Promise<void> {
    try {
      const next = await this.source.next();
      if (next.done === true) throw new Error('the log ended a subscription');
      this.atEnd = next.value.caughtUp;
      if (next.value.through > this.through) this.keep(next.value);
    } finally {
      this.reading = undefined;
    }
  }

  private keep(page: LogPage<E>): void {
    this.pages.push(page);
    this.held += weight(page);
    this.through = page.through;
    const passed = this.passed();
    for (let oldest = this.pages[0]; oldest !== undefined; oldest = this.pages[0]) {
      const isPassed = oldest.through <= passed && this.pages.length > KEPT_PAGES;
      const isTooMuch = this.held > this.options.windowEvents && this.pages.length > 1;
      if (!isPassed && !isTooMuch) return;
      this.pages.shift();
      this.held -= weight(oldest);
      this.from = oldest.through;
    }
  }

  /** Every reader has read up to here. */
  private passed(): Position {
    let passed = this.through;
    for (const place of this.places.values()) if (place < passed) passed = place;
    return passed;
  }
}

const weight = (page: LogPage<EventShape>): number => Math.max(1, page.events.length);

/** Index of the first page that reaches beyond a position. */
const firstBeyond = (pages: readonly LogPage<EventShape>[], position: Position): number => {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const through = pages[middle]?.through;
    if (through !== undefined && through <= position) low = middle + 1;
    else high = middle;
  }
  return low;
};
