import type { EventShape, RecordedEvent } from '../event-log';
import { categoryOf, type Position, START } from '../event-store';
import { type Put, put, type Versioned } from '../read-store';
import type { BuildSpecs } from './builds';
import { reasonOf } from './observer';
import type { Projection } from './projection';

/** A document whose fold failed: it stays as it was before that event until the projection is rebuilt. */
export interface ParkedDocument {
  readonly key: string;
  readonly event: { readonly id: string; readonly type: string; readonly position: Position };
  readonly reason: string;
  /** Later events of the same document that were not folded either. */
  readonly waiting: number;
}

interface Held<Doc extends object> {
  doc: Doc | undefined;
  position: Position;
}

/** Events with the documents they touch. */
export interface Touching<E extends EventShape> {
  readonly event: RecordedEvent<E>;
  readonly keys: readonly string[];
}

/**
 * The documents that a projection is working on: a bounded set of recent ones, with those that have changed since the
 * last commit. All in memory, all synchronous; reading and writing the store is the slot's business.
 */
export class WorkingSet<E extends EventShape> {
  private readonly held = new Map<string, Held<object>>();
  private readonly parked = new Map<string, Versioned<ParkedDocument>>();
  /** Documents with unwritten changes, and the last event that made one. */
  private readonly changed = new Map<string, RecordedEvent<E>>();
  private readonly changedParked = new Set<string>();

  constructor(
    private readonly projection: Projection<E, object>,
    private readonly specs: BuildSpecs,
    private readonly onParked: (parked: ParkedDocument) => void,
  ) {}

  /** The events of interest. One whose documents cannot be told is parked under its stream. */
  touching(events: readonly RecordedEvent<E>[]): readonly Touching<E>[] {
    const { categories, keys } = this.projection;
    const touching: Touching<E>[] = [];
    for (const event of events) {
      if (categories && !categories.includes(categoryOf(event.stream))) continue;
      try {
        const touched = keys(event);
        if (touched.length > 0) touching.push({ event, keys: touched });
      } catch (error) {
        this.park(event.stream, event, error);
      }
    }
    return touching;
  }

  /** Those of the documents that have to be read first. */
  missing(touching: readonly Touching<E>[]): readonly string[] {
    const missing = new Set<string>();
    for (const { keys } of touching) {
      for (const key of keys) {
        if (!this.held.has(key)) missing.add(key);
      }
    }
    return [...missing];
  }

  admit(keys: readonly string[], found: ReadonlyMap<string, Versioned<object>>): void {
    for (const key of keys) {
      const versioned = found.get(key);
      this.held.set(key, { doc: versioned?.doc, position: versioned?.position ?? START });
    }
  }

  admitParked(parked: Versioned<ParkedDocument>): void {
    this.parked.set(parked.doc.key, parked);
  }

  /** Folds an event into a document that is held. An event at or before the document's position is in it already. */
  fold(event: RecordedEvent<E>, key: string): void {
    const held = this.held.get(key);
    if (held === undefined) throw new Error(`${this.specs.documents.name}: ${key} is folded before it was read`);
    const parked = this.parked.get(key);
    if (parked !== undefined && event.position >= parked.doc.event.position) {
      this.wait(parked, event);
      return;
    }
    if (event.position <= held.position) return;
    try {
      const doc = this.projection.fold(held.doc, event, key);
      if (doc === held.doc) return;
      held.doc = doc;
      held.position = event.position;
      this.changed.set(key, event);
    } catch (error) {
      this.park(key, event, error);
    }
  }

  /** How many documents are parked. */
  get parkedCount(): number {
    return this.parked.size;
  }

  get changes(): number {
    return this.changed.size + this.changedParked.size;
  }

  /** What has changed since the last time, ready to be written, and the keys of those documents. */
  takeChanges(): { readonly puts: readonly Put[]; readonly keys: readonly string[] } {
    const puts: Put[] = [];
    const keys: string[] = [];
    for (const [key, event] of this.changed) {
      const held = this.held.get(key);
      if (held === undefined) continue;
      // Moves it to the end of those that are let go of.
      this.held.delete(key);
      this.held.set(key, held);
      try {
        puts.push(put(this.specs.documents, key, held.doc, held.position));
        keys.push(key);
      } catch (error) {
        // A document that no index can place is as much of a failure as a fold that throws.
        this.park(key, event, error);
      }
    }
    for (const key of this.changedParked) {
      const parked = this.parked.get(key);
      if (parked) puts.push(put(this.specs.parked, key, parked.doc, parked.position));
    }
    this.changed.clear();
    this.changedParked.clear();
    return { puts, keys };
  }

  /** Lets go of the documents that were touched longest ago. Only right after a commit, when nothing is unwritten. */
  trim(most: number): void {
    let excess = this.held.size - most;
    for (const key of this.held.keys()) {
      if (excess <= 0) return;
      this.held.delete(key);
      excess -= 1;
    }
  }

  private park(key: string, event: RecordedEvent<E>, error: unknown): void {
    const before = this.parked.get(key);
    if (before !== undefined) {
      this.wait(before, event);
      return;
    }
    const { id, type, position } = event;
    const doc: ParkedDocument = { key, event: { id, type, position }, reason: reasonOf(error), waiting: 0 };
    this.setParked({ doc, position });
    this.onParked(doc);
  }

  private wait({ doc, position }: Versioned<ParkedDocument>, event: RecordedEvent<E>): void {
    if (event.position <= position) return;
    this.setParked({ doc: { ...doc, waiting: doc.waiting + 1 }, position: event.position });
  }

  private setParked(parked: Versioned<ParkedDocument>): void {
    this.parked.set(parked.doc.key, parked);
    this.changedParked.add(parked.doc.key);
  }
}
