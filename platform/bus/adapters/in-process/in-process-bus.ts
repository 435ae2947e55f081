import { systemTimers, type Timers } from '../../../runtime';
import {
  type Bus,
  BusError,
  type BusMessage,
  type Handler,
  type Report,
  type SubscribeOptions,
  type Subscription,
} from '../../bus';
import { type Backoff, KeyedLanes } from '../../lanes';
import { Progress } from '../../progress';

export interface InProcessBusOptions {
  readonly timers?: Timers;
  readonly report?: Report;
  readonly backoff?: Backoff;
  /** Messages in hand at a time, per group. */
  readonly concurrency?: number;
  /**
   * Messages that a topic keeps. `publish` waits while a group that has members is so far behind; a group without
   * members loses the oldest, as it would to a broker's retention.
   */
  readonly capacity?: number;
}

type Settings = Required<InProcessBusOptions>;

const DEFAULTS: Settings = {
  timers: systemTimers,
  report: () => undefined,
  backoff: { firstMs: 50, mostMs: 5_000 },
  concurrency: 32,
  capacity: 100_000,
};

/** Messages that a group may have taken up and not finished. */
const SPAN_MAX = 1_000;

interface Task {
  readonly offset: bigint;
  readonly message: BusMessage;
}

class Member {
  #inHand = 0;
  #idle: (() => void)[] = [];

  constructor(readonly handler: Handler) {}

