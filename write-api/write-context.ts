import type { CommandBus, RoutingTable } from '../commands';
import type { BusinessDate } from '../domain/kernel';
import type { Clock } from '../platform/runtime';

/** What a value is indexed as; the same value under another purpose has another index. */
export type IndexPurpose = 'id-number' | 'phone' | 'card' | 'device' | 'ip';

/** What the routes of the way in need. */
export interface WriteContext {
  readonly bus: CommandBus;
  readonly clock: Clock;
  /** Keyed HMAC of an identifying value: equal values can be found, none can be read. */
  readonly blindIndex: (purpose: IndexPurpose, value: string) => string;
  /** SHA-256 of a text, hex. */
  readonly hash: (text: string) => string;
  /** The payment channels that repayments are debited through. */
  readonly channels: {
    /** The one that is used as long as none is enrolled. */
    readonly own: string;
    readonly routing: RoutingTable;
  };
  readonly today: () => BusinessDate;
}
