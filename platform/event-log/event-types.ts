import type { StreamName } from '../event-store';

/** The data of an event, whatever its type. */
export type EventData = Readonly<Record<string, unknown>>;

/** Lifts the data of one version to the next. Pure. */
export type Upcaster = (data: EventData) => EventData;

/** What the log must be told about an event type. It knows types by what they need, not by what they mean. */
export interface LoggedType {
  /** Version of the shape that is written today, from 1. */
  readonly schema: number;
  /** Data of today's shape, checked; throws when it is not. */
  parse(data: unknown): EventData;
  /** Steps from version 1 upwards, `schema - 1` of them. */
  readonly upcasters: readonly Upcaster[];
  /** Top-level fields that hold personal values. */
  readonly personalFields: readonly string[];
  /**
   * Names of personal fields of older versions which today's shape has no more; upcasters get them as personal values.
   */
  readonly formerPersonalFields: readonly string[];
  /** Whose data key seals the personal fields. */
  subjectOf(stream: StreamName, data: EventData): string;
}

/** How the domain holds personal values: the log seals what they reveal, and makes them from what it has sealed. */
export interface PersonalValues {
  seal(open: () => Promise<string | undefined>): unknown;
  reveal(value: unknown): Promise<string | undefined>;
}

export interface EventRegistry {
  readonly types: ReadonlyMap<string, LoggedType>;
  readonly personal: PersonalValues;
}
