import { z } from 'zod';
import {
  type AppendContext,
  createEventLog,
  type EventRegistry,
  type EventShape,
  type LoggedType,
  NO_EVENTS,
  type RecordedEvent,
  type Upcaster,
} from '../../platform/event-log';
import type { EventStore, NewEvent, StoredEvent, StreamName } from '../../platform/event-store';
import { MemoryEventStore } from '../../platform/event-store/adapters/memory';
import { masterKey, openSubjectKeys } from '../../platform/keys';
import { MemoryKeyStore } from '../../platform/keys/adapters/memory';
import { systemClock, uuidV5 } from '../../platform/runtime';

/** A personal value as some domain may hold it: closed, and opened by those who may. */
export class Secret {
  readonly #open: () => Promise<string | undefined>;

  constructor(open: () => Promise<string | undefined>) {
    this.#open = open;
  }

  static of(clear: string): Secret {
    return new Secret(async () => clear);
  }

  reveal(): Promise<string | undefined> {
    return this.#open();
  }
}

const secret = z.instanceof(Secret);

/** A small made-up world for the log to hold: notes, and people whose names are nobody's business. */
export type NoteEvent =
  | { readonly type: 'NoteTaken'; readonly data: { readonly content: unknown; readonly valueDate?: string } }
  | { readonly type: 'PersonNamed'; readonly data: { readonly name: Secret; readonly phone?: Secret } }
  | { readonly type: 'LetterSent'; readonly data: { readonly to: string; readonly address: Secret } };

/** A declared type; today's version of each is 1 unless a test says otherwise. */
export const loggedType = (shape: z.ZodObject, declared: Partial<LoggedType> = {}): LoggedType => ({
  schema: 1,
  parse: (data) => shape.parse(data),
  upcasters: [],
  personalFields: [],
  formerPersonalFields: [],
  subjectOf: (stream) => stream,
  ...declared,
});

const types: Readonly<Record<NoteEvent['type'], LoggedType>> = {
  NoteTaken: loggedType(z.strictObject({ content: z.unknown(), valueDate: z.string().optional() })),
  PersonNamed: loggedType(z.strictObject({ name: secret, phone: secret.optional() }), {
    personalFields: ['name', 'phone'],
  }),
  LetterSent: loggedType(z.strictObject({ to: z.string(), address: secret }), {
    personalFields: ['address'],
    subjectOf: (_, { to }) => String(to),
  }),
};

export const noteRegistry = (others: Readonly<Record<string, LoggedType>> = {}): EventRegistry => ({
  types: new Map(Object.entries({ ...types, ...others })),
  personal: {
    seal: (open) => new Secret(open),
    reveal: (value) => (value instanceof Secret ? value.reveal() : Promise.reject(new TypeError('not a secret'))),
  },
});

export const upcasters = (...steps: Upcaster[]): Partial<LoggedType> => ({
  schema: steps.length + 1,
  upcasters: steps,
});

const COMMANDS = '6f6e6520-6c6f-416e-a56e-6420746f2065';

export const contextOf = (command: string): AppendContext => ({
  commandId: uuidV5(COMMANDS, command),
  fingerprint: `request of ${command}`,
  correlationId: 'correlation-1',
  causationId: 'cause-1',
  actor: { kind: 'operator', id: 'op-1' },
  bookedAt: '2026-11-22T08:15:30.123Z',
  businessDate: '2026-11-22',
});

export interface NoteLogOptions {
  readonly store?: EventStore;
  readonly keyStore?: MemoryKeyStore;
  readonly others?: Readonly<Record<string, LoggedType>>;
}

/** A log of notes over a store in memory. */
export const openNoteLog = async <E extends EventShape = NoteEvent>(options: NoteLogOptions = {}) => {
  const store = options.store ?? new MemoryEventStore();
  const keyStore = options.keyStore ?? new MemoryKeyStore();
  const keys = await openSubjectKeys({ store: keyStore, master: masterKey([Buffer.alloc(32, 1)]), clock: systemClock });
  const log = createEventLog<E>({ store, registry: noteRegistry(options.others), keys });

  /** Appends at the end of the stream, one command after the other. */
  const write = async (stream: StreamName, ...batches: (readonly E[])[]): Promise<readonly RecordedEvent<E>[]> => {
    const written: RecordedEvent<E>[] = [];
    let head = NO_EVENTS;
    for await (const page of log.readStream(stream)) {
      for (const event of page) head = { revision: event.revision, hash: event.meta.hash };
    }
    for (const events of batches) {
      const result = await log.append(stream, head, events, contextOf(`${stream} after ${head.revision}`));
      if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}`);
      written.push(...result.events);
      head = result.head;
    }
    return written;
  };
  return { log, store, keys, keyStore, write };
};

export const readAllOf = async <Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
};

export const note = (content: unknown): NoteEvent => ({ type: 'NoteTaken', data: { content } });

export const named = (name: string, phone?: string): NoteEvent => ({
  type: 'PersonNamed',
  data: { name: Secret.of(name), ...(phone === undefined ? {} : { phone: Secret.of(phone) }) },
});

/** What a personal field of an event says. */
export const revealed = (event: { readonly data: object } | undefined, field: string): Promise<string | undefined> => {
  const value: unknown = event && new Map(Object.entries(event.data)).get(field);
  return value instanceof Secret ? value.reveal() : Promise.reject(new Error(`"${field}" is not personal`));
};

/** A store whose readers see what somebody has made of its events. */
export const tampered = (store: EventStore, change: (events: readonly StoredEvent[]) => StoredEvent[]): EventStore => ({
  append: (stream, expected, events) => store.append(stream, expected, events),
  readStream: async function* (stream, options) {
    yield change(await readAllOf(store.readStream(stream, options)));
  },
  readAll: async function* (options) {
    for await (const page of store.readAll(options)) yield { ...page, events: change(page.events) };
  },
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  close: () => store.close(),
});

/** Every text of an event that a store holds. */
export const textsOf = ({ id, type, data, meta }: NewEvent): string => [id, type, data, meta].join('\n');
