import type { NewEvent, Position, StoredEvent, StreamName } from '../event-store';
import type { SubjectKeys } from '../keys';
import { uuidV5 } from '../runtime';
import { canonicalJson } from './canonical-json';
import type { AppendContext, EventMeta, EventShape, RecordedEvent, StreamHead } from './event-log';
import type { EventData, EventRegistry, LoggedType } from './event-types';
import { flatText } from './flat-text';
import { chainHash } from './hash-chain';
import { checkedContext, contextText, metaText, schemaOf, unhashedMetaText } from './meta';
import { personalFieldsWith } from './personal-fields';
import { parsedData, Recorded, UnreadableEventError } from './recorded';

/** An event that must not be written: of an unknown type, or not of its type's shape. A bug, never a user's mistake. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

/**
 * The id of a command's n-th event on a stream: v5 of the command's id over stream and index, so that appending the
 * same command's events again is appending them once, and no two streams share an id even when one command writes both.
 */
export const eventIdOf = (commandId: string, stream: StreamName, index: number): string =>
  uuidV5(commandId, `${stream}/${index}`);

/** Events as they go into the store, with what they will be there. */
export interface Encoded {
  readonly events: readonly NewEvent[];
  readonly metas: readonly EventMeta[];
  /** What their data texts say. */
  readonly data: readonly EventData[];
}

export interface Codec<E extends EventShape> {
  /** Checks, seals, versions and chains events to the head of their stream. Throws {@link InvalidEventError}. */
  encode(stream: StreamName, head: StreamHead, events: readonly E[], context: AppendContext): Promise<Encoded>;
  /** Lifts a stored event to today's shape. Throws {@link UnreadableEventError}. */
  decode(stored: StoredEvent): RecordedEvent<E>;
  /** What was just written, as a reader will see it. */
  written(stream: StreamName, encoded: Encoded, first: bigint, position: Position): readonly RecordedEvent<E>[];
}

interface Draft {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: EventData;
}

interface KnownType extends LoggedType {
  readonly name: string;
  /** Fields to unseal before older data is lifted. */
  readonly everPersonal: readonly string[];
}

export const createCodec = <E extends EventShape>(registry: EventRegistry, keys: SubjectKeys): Codec<E> => {
  const types = new Map<string, KnownType>();
  for (const [name, type] of registry.types) types.set(name, knownType(name, type));
  const personal = personalFieldsWith(keys, registry.personal);

  const draft = (stream: StreamName, event: E, id: string): Draft => {
    const type = types.get(event.type);
    if (!type) throw new InvalidEventError(`${event.type} (for ${stream}) is not a declared event type`);
    const data = orInvalid(`${type.name} for ${stream} is not of its declared shape`, () => type.parse(event.data));
    return { id, type: type.name, schema: type.schema, data };
  };

  const sealed = async (stream: StreamName, plain: Draft): Promise<Draft> => {
    const type = types.get(plain.type);
    if (!type || type.personalFields.length === 0) return plain;
    return { ...plain, data: await personal.sealed({ stream, id: plain.id }, type, plain.data) };
  };

  const lifted = (stored: StoredEvent, type: KnownType, version: number, data: Record<string, unknown>): object => {
    try {
      personal.unseal(stored, type.everPersonal, data);
      const today = type.upcasters.slice(version - 1).reduce<EventData>((older, step) => step(older), data);
      return type.parse(today);
    } catch (cause) {
      throw new UnreadableEventError(stored, `could not be lifted from version ${version} to ${type.schema}`, {
        cause,
      });
    }
  };

  /** The data of an event; as text while there is nothing to be done with it but to parse it, or as it is known. */
  const dataOf = (stored: StoredEvent, type: KnownType, known: EventData | undefined): object | string => {
    const version = versionOf(stored);
    if (!(version <= type.schema)) {
      throw new UnreadableEventError(stored, `has version ${version} where ${type.schema} is the newest known`);
    }
    if (version === type.schema && type.personalFields.length === 0 && seemsObject(stored.data)) return stored.data;
    const data = known === undefined ? parsedData(stored, stored.data) : { ...known };
    if (version < type.schema) return lifted(stored, type, version, data);
    if (type.personalFields.length > 0) unseal(stored, type, data);
    return data;
  };

  const unseal = (stored: StoredEvent, type: KnownType, data: Record<string, unknown>): void => {
    try {
      personal.unseal(stored, type.personalFields, data);
    } catch (cause) {
      throw new UnreadableEventError(stored, 'has a personal field that is not sealed', { cause });
    }
  };

  const recorded = (stored: StoredEvent, meta: EventMeta | string, known?: EventData): RecordedEvent<E> => {
    const type = types.get(stored.type);
    if (!type) throw new UnreadableEventError(stored, 'is of a type that is not declared');
    // The one place where stored text becomes a typed fact: its type was looked up, its data is of that type's shape.
    return new Recorded(stored, type.name, dataOf(stored, type, known), meta) as unknown as RecordedEvent<E>;
  };

  return {
    encode: async (stream, head, events, given) => {
      const context = orInvalid(`the context of events for ${stream} is malformed`, () => checkedContext(given));
      const drafts = events.map((event, index) => draft(stream, event, eventIdOf(context.commandId, stream, index)));
      const hasPersonal = drafts.some(({ type }) => (types.get(type)?.personalFields.length ?? 0) > 0);
      const final = hasPersonal ? await Promise.all(drafts.map((each) => sealed(stream, each))) : drafts;
      return chained(stream, head, final, context);
    },
    decode: (stored) => recorded(stored, stored.meta),
    written: (stream, { events, metas, data: known }, first, position) =>
      events.map((event, index) => {
        const { id, type, data, meta } = event;
        const stored = { id, stream, revision: first + BigInt(index), position, type, data, meta };
        return recorded(stored, metas[index] ?? event.meta, known[index]);
      }),
  };
};

