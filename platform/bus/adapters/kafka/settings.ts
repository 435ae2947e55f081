import type { KafkaConfig } from 'kafkajs';
import { systemTimers, type Timers } from '../../../runtime';
import type { Report } from '../../bus';
import type { Backoff } from '../../lanes';

export interface KafkaBusOptions {
  /** `host:port` of some of the brokers. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /**
   * Of topics that the bus has to make itself. More partitions than members are needed for all members to have work.
   */
  readonly partitions?: number;
  /** Of topics that the bus has to make itself. Default: the broker's own. */
  readonly replicationFactor?: number;
  /** Messages in hand at a time, per subscription; of one key never more than one. */
  readonly concurrency?: number;
  /** Pauses before a message is handed again to a handler that threw. */
  readonly backoff?: Backoff;
  readonly limits?: Partial<KafkaLimits>;
  readonly timers?: Timers;
  readonly report?: Report;
}

/** Milliseconds, bytes and counts. */
export interface KafkaLimits {
  /** A member that is silent for so long loses its partitions. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How long the group waits for its members when partitions move. */
  readonly rebalanceTimeoutMs: number;
  /** How long the broker holds a fetch that finds nothing; also the longest that `stop` waits for one. */
  readonly maxWaitTimeMs: number;
  /** Places are committed so often at most: a crash repeats what was handled since. */
  readonly commitEveryMs: number;
  /** Messages beyond the committed place that a subscription takes up before it pauses fetching. */
  readonly spanMax: number;
  /** Tries of one request to the broker before it counts as failed, and the pauses between them. */
  readonly retry: { readonly initialRetryTime: number; readonly maxRetryTime: number; readonly retries: number };
  readonly requestTimeoutMs: number;
  readonly connectionTimeoutMs: number;
  /** One produce request carries at most so much. A broker takes 1 MiB a batch by default. */
  readonly batchBytesMax: number;
  readonly batchMessagesMax: number;
}

const LIMITS: KafkaLimits = {
  sessionTimeoutMs: 10_000,
  heartbeatIntervalMs: 1_000,
  rebalanceTimeoutMs: 10_000,
  maxWaitTimeMs: 100,
  commitEveryMs: 200,
  spanMax: 5_000,
  retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 6 },
  requestTimeoutMs: 15_000,
  connectionTimeoutMs: 5_000,
  batchBytesMax: 512 * 1024,
  batchMessagesMax: 1_000,
};

export interface Settings {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly concurrency: number;
  readonly backoff: Backoff;
  readonly limits: KafkaLimits;
  readonly timers: Timers;
  readonly report: Report;
}

export const settingsOf = (options: KafkaBusOptions): Settings => ({
  partitions: options.partitions ?? 12,
  replicationFactor: options.replicationFactor ?? -1,
  concurrency: options.concurrency ?? 32,
  backoff: options.backoff ?? { firstMs: 100, mostMs: 10_000 },
  limits: { ...LIMITS, ...options.limits },
  timers: options.timers ?? systemTimers,
  report: options.report ?? (() => undefined),
});
