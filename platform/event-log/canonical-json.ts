/** The value has no canonical JSON: a bug in whoever built it. The message never quotes the value. */
export class CanonicalJsonError extends TypeError {
  override readonly name = 'CanonicalJsonError';
}

/**
 * The one canonical JSON text of a value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them. Members that are undefined are left out. Takes plain data only: an instance of a
 * class, a bigint, NaN, a lone surrogate or a hole in an array throws {@link CanonicalJsonError}.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalJsonError('a number that is not finite');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? arrayText(value) : textOf(value);
    default:
      throw new CanonicalJsonError(`no JSON for a value of type ${typeof value}`);
  }
};

/** A string as JSON text. */
export const quoted = (text: string): string => {
  if (isPlain(text)) return `"${text}"`;
  if (hasLoneSurrogate(text)) throw new CanonicalJsonError('a string with a lone surrogate');
  return JSON.stringify(text);
};

/** Whether a text is not Unicode: no UTF-8 says what it says. */
export const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Nothing in it to escape or to look at twice: true for nearly every string of an event, and cheap to find out. */
const isPlain = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || unit === QUOTE || unit === BACKSLASH || (unit >= 0xd800 && unit <= 0xdfff)) return false;
  }
  return true;
};

const arrayText = (values: readonly unknown[]): string => {
  let text = '[';
  for (let at = 0; at < values.length; at += 1) text += (at === 0 ? '' : ',') + canonicalJson(values[at]);
  return `${text}]`;
};

/** Texts of objects that cannot change, as many facts hold one and the same. */
const TEXTS = new WeakMap<object, string>();

const textOf = (value: object): string => {
  if (!Object.isFrozen(value)) return objectText(value);
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const text = objectText(value);
  if (isFrozenThrough(value)) TEXTS.set(value, text);
  return text;
};

const isFrozenThrough = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every((member) => isFrozenThrough(member)));

const objectText = (value: object): string => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new CanonicalJsonError('an instance of a class is not plain data');
  }
  let text = '{';
  for (const key of sorted(Object.keys(value))) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) text += (text.length === 1 ? '' : ',') + named(key) + canonicalJson(member);
  }
  return `${text}}`;
};

/** Names of members, ready to be followed by a value: events have few names, and each has them again and again. */
const NAMED = new Map<string, string>();
/** Names that are remembered at most: those of data that come from outside know no bounds. */
const NAMED_MOST = 4_096;

const named = (key: string): string => {
  const known = NAMED.get(key);
  if (known !== undefined) return known;
  const text = `${quoted(key)}:`;
  if (NAMED.size < NAMED_MOST) NAMED.set(key, text);
  return text;
};

/** Up to so many names are put in order by hand, which for so few is several times as fast and needs no memory. */
const FEW = 24;

/** JavaScript compares strings by UTF-16 code units, which is the order that RFC 8785 asks for. */
const sorted = (keys: string[]): readonly string[] => {
  if (keys.length > FEW) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] ?? '';
    let to = at;
    for (let before = keys[to - 1] ?? ''; to > 0 && before > key; before = keys[to - 1] ?? '') {
      keys[to] = before;
      to -= 1;
    }
    keys[to] = key;
  }
  return keys;
};
