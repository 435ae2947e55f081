import type { Message, Producer } from 'kafkajs';
import { BusError, type BusMessage } from '../../bus';
import { encode } from './message';
import type { KafkaLimits } from './settings';

interface Waiting {
  readonly messages: readonly (Message & { value: string })[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Cuts messages into runs that fit into one request each; a message larger than that travels alone. */
export const runsOf = <M extends { value: string }>(
  messages: readonly M[],
  limits: Pick<KafkaLimits, 'batchBytesMax' | 'batchMessagesMax'>,
): M[][] => {
  const runs: M[][] = [];
  let run: M[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value);
    if (run.length > 0 && (run.length >= limits.batchMessagesMax || bytes + size > limits.batchBytesMax)) {
      runs.push(run);
      run = [];
      bytes = 0;
    }
    run.push(message);
    bytes += size;
  }
  if (run.length > 0) runs.push(run);
  return runs;
};

/**
 * Sends to one topic, one request at a time so that a retried request cannot overtake its successor; what is given
 * meanwhile goes together in the next one.
 */
export class TopicPublisher {
  readonly #waiting: Waiting[] = [];
  #sending = false;

  constructor(
    private readonly topic: string,
    private readonly producer: () => Promise<Producer>,
    private readonly limits: KafkaLimits,
  ) {}

  publish(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ messages: messages.map(encode), resolve, reject });
      if (!this.#sending) void this.#send();
    });
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0);
      try {
        const producer = await this.producer();
        const messages = together.flatMap((waiting) => waiting.messages);
        for (const run of runsOf(messages, this.limits)) {
          await producer.send({ topic: this.topic, acks: -1, messages: run, timeout: this.limits.requestTimeoutMs });
        }
        for (const waiting of together) waiting.resolve();
      } catch (cause) {
        const error = new BusError(`messages could not be published to ${this.topic}`, { cause });
        for (const waiting of together) waiting.reject(error);
      }
    }
    this.#sending = false;
  }
}
