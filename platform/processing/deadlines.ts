import type { Position } from '../event-store';
import type { CollectionSpec, Put, ReadStore } from '../read-store';
import type { Deadline } from './saga';
import { allOf, justAfter, Staged } from './staged';

/** What is known of the deadline of one name, for one key of a saga. A closed one stays, to place later changes. */
type StoredDeadline =
  | { readonly state: 'pending'; readonly deadline: Deadline }
  | { readonly state: 'closed'; readonly id: string; readonly why: 'fired' | 'cancelled' | 'parked' };

export const DEADLINES: CollectionSpec<StoredDeadline> = {
  name: 'saga-deadlines',
  indexes: {
    due: (stored) => (stored.state === 'pending' ? [stored.deadline.saga, Date.parse(stored.deadline.at)] : undefined),
  },
};

/** When a saga's next deadline is due, whichever process runs the saga, in milliseconds since 1970. */
export const nextDeadline = async (store: ReadStore, saga: string): Promise<number | undefined> => {
  const { items } = await store.query(DEADLINES, { index: 'due', equals: [saga], limit: 1 });
  const [first] = items.map(({ doc }) => doc);
  return first?.state === 'pending' ? Date.parse(first.deadline.at) : undefined;
};

/**
 * When a change was made, in the order of its key's events. After a crash a saga is given events again that it has
 * reacted to already: what an event says is dropped when the same or a later one has spoken. What a fired deadline
 * says is always new; it counts as said right after the last of the key's events before it.
 */
export interface Said {
  readonly by: 'event' | 'deadline';
  readonly at: Position;
}

/** The deadlines of one saga. Changes are staged; the runner writes them together with its checkpoint. */
export class DeadlineBook {
  private readonly staged: Staged<StoredDeadline>;

  constructor(
    private readonly saga: string,
    private readonly store: ReadStore,
    alone: boolean,
  ) {
    this.staged = new Staged(store, DEADLINES, alone);
  }

  set(deadline: Deadline, said: Said): Promise<void> {
    return this.change(deadline, said, () => ({ state: 'pending', deadline }));
  }

  cancel(of: { readonly key: string; readonly name: string }, said: Said): Promise<void> {
    return this.change(of, said, (present) =>
      present?.state === 'pending' ? { state: 'closed', id: present.deadline.id, why: 'cancelled' } : present,
    );
  }

  /** It has been handled or parked. If it was set anew meanwhile, the new one stays. */
  close(deadline: Deadline, why: 'fired' | 'parked', said: Said): Promise<void> {
    return this.change(deadline, said, (present) =>
      present?.state === 'pending' && present.deadline.id === deadline.id
        ? { state: 'closed', id: deadline.id, why }
        : present,
    );
  }

  /** Whether it has neither been handled, nor cancelled, nor replaced. */
  async inForce(deadline: Deadline): Promise<boolean> {
    const present = (await this.staged.get(this.address(deadline)))?.doc;
    return present?.state === 'pending' && present.deadline.id === deadline.id;
  }

  /** Those due at an instant (milliseconds since 1970), in order of due time. Sees what has been written. */
  async *due(now: number): AsyncGenerator<Deadline> {
    const options = { index: 'due', equals: [this.saga], most: now };
    for await (const { key, doc, position } of allOf(this.store, DEADLINES, options)) {
      if (doc.state !== 'pending') continue;
      this.staged.saw(key, { doc, position });
      yield doc.deadline;
    }
  }

  /** When the next one falls due, in milliseconds since 1970. Sees what has been written. */
  nextDue(): Promise<number | undefined> {
    return nextDeadline(this.store, this.saga);
  }

  take(): { readonly puts: readonly Put[]; readonly written: () => void } {
    return this.staged.take();
  }

  private async change(
    of: { readonly key: string; readonly name: string },
    { by, at }: Said,
    to: (present: StoredDeadline | undefined) => StoredDeadline | undefined,
  ): Promise<void> {
    const address = this.address(of);
    const present = await this.staged.get(address);
    const last = present?.position ?? '';
    if (by === 'event' && last >= at) return;
    const next = to(present?.doc);
    if (next === undefined || next === present?.doc) return;
    this.staged.stage(address, next, by === 'event' ? at : justAfter(last > at ? last : at));
  }

  private address({ key, name }: { readonly key: string; readonly name: string }): string {
    return `${this.saga}/${key}/${name}`;
  }
}
