import type { EventShape, RecordedEvent } from '../event-log';
import type { CollectionSpec } from '../read-store';

/**
 * A read model: a pure fold of the log into documents. Documents are plain JSON (no `undefined` inside, no classes), so
 * that one read back folds on to the same bytes as one kept in memory.
 */
export interface Projection<E extends EventShape, Doc extends object> {
  readonly name: string;
  /** Raised when documents or fold change: the new version is built beside the old one, then takes its place. */
  readonly version: number;
  readonly indexes: CollectionSpec<Doc>['indexes'];
  /** Streams of other categories are of no interest. Default: all are. */
  readonly categories?: readonly string[];
  /** The documents an event touches; none when it is of no interest. */
  readonly keys: (event: RecordedEvent<E>) => readonly string[];
  /** The document after the event; undefined when there is none (any more). The same object: nothing has changed. */
  readonly fold: (doc: Doc | undefined, event: RecordedEvent<E>, key: string) => Doc | undefined;
}

/** Any projection of these events, whatever its documents are. */
export interface AnyProjection<E extends EventShape> extends Omit<Projection<E, object>, 'indexes' | 'fold'> {
  readonly indexes: CollectionSpec<never>['indexes'];
  readonly fold: (doc: never, event: RecordedEvent<E>, key: string) => object | undefined;
}
