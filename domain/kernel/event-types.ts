import type { z } from 'zod';

/** One version step of a stored event's data, oldest to newest: what was written then, in today's shape. Pure. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** The declaration of one event type; its TypeScript type follows from the schema. */
export interface EventType<Data extends z.ZodType = z.ZodType> {
  /** The shape of the data. Plain JSON but for `personalSchema` fields. */
  readonly data: Data;
  /** Version of that shape, from 1. */
  readonly schema: number;
  /** Steps from version 1 upwards: `schema - 1` of them. Old facts keep their bytes; reading lifts them. */
  readonly upcasters?: readonly Upcaster[];
  /** Top-level fields marked personal are sealed under the key of the subject named by this field, or by the stream. */
  readonly subject?: 'stream' | { readonly field: string };
  /** Personal fields of older versions that today's shape has no more; upcasters get their values as `Personal`. */
  readonly formerPersonalFields?: readonly string[];
  /** What partners and other services get to see of it (a CloudEvent's data). Absent: the event stays in the house. */
  readonly published?: (data: z.infer<Data>) => Readonly<Record<string, unknown>>;
}

export type EventTypes = Readonly<Record<string, EventType>>;

/** The union of `{type, data}` that a set of declarations stands for. */
export type EventOf<Types extends EventTypes> = {
  readonly [Type in keyof Types & string]: {
    readonly type: Type;
    readonly data: Readonly<z.infer<Types[Type]['data']>>;
  };
}[keyof Types & string];

/** Declares one event type; exists so that `published` sees the type of its data. */
export const eventType = <Data extends z.ZodType>(declaration: EventType<Data>): EventType<Data> => declaration;
