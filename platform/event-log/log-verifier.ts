import type { EventStore, Position, StoredEvent, StreamName } from '../event-store';
import { START } from '../event-store';
import { CHAIN_START, type ChainEnd, type ChainFault, checkLink, faultOf } from './hash-chain';
import { SeenIds } from './seen-ids';

/** The first event of a stream that does not hold, or undefined when every one does. */
export const verifyStream = async (store: EventStore, stream: StreamName): Promise<ChainFault | undefined> => {
  const ids = new Set<string>();
  let end = CHAIN_START;
  for await (const page of store.readStream(stream)) {
    for (const event of page) {
      const checked = checkLink(end, event);
      if (checked.fault) return checked.fault;
      if (ids.has(event.id)) return doubled(event);
      ids.add(event.id);
      end = checked.end;
    }
  }
  return undefined;
};

export type LogVerification =
  | { readonly kind: 'finding'; readonly fault: ChainFault }
  /** After every page, and at the end. */
  | { readonly kind: 'progress'; readonly events: number; readonly streams: number; readonly through: Position };

const doubled = (event: StoredEvent): ChainFault =>
  faultOf(event, 'event-id', 'has the id of an earlier event of its stream');

/**
 * Checks the whole log in log order: the chain of every stream, revisions without gap, positions that rise, ids that
 * are unique in their stream. Holds one hash per stream, and nothing per event.
 */
export async function* verifyLog(
  store: EventStore,
  options: { readonly signal?: AbortSignal } = {},
): AsyncIterable<LogVerification> {
  const ends = new Map<StreamName, ChainEnd>();
  const seen = new SeenIds();
  let position = START;
  let events = 0;
  for await (const page of store.readAll(options)) {
    for (const event of page.events) {
      const checked = checkLink(ends.get(event.stream) ?? CHAIN_START, event);
      ends.set(event.stream, checked.end);
      if (checked.fault) yield { kind: 'finding', fault: checked.fault };
      if (event.position <= position) {
        yield {
          kind: 'finding',
          fault: faultOf(event, 'position', `lies at ${event.position}, not after ${position}`),
        };
      }
      position = event.position;
      if (seen.maybeSeen(event.id) && (await isDoubled(store, event))) {
        yield { kind: 'finding', fault: doubled(event) };
      }
    }
    events += page.events.length;
    yield { kind: 'progress', events, streams: ends.size, through: page.through };
  }
}

/** Whether an earlier event of the same stream has the same id. */
const isDoubled = async (store: EventStore, event: StoredEvent): Promise<boolean> => {
  for await (const page of store.readStream(event.stream)) {
    for (const earlier of page) {
      if (earlier.position >= event.position) return false;
      if (earlier.id === event.id) return true;
    }
  }
  return false;
};
