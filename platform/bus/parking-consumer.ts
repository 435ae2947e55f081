import type { ReadStore } from '../read-store';
import { type Clock, sleep, type Timers } from '../runtime';
import type { Bus, BusMessage, Handler, Report, Subscription } from './bus';
import { type Backoff, pauseAfter } from './lanes';
import { type Consumer, type ParkedMessage, ParkedMessages } from './parked-messages';

export interface ParkingOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** How often a message is tried before it is parked. */
  readonly triesMax?: number;
  /** Pauses between the tries. */
  readonly backoff?: Backoff;
  /**
   * How often a subscription looks for messages that an operator of another process wants tried again. Milliseconds.
   */
  readonly sweepEveryMs?: number;
  /** Told of every message that is parked, for logs and counters. */
  readonly parked?: (message: ParkedMessage) => void;
  readonly report?: Report;
}

/** How many messages one sweep takes up. */
const SWEEP_MAX = 100;

/** An error in one bounded line: what a parked message shows to operators. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\n', ' ').slice(0, 500);

interface Running {
  readonly handler: Handler;
  sweeping: Promise<void>;
}

/**
 * Consuming that nothing can stop: a message that fails again and again is parked with its reason, durably, and the
 * group goes on. Later messages of its key are parked behind it, so that their order stays; other keys never notice.
 * Operators count, list, retry and skip what is parked, from any process.
 */
export class ParkingConsumer {
  readonly #parked: ParkedMessages;
  readonly #running = new Map<string, Set<Running>>();
  #prepared: Promise<void> | undefined;

  constructor(
    private readonly bus: Bus,
    store: ReadStore,
    private readonly options: ParkingOptions,
  ) {
    this.#parked = new ParkedMessages(store, options.clock);
  }

