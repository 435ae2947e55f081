import { hash } from 'node:crypto';
import type { Position, StoredEvent, StreamName } from '../event-store';
import { hasLoneSurrogate, quoted } from './canonical-json';
import { NO_EVENTS } from './event-log';
import { contextText, readMeta, unhashedMetaText } from './meta';

/** An event as the chain sees it: texts as they are stored. */
export interface ChainedEvent {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly type: string;
  /** Canonical JSON of the data as stored, that is sealed. */
  readonly data: string;
  /** Canonical JSON of the meta data without `hash`; its `previousHash` is the link. */
  readonly unhashedMeta: string;
}

/**
 * SHA-256 over the canonical JSON of `{data, id, meta, revision, stream, type}`, in hex: `revision` as decimal text,
 * `meta` without its `hash`. The parts are canonical already, so the whole is put together from them.
 */
export const chainHash = (event: ChainedEvent): string => hash('sha256', chainText(event), 'hex');

const chainText = ({ data, id, unhashedMeta, revision, stream, type }: ChainedEvent): string =>
  `{"data":${data},"id":${quoted(id)},"meta":${unhashedMeta},"revision":"${revision}",` +
  `"stream":${quoted(stream)},"type":${quoted(type)}}`;

export type ChainFaultKind =
  /** Its revision does not follow the one before: an event is missing, doubled or out of place. */
  | 'revision'
  /** Its meta data cannot be what was written. */
  | 'meta'
  /** It does not link to the event before it. */
  | 'link'
  /** Id, stream, revision, type, data or meta data are not what was hashed. */
  | 'hash'
  /** Its position does not lie after the one before it in the log. */
  | 'position'
  /** Its stream has an event of this id already. */
  | 'event-id';

/** The first thing about an event that does not hold. */
export interface ChainFault {
  readonly kind: ChainFaultKind;
  readonly stream: StreamName;
  readonly revision: bigint;
  readonly position: Position;
  readonly eventId: string;
  /** A sentence about the event, without its content. */
  readonly detail: string;
}

/** Where a chain has got to. Without a hash when the last event's could not be read: the next link cannot be judged. */
export interface ChainEnd {
  readonly next: bigint;
  readonly hash: string | undefined;
}

export const CHAIN_START: ChainEnd = { next: 0n, hash: NO_EVENTS.hash };

export const faultOf = (event: StoredEvent, kind: ChainFaultKind, detail: string): ChainFault => ({
  kind,
  stream: event.stream,
  revision: event.revision,
  position: event.position,
  eventId: event.id,
  detail,
});

/**
 * Checks one event against the chain so far. The chain goes on from what the event says of itself, so that one fault
 * is told once and not of every event after it.
 */
export const checkLink = (
  end: ChainEnd,
  event: StoredEvent,
): { readonly end: ChainEnd; readonly fault?: ChainFault } => {
  const read = readMeta(event.meta);
  const next = { next: event.revision + 1n, hash: 'meta' in read ? read.meta.hash : undefined };
  const broken = (kind: ChainFaultKind, detail: string) => ({ end: next, fault: faultOf(event, kind, detail) });
  if (event.revision !== end.next)
    return broken('revision', `has revision ${event.revision} where ${end.next} follows`);
  if ('wrong' in read) return broken('meta', read.wrong);
  const { meta } = read;
  if (end.hash !== undefined && meta.previousHash !== end.hash) {
    return broken('link', `links to ${meta.previousHash} where the event before it has hash ${end.hash}`);
  }
  if (hashOf(event, unhashedMetaText(contextText(meta), meta)) !== meta.hash) {
    return broken('hash', `is not what was hashed: its id, type, data or meta data was changed`);
  }
  return { end: next };
};

/** The hash of a stored event, or undefined when it is not even text. */
const hashOf = (event: StoredEvent, unhashedMeta: string): string | undefined => {
  // UTF-8 would turn a lone surrogate into a replacement character, and hide that there was another.
  const texts = [event.id, event.stream, event.type, event.data];
  return texts.some(hasLoneSurrogate) ? undefined : chainHash({ ...event, unhashedMeta });
};

/**
 * Checks the events of one stream from its first. Undefined when every one holds, otherwise the first that does not.
 */
export const verifyChain = (events: Iterable<StoredEvent>): ChainFault | undefined => {
  let end = CHAIN_START;
  for (const event of events) {
    const checked = checkLink(end, event);
    if (checked.fault) return checked.fault;
    end = checked.end;
  }
  return undefined;
};
