import type { EventShape, LogPage } from '../event-log';
import type { Position } from '../event-store';

/**
 * Where projections and sagas get their events from. The log feed hands them out in log order; a bus feed hands out
 * what its consumer group was given, in order per key.
 */
export interface EventFeed<E extends EventShape> {
  /**
   * Pages of events after a position, then new ones as they come, until the signal aborts; the iteration then ends
   * without an error. A feed that loses its source tries again by itself.
   */
  subscribe(options: FeedOptions): AsyncIterable<FeedPage<E>>;
  /** Position of the last event of the log, or START: what readers have still to come to. */
  head(): Promise<Position>;
  /** Several processes divide the events among them: what one of them parked, the others must look up. */
  readonly shared: boolean;
}

export interface FeedOptions {
  /** A feed that keeps its own account of what is settled (a consumer group) does not need it. */
  readonly after: Position;
  readonly signal: AbortSignal;
  /** What lies behind is read alone, restricted to these categories. Other events may come all the same. */
  readonly categories?: readonly string[];
}

export interface FeedPage<E extends EventShape> extends LogPage<E> {
  /** Told once everything of the page is finished or parked, durably. For feeds that acknowledge. */
  readonly settled?: () => void;
}
