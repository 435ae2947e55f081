import type { EventShape, RecordedEvent } from '../event-log';
import { categoryOf, type Position, START } from '../event-store';
import { type Put, put, type Versioned } from '../read-store';
import type { BuildSpecs, ParkedDocument } from './builds';
import { reasonOf } from './observer';
import type { Projection } from './projection';

/** A document, or that there is none. */
interface Kept<Doc extends object> {
  readonly doc: Doc | undefined;
  readonly position: Position;
}

interface Held<Doc extends object> {
  doc: Doc | undefined;
  position: Position;
  /** As it was last written, while there are unwritten changes. */
  before: Kept<Doc> | undefined;
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
  /** Documents with unwritten changes. */
  private readonly changed = new Set<string>();
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
        this.parkAt(event.stream, event, error);
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
      this.held.set(key, { doc: versioned?.doc, position: versioned?.position ?? START, before: undefined });
    }
  }

  admitParked(parked: Versioned<ParkedDocument>): void {
    this.parked.set(parked.doc.key, parked);
  }

  /** Folds an event into a document that is held. An event at or before the document's position is in it already. */
  fold(event: RecordedEvent<E>, key: string): void {
    const held = this.held.get(key);
    if (held === undefined) throw new Error(`${this.specs.documents.name}: ${key} is folded before it was read`);
    const parked = this.parked.size === 0 ? undefined : this.parked.get(key);
    if (parked !== undefined && event.position >= parked.doc.position) {
      this.wait(parked, event);
      return;
    }
    if (event.position <= held.position) return;
    try {
      const doc = this.projection.fold(held.doc, event, key);
      if (doc === held.doc) return;
      held.before ??= { doc: held.doc, position: held.position };
      held.doc = doc;
      held.position = event.position;
      this.changed.add(key);
    } catch (error) {
      this.parkAt(key, event, error);
    }
  }

  /** How many documents are parked. */
  get parkedCount(): number {
    return this.parked.size;
  }

  get changes(): number {
    return this.changed.size + this.changedParked.size;
  }

  /** Keys of the documents with unwritten changes: those that are to stay, and those that are to go. */
  changedKeys(): { readonly kept: readonly string[]; readonly deleted: readonly string[] } {
    const kept: string[] = [];
    const deleted: string[] = [];
    for (const key of this.changed) (this.held.get(key)?.doc === undefined ? deleted : kept).push(key);
    return { kept, deleted };
  }

  /** What is to be written of these documents. One that no index can place is parked as if its fold had failed. */
  puts(keys: readonly string[]): readonly Put[] {
    const puts: Put[] = [];
    for (const key of keys) {
      const held = this.held.get(key);
      if (held === undefined) continue;
      // Moves it to the end of those that are let go of.
      this.held.delete(key);
      this.held.set(key, held);
      try {
        puts.push(put(this.specs.documents, key, held.doc, held.position));
      } catch (error) {
        this.park(key, held.position, error);
        Object.assign(held, held.before);
      }
    }
    return puts;
  }

  /** What is to be written about parked documents. */
  parkedPuts(): readonly Put[] {
    return [...this.changedParked].flatMap((key) => {
      const parked = this.parked.get(key);
      return parked === undefined ? [] : [put(this.specs.parked, key, parked.doc, parked.position)];
    });
  }

  /** All changes have been written. */
  written(): void {
    for (const key of this.changed) {
      const held = this.held.get(key);
      if (held) held.before = undefined;
    }
    this.changed.clear();
    this.changedParked.clear();
  }

  /** A document as it was last written, without reading it; undefined when it is not held. */
  asWritten(key: string): Kept<object> | undefined {
    const held = this.held.get(key);
    return held?.before ?? held;
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

  /** Lets go of all: others may write them from now on. What was not written is lost, and will be folded again. */
  forget(): void {
    this.held.clear();
    this.changed.clear();
  }

  private parkAt(key: string, event: RecordedEvent<E>, error: unknown): void {
    const before = this.parked.get(key);
    if (before === undefined) this.park(key, event.position, error, event);
    else this.wait(before, event);
  }

  private park(key: string, position: Position, error: unknown, event?: RecordedEvent<E>): void {
    const of = event && { event: { id: event.id, type: event.type } };
    const doc: ParkedDocument = { key, position, ...of, reason: reasonOf(error), waiting: 0 };
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
