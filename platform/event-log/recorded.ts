import type { Position, StreamName } from '../event-store';
import type { EventMeta } from './event-log';

/**
 * A fact read back. Its meta data stays text until somebody looks at it: a replay that folds data alone never parses
 * it. (Being a getter of the class, `meta` is not copied by a spread of the event.)
 */
export class Recorded {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly type: string;
  readonly data: object;
  #meta: EventMeta | string;

  constructor(
    from: { readonly id: string; readonly stream: StreamName; readonly revision: bigint; readonly position: Position },
    type: string,
    data: object,
    meta: EventMeta | string,
  ) {
    this.id = from.id;
    this.stream = from.stream;
    this.revision = from.revision;
    this.position = from.position;
    this.type = type;
    this.data = data;
    this.#meta = meta;
  }

  get meta(): EventMeta {
    // Written by this room alone; that it is as written is the verifier's business, not every reader's.
    if (typeof this.#meta === 'string') this.#meta = JSON.parse(this.#meta) as EventMeta;
    return this.#meta;
  }
}