  async subscribe(topic: string, group: string, handler: Handler): Promise<Subscription> {
    await this.prepare();
    const consumer = { topic, group };
    const ending = new AbortController();
    const subscription = await this.bus.subscribe(
      topic,
      group,
      (message) => this.#deliver(consumer, handler, message, ending.signal),
      { onUnreadable: (message) => this.#parked.parkUnreadable(message) },
    );
    const running: Running = { handler, sweeping: Promise.resolve() };
    const here = this.#runningHere(consumer);
    here.add(running);
    const sweeping = this.#sweepRegularly(consumer, running, ending.signal);
    return {
      stop: async () => {
        here.delete(running);
        ending.abort();
        await Promise.all([subscription.stop(), sweeping]);
      },
    };
  }

  /** Makes the collection ready; `subscribe` does it by itself. Idempotent. */
  prepare(): Promise<void> {
    this.#prepared ??= this.#parked.prepare();
    return this.#prepared;
  }

  count(consumer: Consumer): Promise<number> {
    return this.#parked.count(consumer);
  }

  /** What is parked, oldest first. */
  list(consumer: Consumer, limit: number, after?: string): ReturnType<ParkedMessages['list']> {
    return this.#parked.list(consumer, limit, after);
  }

  /**
   * Has a parked message tried again, and then what waits behind it. Where this process consumes, it has happened when
   * this resolves; else a process that does takes it up. One that waits behind another is tried when it is first.
   * False: there is no such message, or nothing in it that could be handled.
   */
  async retry(consumer: Consumer, id: string): Promise<boolean> {
    const parked = await this.#parked.find(consumer, id);
    if (!parked || parked.state === 'unreadable') return false;
    const { first } = await this.#parked.queueOf(consumer, parked.key);
    if (first?.id === id) await this.#parked.markReady(parked);
    await this.#sweepHere(consumer);
    return true;
  }

  /** Gives a message up for good; what waits behind it goes on. False: there is no such message. */
  async skip(consumer: Consumer, id: string): Promise<boolean> {
    const parked = await this.#parked.find(consumer, id);
    if (!parked) return false;
    await this.#parked.remove(parked);
    await this.#sweepHere(consumer);
    return true;
  }

  async #deliver(consumer: Consumer, handler: Handler, message: BusMessage, signal: AbortSignal): Promise<void> {
    const { first } = await this.#parked.queueOf(consumer, message.key);
    if (first && !(await this.#queueBehind(consumer, first, message))) return;
    const failure = await this.#attempt(handler, message, signal);
    if (failure) await this.#park(consumer, message, failure);
  }

  /** True: the one in front went away meanwhile, so the message is to be handled after all. */
  async #queueBehind(consumer: Consumer, first: ParkedMessage, message: BusMessage): Promise<boolean> {
    const { id } = message.event;
    // Delivered again after it was parked: it is where it belongs.
    if (first.id === id || (await this.#parked.find(consumer, id))) return false;
    const parked = await this.#parked.park(consumer, { state: 'behind', message, reason: `waits behind ${first.id}` });
    const now = await this.#parked.queueOf(consumer, message.key);
    if (now.first?.id !== id) {
      this.options.parked?.(parked);
      return false;
    }
    await this.#parked.remove(parked);
    return true;
  }

  /** Tries so often as is allowed. Undefined: handled. Throws when told to stop, so that the message comes again. */
  async #attempt(
    handler: Handler,
    message: BusMessage,
    signal: AbortSignal,
  ): Promise<{ readonly attempts: number; readonly error: unknown } | undefined> {
    const { triesMax = 5, backoff = { firstMs: 100, mostMs: 2_000 }, timers } = this.options;
    for (let attempts = 1; ; attempts += 1) {
      try {
        await handler(message);
        return undefined;
      } catch (error) {
        if (attempts >= triesMax) return { attempts, error };
        await sleep(timers, pauseAfter(backoff, attempts), signal);
        if (signal.aborted) throw error;
      }
    }
  }

  async #park(
    consumer: Consumer,
    message: BusMessage,
    failure: { readonly attempts: number; readonly error: unknown },
  ): Promise<void> {
    const reason = reasonOf(failure.error);
    const { attempts } = failure;
    this.options.parked?.(await this.#parked.park(consumer, { state: 'failed', message, reason, attempts }));
  }

  /** Handles what is ready and first of its key, and what then comes free behind it. */
  async #sweep(consumer: Consumer, handler: Handler): Promise<void> {
    for (const parked of await this.#parked.ready(consumer, SWEEP_MAX)) {
      let { first } = await this.#parked.queueOf(consumer, parked.key);
      while (first?.state === 'ready' && (await this.#again(consumer, handler, first))) {
        ({ first } = await this.#parked.queueOf(consumer, parked.key));
      }
    }
  }

  async #again(consumer: Consumer, handler: Handler, parked: ParkedMessage): Promise<boolean> {
    if (parked.state === 'unreadable') return false;
    try {
      await handler(parked.message);
    } catch (error) {
      await this.#park(consumer, parked.message, { attempts: parked.attempts + 1, error });
      return false;
    }
    await this.#parked.remove(parked);
    return true;
  }

  /** One sweep at a time per subscription. */
  #sweepOf(consumer: Consumer, running: Running): Promise<void> {
    const sweep = (): Promise<void> => this.#sweep(consumer, running.handler);
    running.sweeping = running.sweeping.then(sweep, sweep);
    return running.sweeping;
  }

  async #sweepHere(consumer: Consumer): Promise<void> {
    const [running] = this.#runningHere(consumer);
    if (running) await this.#sweepOf(consumer, running);
  }

  async #sweepRegularly(consumer: Consumer, running: Running, signal: AbortSignal): Promise<void> {
    const { timers, sweepEveryMs = 2_000, report } = this.options;
    while (!signal.aborted) {
      await sleep(timers, sweepEveryMs, signal);
      if (signal.aborted) return;
      await this.#sweepOf(consumer, running).catch((error: unknown) =>
        report?.({ kind: 'broken', what: `looking for parked messages of ${consumer.group}`, error }),
      );
    }
  }

  #runningHere({ topic, group }: Consumer): Set<Running> {
    const name = `${topic}/${group}`;
    const here = this.#running.get(name) ?? new Set();
    this.#running.set(name, here);
    return here;
  }
}
