import type { Batch, Consumer, Kafka, KafkaMessage } from 'kafkajs';
import type { Timer } from '../../../runtime';
import type { BusMessage, Handler, SubscribeOptions, Subscription } from '../../bus';
import { KeyedLanes, pauseAfter } from '../../lanes';
import { Assignment, type Holding } from './assignment';
import { decode } from './message';
import type { Settings } from './settings';

interface Task {
  readonly holding: Holding;
  readonly offset: bigint;
  /** Undefined: it could not be read, for this reason. */
  readonly message: BusMessage | undefined;
  readonly reason: string;
}

/**
 * One member of a consumer group. Fetching never waits for handling: what is fetched goes into lanes, one per key, and
 * the committed place of a partition follows the oldest message that is not done. So a slow or failing message holds up
 * nobody but its key, heartbeats go on, and a restart repeats at most what lies beyond the committed place.
 */
export class Subscriber implements Subscription {
  readonly #assignment = new Assignment();
  readonly #lanes: KeyedLanes<Task>;
  #consumer: Consumer | undefined;
  #paused = false;
  #committing: Promise<void> | undefined;
  #commitTimer: Timer | undefined;
  #restartTimer: Timer | undefined;
  #crashes = 0;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly group: string,
    private readonly handler: Handler,
    private readonly options: SubscribeOptions,
    private readonly settings: Settings,
  ) {
    this.#lanes = new KeyedLanes<Task>({
      concurrency: options.pipelined ? settings.limits.spanMax : settings.concurrency,
      backoff: settings.backoff,
      timers: settings.timers,
      wanted: ({ holding }) => !holding.lost,
      handle: (task) => this.#handle(task),
      done: (task) => this.#done(task),
      failed: (task, attempt, error) => this.#failed(task, attempt, error),
    });
  }

  /** Joins the group; resolves when it has. */
  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #start(): Promise<void> {
    const { limits } = this.settings;
    const consumer = this.kafka.consumer({
      // A group of its own per topic: members of one group must all read the same topics.
      groupId: `${this.group}.${this.topic}`,
      sessionTimeout: limits.sessionTimeoutMs,
      heartbeatInterval: limits.heartbeatIntervalMs,
      rebalanceTimeout: limits.rebalanceTimeoutMs,
      maxWaitTimeInMs: limits.maxWaitTimeMs,
      allowAutoTopicCreation: true,
      // kafkajs restarts after some crashes and not after others; here it is one rule for all, see #restart.
      retry: { ...limits.retry, restartOnFailure: async () => false },
    });
    this.#consumer = consumer;
    const { GROUP_JOIN, REBALANCING, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) =>
      this.#joined(payload.memberId, payload.memberAssignment[this.topic] ?? []),
    );
    // Partitions are about to move: say how far we are, so that others repeat as little as possible.
    consumer.on(REBALANCING, () => void this.#commit());
    consumer.on(CRASH, ({ payload }) => this.#crashed(consumer, payload.error));
    await consumer.connect();
    await consumer.subscribe({ topics: [this.topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: async ({ batch }) => this.#take(batch) });
  }

  async #stop(): Promise<void> {
    this.#stopped = true;
    this.#restartTimer?.cancel();
    await this.#starting?.catch(() => undefined);
    this.#balance();
    await this.#lanes.stop();
    this.#commitTimer?.cancel();
    await this.#commit();
    await this.#consumer?.disconnect().catch((error: unknown) => this.#broken('disconnecting', error));
  }

  #joined(memberId: string, partitions: readonly number[]): void {
    this.#assignment.joined(memberId, partitions);
    this.#lanes.prune();
    this.#balance();
  }

  #take(batch: Batch): void {
    if (this.#stopped) return;
    this.#crashes = 0;
    const holding = this.#assignment.holding(batch.partition);
    for (const message of batch.messages) {
      if (holding.progress.take(BigInt(message.offset))) this.#push(holding, message);
    }
    this.#balance();
  }

  #push(holding: Holding, message: KafkaMessage): void {
    const offset = BigInt(message.offset);
    const decoded = decode(message);
    const lane = this.options.pipelined ? `${holding.partition}/${offset}` : (message.key?.toString('utf8') ?? '');
    const task: Task =
      decoded.kind === 'message'
        ? { holding, offset, message: decoded.message, reason: '' }
        : { holding, offset, message: undefined, reason: decoded.reason };
    this.#lanes.push(lane, task);
  }

  async #handle(task: Task): Promise<void> {
    if (task.message) {
      await this.handler(task.message);
      return;
    }
    const place = `${task.holding.partition}/${task.offset}`;
    const unreadable = { topic: this.topic, group: this.group, place, reason: task.reason };
    this.settings.report({ kind: 'unreadable', ...unreadable });
    await this.options.onUnreadable?.(unreadable);
  }

  #done({ holding, offset }: Task): void {
    holding.progress.done(offset);
    this.#commitSoon();
    this.#balance();
  }

  #failed({ message, holding, offset }: Task, attempt: number, error: unknown): void {
    const { topic, group } = this;
    const key = message?.key ?? '';
    const id = message?.event.id ?? `${holding.partition}/${offset}`;
    this.settings.report({ kind: 'handler-failed', topic, group, key, id, attempt, error });
  }

  /** Stops fetching while too much is taken up, and begins again at half of that. */
  #balance(): void {
    const { spanMax } = this.settings.limits;
    const span = this.#assignment.span;
    const pause = this.#stopped || span >= spanMax || (this.#paused && span > spanMax / 2);
    if (pause === this.#paused) return;
    try {
      if (pause) this.#consumer?.pause([{ topic: this.topic }]);
      else this.#consumer?.resume([{ topic: this.topic }]);
      this.#paused = pause;
    } catch (error) {
      // The consumer is just ending itself; its successor is told anew.
      this.#broken('pausing', error);
    }
  }

  #commitSoon(): void {
    if (this.#stopped) return;
    this.#commitTimer ??= this.settings.timers.after(this.settings.limits.commitEveryMs, () => {
      this.#commitTimer = undefined;
      void this.#commit();
    });
  }

  /** Commits what is done, one request at a time. A failure is reported and made good by the next commit. */
  async #commit(): Promise<void> {
    await this.#committing;
    this.#committing = this.#commitMoved().catch((error: unknown) => this.#broken('committing', error));
    await this.#committing;
  }

  async #commitMoved(): Promise<void> {
    const moved = this.#assignment.uncommitted();
    if (moved.length === 0 || !this.#consumer) return;
    await this.#consumer.commitOffsets(
      moved.map(({ holding, place }) => ({
        topic: this.topic,
        partition: holding.partition,
        offset: place.toString(),
      })),
    );
    for (const { holding, place } of moved) holding.committed = place;
  }

  /** The consumer has ended itself: what it held is lost, and a new one takes its place. */
  #crashed(consumer: Consumer, error: unknown): void {
    if (this.#consumer !== consumer) return;
    this.#consumer = undefined;
    this.#paused = false;
    this.#assignment.joined('', []);
    this.#lanes.prune();
    this.#restart(error);
  }

  /** Begins again after a pause, which grows as long as nothing is fetched in between. */
  #restart(error: unknown): void {
    this.#broken('consuming', error);
    if (this.#stopped) return;
    this.#crashes += 1;
    this.#restartTimer = this.settings.timers.after(pauseAfter(this.settings.backoff, this.#crashes), () => {
      this.start().catch((failure: unknown) => this.#restart(failure));
    });
  }

  #broken(what: string, error: unknown): void {
    this.settings.report({ kind: 'broken', what: `${what} ${this.topic} as ${this.group}`, error });
  }
}
