import type { ExpectedRevision, NewEvent } from '../../event-store';

/** A stream as far as an append needs to know it. Revisions are plain numbers here, and -1 says "no events yet". */
export interface StreamTail {
  readonly last: number;
  /** Ids of the events at these revisions (both inclusive), in order, as far as there are any. */
  idsBetween(first: number, last: number): readonly string[];
  /** Where the stream holds this event, if it does. */
  revisionOf(id: string): number | undefined;
}

export type Verdict =
  | { readonly kind: 'write'; readonly first: number }
  | { readonly kind: 'repeated'; readonly last: number }
  | { readonly kind: 'conflict' };

/** Refuses what no caller may ask for. */
export const checkAppend = (expected: ExpectedRevision, events: readonly NewEvent[]): void => {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  if (typeof expected === 'bigint' && expected < 0n) throw new RangeError(`no revision is ${expected}`);
};

/**
 * Decides one append. No index over event ids is needed: with an expected revision, events appended before can only
 * lie right behind that revision. Only `any` has to look through the stream, so its price grows with the stream.
 */
export const judge = (expected: ExpectedRevision, events: readonly NewEvent[], stream: StreamTail): Verdict => {
  const first = placeOf(expected, events, stream);
  if (first === stream.last + 1) return { kind: 'write', first };
  const last = first + events.length - 1;
  const there = stream.idsBetween(first, last);
  return events.every(({ id }, index) => id === there[index]) ? { kind: 'repeated', last } : { kind: 'conflict' };
};

/** Revision the first of the events has, or would have. */
const placeOf = (expected: ExpectedRevision, events: readonly NewEvent[], stream: StreamTail): number => {
  switch (expected) {
    case 'none':
      return 0;
    case 'any': {
      const [head] = events;
      const found = head === undefined || stream.last < 0 ? undefined : stream.revisionOf(head.id);
      return found ?? stream.last + 1;
    }
    default:
      return Number(expected) + 1;
  }
};
