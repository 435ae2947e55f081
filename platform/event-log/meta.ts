import { z } from 'zod';
import { canonicalJson, quoted } from './canonical-json';
import type { AppendContext, EventMeta } from './event-log';
import { flatText } from './flat-text';

const HASH = /^[0-9a-f]{64}$/;
/** One pattern for both bounds: every append is checked against six of these. */
const id = z.string().regex(/^[\s\S]{1,200}$/);

const contextFields = {
  commandId: id,
  fingerprint: id,
  correlationId: id,
  causationId: id,
  actor: z.strictObject({ kind: id, id }),
  bookedAt: z.iso.datetime({ precision: 3 }),
};

const appendContextSchema: z.ZodType<AppendContext> = z.object({ ...contextFields, businessDate: z.iso.date() });

const eventMetaSchema: z.ZodType<EventMeta> = z.strictObject({
  ...contextFields,
  schema: z.int().min(1),
  valueDate: z.iso.date(),
  hash: z.string().regex(HASH),
  previousHash: z.string().regex(HASH),
});

/** What a writer says about its events, checked, and nothing else it may carry: a mistake would be chained for ever. */
export const checkedContext = (context: AppendContext): AppendContext => appendContextSchema.parse(context);

/** What the meta data of one event says beyond its context. */
export interface MetaParts {
  readonly schema: number;
  readonly valueDate: string;
  readonly previousHash: string;
}

/**
 * Canonical JSON of meta data, written out because it is written for every event: first what does not depend on the
 * event, then the rest, with the hash or (to compute it) without.
 */
export const contextText = (context: Omit<AppendContext, 'businessDate'>): string =>
  `{"actor":{"id":${quoted(context.actor.id)},"kind":${quoted(context.actor.kind)}},` +
  `"bookedAt":${quoted(context.bookedAt)},"causationId":${quoted(context.causationId)},` +
  `"commandId":${quoted(context.commandId)},"correlationId":${quoted(context.correlationId)},` +
  `"fingerprint":${quoted(context.fingerprint)},`;

const partsText = ({ previousHash, schema, valueDate }: MetaParts): string =>
  `"previousHash":"${previousHash}","schema":${schema},"valueDate":${quoted(valueDate)}}`;

export const unhashedMetaText = (context: string, parts: MetaParts): string => context + partsText(parts);

export const metaText = (context: string, parts: MetaParts, hash: string): string =>
  flatText(`${context}"hash":"${hash}",${partsText(parts)}`);

/** Meta data as it should be, or what is wrong with the text. */
export const readMeta = (text: string): { readonly meta: EventMeta } | { readonly wrong: string } => {
  const parsed = parseJson(text);
  if (!parsed) return { wrong: 'its meta data is no JSON' };
  const checked = eventMetaSchema.safeParse(parsed.value);
  if (!checked.success) {
    return { wrong: `its meta data is malformed at ${checked.error.issues[0]?.path.join('.') || 'the top'}` };
  }
  return canonicalJson(checked.data) === text
    ? { meta: checked.data }
    : { wrong: 'its meta data is not in canonical form' };
};

const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const VALUE_DATE_LENGTH = ',"valueDate":"2026-11-22"}'.length;
const SCHEMA = '"schema":';

/**
 * The version in a text of meta data. In the text that this house writes it is one digit at a fixed distance from the
 * end (an unescaped `"schema":` cannot be part of a string), so that a replay need not parse meta data for it.
 */
export const schemaOf = (text: string): number => {
  const end = text.length - VALUE_DATE_LENGTH;
  const version = text.charCodeAt(end - 1) - 0x30;
  if (version > 0 && version < 10 && text.charAt(end) === ',' && text.startsWith(SCHEMA, end - 1 - SCHEMA.length)) {
    return version;
  }
  // Meta data is written by this module alone; what it says otherwise is checked by the verifier.
  return (JSON.parse(text) as EventMeta).schema;
};
