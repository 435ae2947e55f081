/**
 * The port keeps texts, the client keeps JSON values and writes them with `JSON.stringify`. A text that is just what
 * `JSON.stringify` makes of its value travels as that value, so that operators can read it in the server's pages; this
 * is so for canonical JSON, unless an object has keys that look like array indexes. Any other text travels as one JSON
 * string. Either way what comes back is the very same text.
 */

export type JsonValue = Record<string, unknown> | unknown[] | string;

/** What to hand to the client for a text. */
export const jsonOf = (text: string): JsonValue => {
  // Alone objects and arrays are kept as they are: a text that is itself a JSON string could not be told from one.
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  try {
    const value: JsonValue = JSON.parse(text);
    return JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
};

/** The text of what came from the client. What others put into the log need not be JSON; it comes as it can. */
export const textOf = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
  return JSON.stringify(value);
};
