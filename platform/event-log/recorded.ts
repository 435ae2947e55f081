import type { Position, StoredEvent, StreamName } from '../event-store';
import type { EventMeta } from './event-log';

/** A stored event that this version of the software cannot read: reading stops here, loudly. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';

  constructor(
    readonly event: Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position' | 'type'>,
    why: string,
    options?: ErrorOptions,
  ) {
    super(
      `${event.type} ${event.id} (${event.stream} revision ${event.revision}, position ${event.position}) ${why}`,
      options,
    );
  }
}

/** @throws UnreadableEventError */
export const parsedData = (event: UnreadableEventError['event'], text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
    return value as Record<string, unknown>;
  } catch (cause) {
    throw new UnreadableEventError(event, 'has data that is not a JSON object', { cause });
  }
};

/**
 * A fact read back. Its data and meta data stay text until somebody looks at them: whoever folds the facts of one kind
 * never parses those of another. (Being getters of the class, both are not copied by a spread of the event.)
 */
export class Recorded {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly type: string;
  #data: object | string;
  #meta: EventMeta | string;

  constructor(
    from: { readonly id: string; readonly stream: StreamName; readonly revision: bigint; readonly position: Position },
    type: string,
    data: object | string,
    meta: EventMeta | string,
  ) {
    this.id = from.id;
    this.stream = from.stream;
    this.revision = from.revision;
    this.position = from.position;
    this.type = type;
    this.#data = data;
    this.#meta = meta;
  }

  /** Throws {@link UnreadableEventError} when the text turns out to be none of JSON. */
  get data(): object {
    if (typeof this.#data === 'string') this.#data = parsedData(this, this.#data);
    return this.#data;
  }

  get meta(): EventMeta {
    // Written by this room alone; that it is as written is the verifier's business, not every reader's.
    if (typeof this.#meta === 'string') this.#meta = JSON.parse(this.#meta) as EventMeta;
    return this.#meta;
  }
}
