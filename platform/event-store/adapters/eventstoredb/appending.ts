import {
  type AppendResult,
  EventStoreError,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
  type StreamName,
} from '../../event-store';
import type { AppendAnswer, ClientDialect, ProposedEvent } from './dialect';
import { jsonOf } from './event-text';
import type { Horizon } from './horizon';
import type { LogReading } from './log-reading';
import type { Patience } from './patience';
import { storedEvent } from './stream-reading';

const proposed = ({ id, type, data, meta }: NewEvent): ProposedEvent => ({
  id,
  type,
  data: jsonOf(data),
  metadata: jsonOf(meta),
});

/** Revision of the first event, where the expectation says it. */
const firstOf = (expected: ExpectedRevision): bigint | undefined => {
  if (expected === 'any') return undefined;
  return expected === 'none' ? 0n : expected + 1n;
};

/**
 * Appends. The server says yes in the same words whether it wrote the events or had them already, and an answer that
 * was lost leaves open which; so the last event is read back. If it is not, word for word, what was to be written, or
 * lies before what this process knew of the log, the append is a repeated one. What stays untold is an append of the
 * very same texts, done by another process a moment ago: then it makes no difference.
 */
export class Appending {
  constructor(
    private readonly client: ClientDialect,
    private readonly patience: Patience,
    private readonly horizon: Horizon,
    private readonly log: LogReading,
  ) {}

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    await this.horizon.settle(() => this.log.head());
    const { reach } = this.horizon;
    try {
      const answer = await this.#send(stream, expected, events);
      if (answer.kind === 'conflict') return await this.#conflict(answer, stream, expected, events);
      const [last] = await this.#read(stream, answer.revision, 1);
      if (last?.id !== events.at(-1)?.id || last === undefined) {
        throw new EventStoreError(`${stream}: what was appended at revision ${answer.revision} is not there`);
      }
      return this.#appended(last, last.position <= reach || !sameText(last, events.at(-1)));
    } catch (error) {
      this.horizon.doubt();
      throw error;
    }
  }

  #send(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendAnswer> {
    const proposals = events.map(proposed);
    const { deadlineMs } = this.patience.settings;
    return this.patience.persist(`appending to ${stream}`, () =>
      this.client.append(stream, expected, proposals, deadlineMs),
    );
  }

  /** A conflict with the very same events is none: they are there. Servers see that themselves, as a rule. */
  async #conflict(
    conflict: Extract<AppendAnswer, { kind: 'conflict' }>,
    stream: StreamName,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const first = firstOf(expected);
    const { actual } = conflict;
    if (first === undefined || actual === 'none' || actual < first + BigInt(events.length) - 1n) return conflict;
    const there = await this.#read(stream, first, events.length);
    const last = there.at(-1);
    const same = there.length === events.length && events.every(({ id }, index) => there[index]?.id === id);
    return same && last ? this.#appended(last, true) : conflict;
  }

  async #read(stream: StreamName, from: bigint, count: number): Promise<readonly StoredEvent[]> {
    const read = { stream, from, backwards: false, count };
    const events = await this.patience.persist(`reading back ${stream}`, (signal) =>
      this.client.readStream(read, signal),
    );
    return events.map(storedEvent);
  }

  #appended({ revision, position }: StoredEvent, repeated: boolean): AppendResult {
    this.horizon.saw(position);
    return { kind: 'appended', revision, position, repeated };
  }
}

const sameText = (stored: StoredEvent, event: NewEvent | undefined): boolean =>
  stored.type === event?.type && stored.data === event.data && stored.meta === event.meta;
