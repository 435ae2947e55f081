import type { EventShape } from '../event-log';
import { type Position, START } from '../event-store';
import type { CollectionSpec, Put, ReadStore } from '../read-store';
import type { Cause, Parked } from './saga';
import { allOf, justAfter, Staged } from './staged';

interface StoredParked {
  readonly parked: Parked;
  /** Its place among those of its key, and of the saga. */
  readonly order: Position;
}

export const PARKED: CollectionSpec<StoredParked> = {
  name: 'saga-parked',
  indexes: {
    saga: ({ parked, order }) => [parked.saga, parked.state === 'skipped' ? 'skipped' : 'open', order],
    key: ({ parked, order }) => (parked.state === 'skipped' ? undefined : [parked.saga, parked.key, order]),
  },
};

/**
 * What a saga could not handle, with all that came later for the same key, in order. Changes are staged; the runner
 * writes them together with its checkpoint, so that everything before the checkpoint is either finished or here.
 */
export class ParkingLot<E extends EventShape> {
  private readonly staged: Staged<StoredParked>;
  /** Keys with something parked, and the place of the last of it. */
  private readonly keys = new Map<string, Position>();
  /** What lies here already: given again after a restart, it is not handled again. */
  private readonly ids = new Set<string>();

  constructor(
    private readonly saga: string,
    private readonly store: ReadStore,
  ) {
    this.staged = new Staged(store, PARKED, false);
  }

  /**
   * Learns what is parked: at the start, and whenever other processes may have parked something. Not to be called
   * while changes are being written.
   */
  async load(): Promise<void> {
    const written: StoredParked[] = [];
    for (const state of ['skipped', 'open']) {
      for await (const { doc } of allOf(this.store, PARKED, { index: 'saga', equals: [this.saga, state] }))
        written.push(doc);
    }
    this.keys.clear();
    for (const { parked, order } of [...written, ...this.staged.documents()]) {
      this.ids.add(parked.id);
      if (parked.state !== 'skipped') this.keys.set(parked.key, order);
    }
  }

  /** Whether something of this key is parked, so that what comes later has to wait. */
  blocks(key: string): boolean {
    return this.keys.has(key);
  }

  /** How many keys are held up. */
  get size(): number {
    return this.keys.size;
  }

  holds(cause: Cause<E>): boolean {
    return this.ids.has(this.idOf(cause));
  }

  park(cause: Cause<E>, key: string, why: Pick<Parked, 'state' | 'reason' | 'attempts' | 'since'>): Parked {
    const id = this.idOf(cause);
    const last = this.keys.get(key) ?? START;
    const order = cause.kind === 'event' && cause.event.position > last ? cause.event.position : justAfter(last);
    const parked: Parked = { id, saga: this.saga, key, cause: described(cause), ...why };
    this.staged.stage(id, { parked, order }, order);
    this.keys.set(key, order);
    this.ids.add(id);
    return parked;
  }

  /** The first of a key that is still to be handled. Sees what has been written. */
  async first(key: string): Promise<Parked | undefined> {
    const { items } = await this.store.query(PARKED, { index: 'key', equals: [this.saga, key], limit: 1 });
    return items[0]?.doc.parked;
  }

  async get(id: string): Promise<Parked | undefined> {
    return (await this.staged.get(id))?.doc?.parked;
  }

  /** Changes what is said about a parked one; undefined: it has been handled at last. */
  async update(id: string, change: Partial<Pick<Parked, 'state' | 'reason' | 'attempts'>> | undefined): Promise<void> {
    const present = await this.staged.get(id);
    if (present?.doc === undefined) return;
    const { parked, order } = present.doc;
    const doc = change === undefined ? undefined : { parked: { ...parked, ...change }, order };
    this.staged.stage(id, doc, justAfter(present.position));
  }

  /** Nothing of this key is parked any more. */
  release(key: string): void {
    this.keys.delete(key);
  }

  /** All that waits for an operator, oldest first. Sees what has been written. */
  async list(): Promise<readonly Parked[]> {
    const all: Parked[] = [];
    for await (const { doc } of allOf(this.store, PARKED, { index: 'saga', equals: [this.saga, 'open'] })) {
      all.push(doc.parked);
    }
    return all;
  }

  take(): { readonly puts: readonly Put[]; readonly written: () => void } {
    return this.staged.take();
  }

  private idOf(cause: Cause<E>): string {
    return parkedId(this.saga, cause.kind === 'event' ? cause.event.id : cause.deadline.id);
  }
}

/** Names a parked cause among those of all sagas. */
const parkedId = (saga: string, cause: string): string => `${saga}:${cause}`;
export const sagaOfParked = (id: string): string => id.slice(0, id.lastIndexOf(':'));

const described = <E extends EventShape>(cause: Cause<E>): Parked['cause'] => {
  if (cause.kind === 'deadline') return cause;
  const { id, type, stream, revision, position } = cause.event;
  return { kind: 'event', id, type, stream, revision: String(revision), position };
};
