import type { DomainEvent } from '../../domain/events';
import { canonicalJson, type RecordedEvent } from '../../platform/event-log';
import type { AnyProjection, ProjectionReader } from '../../platform/processing';

/** A read model folded anew in memory, to be held against the stored one. */
export class Rebuilt {
  readonly #documents = new Map<string, object>();

  constructor(readonly projection: AnyProjection<DomainEvent>) {}

  take(event: RecordedEvent<DomainEvent>): void {
    const { keys, fold } = this.projection;
    for (const key of keys(event)) {
      // A fold is given only the documents that it returned itself.
      const after = fold(this.#documents.get(key) as never, event, key);
      if (after === undefined) this.#documents.delete(key);
      else this.#documents.set(key, after);
    }
  }

  /** The first differences between this and what is stored, at most so many. */
  async differences(stored: ProjectionReader<object>, most: number): Promise<readonly string[]> {
    const found: string[] = [];
    const left = new Map(this.#documents);
    for await (const page of stored.scan()) {
      for (const { key, value } of page) {
        const mine = left.get(key);
        left.delete(key);
        if (mine === undefined) found.push(`${key} is stored, a rebuild does not have it`);
        else if (canonicalJson(mine) !== canonicalJson(value.doc)) found.push(`${key} differs from its rebuild`);
        if (found.length >= most) return found;
      }
    }
    for (const key of left.keys()) {
      if (found.length >= most) break;
      found.push(`${key} is missing, a rebuild has it`);
    }
    return found;
  }
}
