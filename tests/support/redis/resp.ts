/** An answer: a text, a whole number, nothing, several, a status or an error. */
export type Reply =
  | string
  | number
  | undefined
  | readonly Reply[]
  | { readonly status: string }
  | { readonly error: string }
  | { readonly fields: Readonly<Record<string, Reply>> };

export type Protocol = 2 | 3;

const LINE = '\r\n';

/** Takes the first whole request, an array of texts, off the bytes that have arrived; undefined while there is none. */
export const takeRequest = (
  bytes: Buffer,
): { readonly words: readonly string[]; readonly rest: Buffer } | undefined => {
  const head = takeLine(bytes, 0, '*');
  if (head === undefined) return undefined;
  const words: string[] = [];
  let { next } = head;
  for (let left = head.number; left > 0; left -= 1) {
    const word = takeLine(bytes, next, '$');
    if (word === undefined || bytes.length < word.next + word.number + LINE.length) return undefined;
    words.push(bytes.toString('utf8', word.next, word.next + word.number));
    next = word.next + word.number + LINE.length;
  }
  return { words, rest: bytes.subarray(next) };
};

const takeLine = (
  bytes: Buffer,
  from: number,
  sign: '*' | '$',
): { readonly number: number; readonly next: number } | undefined => {
  const end = bytes.indexOf(LINE, from);
  if (end < 0) return undefined;
  const line = bytes.toString('latin1', from, end);
  if (!line.startsWith(sign)) throw new Error(`not a request: "${line}"`);
  return { number: Number(line.slice(1)), next: end + LINE.length };
};

export const replyBytes = (reply: Reply, protocol: Protocol): string => {
  if (reply === undefined) return protocol === 3 ? `_${LINE}` : `$-1${LINE}`;
  if (typeof reply === 'number') return `:${reply}${LINE}`;
  if (typeof reply === 'string') return `$${Buffer.byteLength(reply)}${LINE}${reply}${LINE}`;
  if ('status' in reply) return `+${reply.status}${LINE}`;
  if ('error' in reply) return `-${reply.error}${LINE}`;
  if (!('fields' in reply)) return `*${reply.length}${LINE}${reply.map((each) => replyBytes(each, protocol)).join('')}`;
  const entries = Object.entries(reply.fields);
  const body = entries.flat().map((each) => replyBytes(each, protocol));
  return `${protocol === 3 ? `%${entries.length}` : `*${entries.length * 2}`}${LINE}${body.join('')}`;
};
