import { type DomainEvent, eventTypes } from '../domain/events';
import type { EventType } from '../domain/kernel';
import type { RecordedEvent } from '../platform/event-log';
import type { PublicEvent } from '../platform/relay';

/** Where public events go: everything that partners and other services may see, keyed by loan or application. */
export const PUBLIC_TOPIC = 'usance.events';

/** CloudEvents `source` of this house. */
export const SOURCE = 'urn:usance';

const DECLARED: Readonly<Record<string, EventType | undefined>> = eventTypes;

/** Whether an event type may leave the house. */
export const isPublic = (type: string): boolean => DECLARED[type]?.published !== undefined;

/** What the outside gets to see of an event; undefined when it stays in the house. */
export const toPublic = ({ type, data }: RecordedEvent<DomainEvent>): PublicEvent | undefined => {
  const published = DECLARED[type]?.published;
  // The log has validated the data against the schema that this declaration belongs to.
  return published ? { type, data: published(data as never) } : undefined;
};

/**
 * What an event is about: the application, which shares its key with its loan and its payout, or whatever else its
 * stream is. Events of one key keep their order on the bus.
 */
export const publicKeyOf = ({ stream, data }: RecordedEvent<DomainEvent>): string => {
  if ('applicationId' in data) return keyOf(data.applicationId);
  if ('loanId' in data) return keyOf(data.loanId);
  return keyOf(stream);
};

const keyOf = (id: string): string => id.slice(id.indexOf('-') + 1);
