import { type Invariant, nothingUnfinished } from './invariant';

/** Streams whose facts are never booked. */
const UNBOOKED = /^(?:ledger|product|policy|borrower|identity|application)-/;

export const everyEntryHasACause: Invariant = {
  id: 'I-07',
  statement: 'Every movement in the books follows a fact on record, which follows a command of somebody',
  check: () => {
    const facts = new Map<string, string>();
    return {
      see: (fact) => {
        const { commandId, actor } = fact.meta;
        if (commandId === '' || actor.id === '') return `${fact.type} is nobody’s doing`;
        if (fact.type !== 'EntryPosted') {
          if (!UNBOOKED.test(fact.stream)) facts.set(fact.id, fact.stream);
          return undefined;
        }
        const { eventId, stream } = fact.data.cause;
        const caused = facts.get(eventId);
        // It is booked once: nothing else will ask for it.
        facts.delete(eventId);
        return caused === stream ? undefined : `${fact.data.entryId} is caused by nothing that is on record`;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const commandsTakeEffectOnce: Invariant = {
  id: 'I-27',
  statement: 'A command takes effect on a stream once, as one thing, whatever it was sent again with',
  check: () => {
    const last = new Map<string, { readonly commandId: string; readonly fingerprint: string }>();
    const earlier = new Set<string>();
    return {
      see: ({ stream, meta: { commandId, fingerprint } }) => {
        const before = last.get(stream);
        if (before?.commandId === commandId) {
          return before.fingerprint === fingerprint ? undefined : `command ${commandId} is two different ones`;
        }
        if (before !== undefined) earlier.add(`${stream} ${before.commandId}`);
        last.set(stream, { commandId, fingerprint });
        return earlier.has(`${stream} ${commandId}`) ? `command ${commandId} takes effect twice` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const eventsAreInOrder: Invariant = {
  id: 'I-29',
  statement: 'No two events share an id, and positions never go back',
  check: () => {
    const ids = new Set<string>();
    let position = '';
    return {
      see: (fact) => {
        if (ids.has(fact.id)) return `${fact.id} is there twice`;
        ids.add(fact.id);
        const before = position;
        position = fact.position;
        return before > position ? `${position} after ${before}` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};
