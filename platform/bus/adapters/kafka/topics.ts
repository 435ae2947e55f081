import type { Admin } from 'kafkajs';
import type { Settings } from './settings';

/**
 * Makes sure that topics exist before they are used. Where making topics is not allowed or not known to the broker,
 * asking for the topic's metadata makes it, if the broker does that on its own; else the first use fails and says so.
 */
export class Topics {
  readonly #known = new Map<string, Promise<void>>();

  constructor(
    private readonly admin: () => Promise<Admin>,
    private readonly settings: Settings,
  ) {}

  ensure(topic: string): Promise<void> {
    const known = this.#known.get(topic);
    if (known) return known;
    const making = this.#make(topic);
    this.#known.set(topic, making);
    making.catch(() => this.#known.delete(topic));
    return making;
  }

  async #make(topic: string): Promise<void> {
    const { partitions: numPartitions, replicationFactor, limits } = this.settings;
    const admin = await this.admin();
    if ((await admin.listTopics()).includes(topic)) return;
    try {
      await admin.createTopics({
        topics: [{ topic, numPartitions, replicationFactor }],
        waitForLeaders: true,
        timeout: limits.requestTimeoutMs,
      });
    } catch (error) {
      this.settings.report({ kind: 'broken', what: `topic ${topic} could not be made by request`, error });
      await admin.fetchTopicMetadata({ topics: [topic] }).catch(() => undefined);
    }
  }
}
