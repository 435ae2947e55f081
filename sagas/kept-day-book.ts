import type { DomainEvent } from '../domain/events';
import type { EventLog } from '../platform/event-log';
import { type CollectionSpec, put, type ReadStore } from '../platform/read-store';
import type { DayBook, DayBookState } from './day-book';

const BOOK: CollectionSpec<DayBookState> = { name: 'day-book@1', indexes: {} };
const KEY = 'book';

/** It is kept again once it has taken in so many facts more. */
const KEPT_EVERY = 5_000;
/** A book of more things than this is not kept: it would take as long to read. */
const KEPT_MOST = 50_000;

/**
 * Keeps a day book from one process to the next, so that one that is started does not read the whole log for it.
 * Deleted, it is made again; of two that write, what is further on stays.
 */
export class KeptDayBook {
  readonly #book: DayBook;
  readonly #log: EventLog<DomainEvent>;
  readonly #store: ReadStore;
  readonly #every: number;
  #resumed: Promise<void> | undefined;

  constructor(book: DayBook, log: EventLog<DomainEvent>, store: ReadStore, every = KEPT_EVERY) {
    this.#book = book;
    this.#log = log;
    this.#store = store;
    this.#every = every;
  }

  /** Has the book go on from what is kept, once; and reads on to the end of the log. */
  async catchUp(): Promise<void> {
    this.#resumed ??= this.#resume();
    await this.#resumed;
    await this.#book.catchUp();
  }

  async save(): Promise<void> {
    if (this.#book.taken < this.#every || this.#book.size > KEPT_MOST) return;
    const { through } = this.#book;
    await this.#store.commit({
      reader: BOOK.name,
      checkpoint: through,
      puts: [put(BOOK, KEY, this.#book.state(), through)],
    });
  }

  async #resume(): Promise<void> {
    await this.#store.prepare(BOOK);
    const kept = await this.#store.get(BOOK, KEY);
    // An older copy may have taken the place of the log.
    if (kept !== undefined && kept.position <= (await this.#log.head())) this.#book.resume(kept.doc);
  }
}