  async handle(message: BusMessage): Promise<void> {
    this.#inHand += 1;
    try {
      await this.handler(message);
    } finally {
      this.#inHand -= 1;
      if (this.#inHand === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async settled(): Promise<void> {
    if (this.#inHand > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}

/** One group of one topic: where it stands, and its members. */
class Group {
  readonly #members: Member[] = [];
  /** The first offset not known to be done: where the group begins again after its last member has left. */
  committed: bigint;
  #next: bigint;
  #progress = new Progress();
  #lanes: KeyedLanes<Task> | undefined;
  #pipelined = false;

  constructor(
    readonly topic: Topic,
    readonly name: string,
    readonly settings: Settings,
  ) {
    this.committed = topic.oldest;
    this.#next = topic.oldest;
  }

  get live(): boolean {
    return this.#members.length > 0;
  }

  /** @param pipelined holds for the whole group, as its first member has it */
  join(handler: Handler, pipelined: boolean): Subscription {
    if (!this.live) this.#pipelined = pipelined;
    const member = new Member(handler);
    this.#members.push(member);
    if (!this.#lanes) this.#begin();
    let leaving: Promise<void> | undefined;
    return {
      stop: () => {
        leaving ??= this.#leave(member);
        return leaving;
      },
    };
  }

  /** Takes up what there is room for. */
  fill(): void {
    if (!this.#lanes) return;
    while (this.#progress.span < SPAN_MAX) {
      const message = this.topic.at(this.#next);
      if (message === undefined) return;
      this.#progress.take(this.#next);
      this.#lanes.push(this.#pipelined ? String(this.#next) : message.key, { offset: this.#next, message });
      this.#next += 1n;
    }
  }

  #begin(): void {
    if (this.committed < this.topic.oldest) this.committed = this.topic.oldest;
    this.#next = this.committed;
    const progress = new Progress();
    this.#progress = progress;
    this.#lanes = new KeyedLanes({
      concurrency: this.#pipelined ? SPAN_MAX : this.settings.concurrency,
      backoff: this.settings.backoff,
      timers: this.settings.timers,
      handle: ({ message }) => this.#memberFor(message.key).handle(message),
      done: ({ offset }) => {
        progress.done(offset);
        this.committed = progress.committed ?? this.committed;
        this.fill();
        this.topic.trim();
      },
      failed: ({ message }, attempt, error) =>
        this.settings.report({
          kind: 'handler-failed',
          topic: this.topic.name,
          group: this.name,
          key: message.key,
          id: message.event.id,
          attempt,
          error,
        }),
    });
    this.fill();
  }

  /** A key stays with one member for as long as the members stay. */
  #memberFor(key: string): Member {
    let hash = 0;
    for (let index = 0; index < key.length; index += 1) hash = (hash * 31 + key.charCodeAt(index)) >>> 0;
    const member = this.#members[hash % this.#members.length];
    if (!member) throw new BusError(`group ${this.name} has no member`);
    return member;
  }

  async #leave(member: Member): Promise<void> {
    const rest = this.#members.filter((other) => other !== member);
    if (rest.length > 0) {
      this.#members.splice(0, this.#members.length, ...rest);
      await member.settled();
      return;
    }
    await this.#lanes?.stop();
    this.#lanes = undefined;
    this.#members.splice(0, this.#members.length, ...this.#members.filter((other) => other !== member));
    if (this.live) this.#begin();
    this.topic.trim();
  }
}

/** The messages of one topic that are kept, and the groups that read it. */
class Topic {
  /** Offset of the first message kept. */
  oldest = 0n;
  readonly #messages: BusMessage[] = [];
  readonly #groups = new Map<string, Group>();
  #waiting: (() => void)[] = [];

  constructor(
    readonly name: string,
    readonly settings: Settings,
  ) {}

  at(offset: bigint): BusMessage | undefined {
    return this.#messages[Number(offset - this.oldest)];
  }

  group(name: string): Group {
    const known = this.#groups.get(name);
    if (known) return known;
    const group = new Group(this, name, this.settings);
    this.#groups.set(name, group);
    return group;
  }

  async append(messages: readonly BusMessage[]): Promise<void> {
    for (const message of messages) this.#messages.push(message);
    for (const group of this.#groups.values()) group.fill();
    this.trim();
    while (this.#messages.length > this.settings.capacity) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Lets go of the oldest messages beyond the capacity that no group with members still needs. */
  trim(): void {
    const excess = this.#messages.length - this.settings.capacity;
    if (excess <= 0) return;
    let keepFrom = this.oldest + BigInt(excess);
    for (const group of this.#groups.values()) {
      if (group.live && group.committed < keepFrom) keepFrom = group.committed;
    }
    this.#messages.splice(0, Number(keepFrom - this.oldest));
    this.oldest = keepFrom;
    if (this.#messages.length <= this.settings.capacity) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** The topics of one process, for as long as it lives: what must survive is read from the event log, not from here. */
export class InProcessBroker {
  readonly #settings: Settings;
  readonly #topics = new Map<string, Topic>();

  constructor(options: InProcessBusOptions = {}) {
    this.#settings = { ...DEFAULTS, ...options };
  }

  topic(name: string): Topic {
    const known = this.#topics.get(name);
    if (known) return known;
    const topic = new Topic(name, this.#settings);
    this.#topics.set(name, topic);
    return topic;
  }
}

/**
 * One client of an in-process broker. Several share their topics and groups; closing one ends its subscriptions only.
 */
export class InProcessBus implements Bus {
  readonly #subscriptions = new Set<Subscription>();
  #closed = false;

  constructor(private readonly broker: InProcessBroker = new InProcessBroker()) {}

  async publish(topic: string, messages: readonly BusMessage[]): Promise<void> {
    this.#assertOpen();
    await this.broker.topic(topic).append(messages);
  }

  async subscribe(
    topic: string,
    group: string,
    handler: Handler,
    options: SubscribeOptions = {},
  ): Promise<Subscription> {
    this.#assertOpen();
    const joined = this.broker
      .topic(topic)
      .group(group)
      .join(handler, options.pipelined ?? false);
    const subscription: Subscription = {
      stop: async () => {
        await joined.stop();
        this.#subscriptions.delete(subscription);
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
  }

  #assertOpen(): void {
    if (this.#closed) throw new BusError('the bus is closed');
  }
}
