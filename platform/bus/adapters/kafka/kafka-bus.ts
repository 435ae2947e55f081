import { type Admin, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { type Bus, BusError, type BusMessage, type Handler, type SubscribeOptions, type Subscription } from '../../bus';
import { TopicPublisher } from './publisher';
import { type KafkaBusOptions, type Settings, settingsOf } from './settings';
import { Subscriber } from './subscriber';
import { Topics } from './topics';

/** Where kafkajs tells of every single try to connect; what comes of them is reported where it was needed. */
const REPORTED_OTHERWISE: ReadonlySet<string> = new Set(['Connection', 'BrokerPool']);

/** A connection that is made when it is first needed, and again after making it failed. */
class Lazily<Connection extends { connect(): Promise<void>; disconnect(): Promise<void> }> {
  #open: Promise<Connection> | undefined;

  constructor(private readonly make: () => Connection) {}

  readonly get = (): Promise<Connection> => {
    this.#open ??= this.#connect();
    this.#open.catch(() => {
      this.#open = undefined;
    });
    return this.#open;
  };

  async close(): Promise<void> {
    const connection = await this.#open?.catch(() => undefined);
    await connection?.disconnect();
  }

  async #connect(): Promise<Connection> {
    const connection = this.make();
    await connection.connect();
    return connection;
  }
}

/**
 * The bus on Kafka, through kafkajs: acknowledged by all in-sync replicas, partitioned by the message key, places
 * committed by hand after handling.
 *
 * kafkajs works and is pure JavaScript, but nobody maintains it any more. Everything that knows it is in this folder;
 * the contract suite in `bus.contract.ts` is what a successor has to pass (Confluent's client offers the same API).
 */
export class KafkaBus implements Bus {
  readonly #settings: Settings;
  readonly #kafka: Kafka;
  readonly #admin: Lazily<Admin>;
  readonly #producer: Lazily<Producer>;
  readonly #topics: Topics;
  readonly #publishers = new Map<string, TopicPublisher>();
  readonly #subscribers = new Set<Subscriber>();
  #closed = false;

  constructor(options: KafkaBusOptions) {
    const settings = settingsOf(options);
    const { limits, report } = settings;
    this.#settings = settings;
    this.#kafka = new Kafka({
      brokers: [...options.brokers],
      clientId: options.clientId,
      ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
      ...(options.sasl === undefined ? {} : { sasl: options.sasl }),
      connectionTimeout: limits.connectionTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      retry: limits.retry,
      logLevel: logLevel.ERROR,
      logCreator:
        () =>
        ({ namespace, log }) => {
          if (!REPORTED_OTHERWISE.has(namespace)) {
            report({ kind: 'broken', what: `kafkajs, ${namespace}: ${log.message}`, error: undefined });
          }
        },
    });
    this.#admin = new Lazily(() => this.#kafka.admin());
    this.#producer = new Lazily(() =>
      this.#kafka.producer({ allowAutoTopicCreation: true, createPartitioner: Partitioners.DefaultPartitioner }),
    );
    this.#topics = new Topics(this.#admin.get, settings);
  }

  async publish(topic: string, messages: readonly BusMessage[]): Promise<void> {
    this.#assertOpen();
    await this.#publisher(topic).publish(messages);
  }

  async subscribe(
    topic: string,
    group: string,
    handler: Handler,
    options: SubscribeOptions = {},
  ): Promise<Subscription> {
    this.#assertOpen();
    const subscriber = new Subscriber(this.#kafka, topic, group, handler, options, this.#settings);
    this.#subscribers.add(subscriber);
    try {
      await this.#topics.ensure(topic);
      await subscriber.start();
    } catch (cause) {
      this.#subscribers.delete(subscriber);
      await subscriber.stop();
      throw new BusError(`cannot subscribe to ${topic} as ${group}`, { cause });
    }
    return {
      stop: async () => {
        await subscriber.stop();
        this.#subscribers.delete(subscriber);
      },
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber.stop()));
    await Promise.all([this.#producer.close(), this.#admin.close()]);
  }

  #publisher(topic: string): TopicPublisher {
    const known = this.#publishers.get(topic);
    if (known) return known;
    const ready = async (): Promise<Producer> => {
      await this.#topics.ensure(topic);
      return this.#producer.get();
    };
    const publisher = new TopicPublisher(topic, ready, this.#settings.limits);
    this.#publishers.set(topic, publisher);
    return publisher;
  }

  #assertOpen(): void {
    if (this.#closed) throw new BusError('the bus is closed');
  }
}
