import type { Bus, BusMessage, CloudEvent } from '../bus';
import type { EventLog, EventShape, LogPage, RecordedEvent } from '../event-log';
import type { Position } from '../event-store';
import type { ReadStore } from '../read-store';
import { type Clock, sleep, type Timers } from '../runtime';

/** What the outside gets to see of an event. */
export interface PublicEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RelayOptions<E extends EventShape> {
  /** Whose checkpoint this is; two relays of different names publish independently. */
  readonly name: string;
  readonly log: Pick<EventLog<E>, 'subscribe' | 'head'>;
  readonly bus: Pick<Bus, 'publish'>;
  readonly store: Pick<ReadStore, 'checkpoint' | 'commit'>;
  readonly topic: string;
  /** CloudEvents `source`: a URI that names this installation. */
  readonly source: string;
  /** Undefined: the event stays in the house. Must not throw: it decides about facts that are validated. */
  readonly toPublic: (event: RecordedEvent<E>) => PublicEvent | undefined;
  /** Events of one key arrive in order: the loan or the application an event is about. */
  readonly keyOf: (event: RecordedEvent<E>) => string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** At most so many events of the log at a time. */
  readonly pageSize?: number;
  /** Pauses between tries while the log, the bus or the store cannot be reached. Milliseconds. */
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
  readonly observer?: RelayObserver;
}

/** What the relay tells whoever counts and logs. */
export interface RelayObserver {
  published(of: { readonly relay: string; readonly events: number; readonly considered: number }): void;
  /** Something could not be reached; it is tried again. */
  failed(of: { readonly relay: string; readonly attempt: number; readonly error: unknown }): void;
}

export interface RelayLag {
  readonly relay: string;
  /** Everything up to here is published or stays in the house. */
  readonly position: Position;
  readonly head: Position;
  /** Milliseconds since it was last level with the log. */
  readonly behindMs: number;
}

/** Under which name a relay's checkpoint is kept. */
const readerOf = (relay: string): string => `relay:${relay}`;

/** How far the log has been relayed, for other processes. */
export const relayedThrough = (store: Pick<ReadStore, 'checkpoint'>, relay: string): Promise<Position> =>
  store.checkpoint(readerOf(relay));

const SILENT: RelayObserver = { published: () => undefined, failed: () => undefined };

/**
 * Publishes the log's public events, in log order and so in order per key, at least once: the checkpoint is written
 * after the bus has taken a page over, so a crash in between publishes that page again, under the same event ids. Run
 * one relay per name; a second one would publish everything twice.
 */
export class Relay<E extends EventShape> {
  readonly #observer: RelayObserver;
  #stopping = new AbortController();
  #position: Position = '';
  #levelAt: number;
  #running: Promise<void> | undefined;

  constructor(private readonly options: RelayOptions<E>) {
    this.#observer = options.observer ?? SILENT;
    this.#levelAt = options.clock.now();
  }

  /** Begins where the relay of this name had come to; also again, after it has been stopped. */
  async start(): Promise<void> {
    this.#position = await this.options.store.checkpoint(this.#reader);
    this.#running ??= this.#run();
  }

  /** Finishes the page in hand, as far as the bus and the store can be reached. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = undefined;
    this.#stopping = new AbortController();
  }

  async lag(): Promise<RelayLag> {
    const { log, name, clock } = this.options;
    const head = await log.head();
    if (this.#position >= head) this.#levelAt = clock.now();
    return { relay: name, position: this.#position, head, behindMs: clock.now() - this.#levelAt };
  }

  get #reader(): string {
    return readerOf(this.options.name);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { log, pageSize = 500 } = this.options;
    let failures = 0;
    while (!signal.aborted) {
      try {
        for await (const page of log.subscribe({ after: this.#position, pageSize, signal })) {
          if (!(await this.#relay(page))) return;
          failures = 0;
        }
      } catch (error) {
        failures += 1;
        await this.#failed(failures, error);
      }
    }
  }

  /** Publishes a page and then moves the checkpoint. False: it was told to stop before it could do both. */
  async #relay(page: LogPage<E>): Promise<boolean> {
    const { bus, store, topic, name, clock } = this.options;
    const messages = this.#messagesOf(page);
    if (messages.length > 0 && !(await this.#insist(() => bus.publish(topic, messages)))) return false;
    if (page.through > this.#position) {
      const batch = { reader: this.#reader, checkpoint: page.through, puts: [] };
      if (!(await this.#insist(() => store.commit(batch)))) return false;
      this.#position = page.through;
    }
    if (page.caughtUp) this.#levelAt = clock.now();
    this.#observer.published({ relay: name, events: messages.length, considered: page.events.length });
    return true;
  }

  #messagesOf({ events }: LogPage<E>): readonly BusMessage[] {
    return events.flatMap((event) => {
      const shown = this.options.toPublic(event);
      return shown ? [{ key: this.options.keyOf(event), event: cloudEventOf(event, shown, this.options.source) }] : [];
    });
  }

  /** False: it was told to stop before the work succeeded. */
  async #insist(work: () => Promise<void>): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await work();
        return true;
      } catch (error) {
        await this.#failed(attempt, error);
        if (this.#stopping.signal.aborted) return false;
      }
    }
  }

  /** Reports a failure and pauses, unless it is told to stop. */
  async #failed(attempt: number, error: unknown): Promise<void> {
    const { timers, name, backoff = { firstMs: 100, mostMs: 10_000 } } = this.options;
    this.#observer.failed({ relay: name, attempt, error });
    const pause = Math.min(backoff.mostMs, backoff.firstMs * 2 ** Math.min(attempt - 1, 30));
    await sleep(timers, pause, this.#stopping.signal);
  }
}

/** The public side of an event in its CloudEvents envelope. */
export const cloudEventOf = (event: RecordedEvent, { type, data }: PublicEvent, source: string): CloudEvent => ({
  specversion: '1.0',
  id: event.id,
  source,
  type,
  subject: event.stream,
  time: event.meta.bookedAt,
  datacontenttype: 'application/json',
  data,
  revision: String(event.revision),
  position: event.position,
  correlationid: event.meta.correlationId,
});