const knownType = (name: string, type: LoggedType): KnownType => {
  const { schema, upcasters, personalFields, formerPersonalFields } = type;
  if (upcasters.length !== schema - 1) {
    throw new InvalidEventError(`${name} is at version ${schema} and has ${upcasters.length} upcasters`);
  }
  return {
    name,
    schema,
    upcasters,
    personalFields,
    formerPersonalFields,
    everPersonal: [...personalFields, ...formerPersonalFields],
    parse: (data) => type.parse(data),
    subjectOf: (stream, data) => type.subjectOf(stream, data),
  };
};

/** A mistake found while writing, told of the event at hand. */
const orInvalid = <Result>(what: string, work: () => Result): Result => {
  try {
    return work();
  } catch (cause) {
    throw new InvalidEventError(what, { cause });
  }
};

const versionOf = (stored: StoredEvent): number => {
  try {
    return schemaOf(stored.meta);
  } catch (cause) {
    throw new UnreadableEventError(stored, 'has meta data that is not JSON', { cause });
  }
};

/** Whether a text can only be a JSON object, or broken in its middle: looked at without reading all of it. */
const seemsObject = (text: string): boolean => text.startsWith('{') && text.length > 1 && text.endsWith('}');

const chained = (stream: StreamName, head: StreamHead, drafts: readonly Draft[], context: AppendContext): Encoded => {
  const { businessDate, commandId, fingerprint, correlationId, causationId, actor, bookedAt } = context;
  const saidText = contextText(context);
  let revision = head.revision === 'none' ? 0n : head.revision + 1n;
  let previousHash = head.hash;
  const events: NewEvent[] = [];
  const metas: EventMeta[] = [];
  for (const draft of drafts) {
    const { id, type, schema } = draft;
    const valueDate = valueDateOf(draft, businessDate);
    const parts = { schema, valueDate, previousHash };
    const data = orInvalid(`${type} for ${stream} is not plain data`, () => flatText(canonicalJson(draft.data)));
    const hash = chainHash({ id, stream, revision, type, data, unhashedMeta: unhashedMetaText(saidText, parts) });
    events.push({ id, type, data, meta: metaText(saidText, parts, hash) });
    // Member by member, as above and below: for objects of this size a spread takes longer than the hash.
    metas.push({
      schema,
      commandId,
      fingerprint,
      correlationId,
      causationId,
      actor,
      valueDate,
      bookedAt,
      hash,
      previousHash,
    });
    previousHash = hash;
    revision += 1n;
  }
  return { events, metas, data: drafts.map(({ data }) => data) };
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const valueDateOf = ({ data, type }: Draft, businessDate: string): string => {
  const own = data['valueDate'];
  if (own === undefined) return businessDate;
  if (typeof own !== 'string' || !DATE.test(own)) throw new InvalidEventError(`${type} has no day as its valueDate`);
  return own;
};
