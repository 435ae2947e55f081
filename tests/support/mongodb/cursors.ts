import { BSON, Long } from 'mongodb';
import { CommandError } from './command-error';
import type { Fields } from './wire';

/** Bytes of documents in one answer, at most, as in MongoDB. */
const MAX_BATCH_BYTES = 16 * 2 ** 20;
const FIRST_BATCH = 101;

/** Results that clients have not fetched to their end yet. */
export class Cursors {
  readonly #open = new Map<string, { readonly namespace: string; readonly documents: Fields[] }>();
  #opened = 0;

  first(namespace: string, documents: readonly Fields[], size = FIRST_BATCH, single = false): Fields {
    const rest = [...documents];
    const firstBatch = batch(rest, size);
    if (rest.length === 0 || single) return { cursor: { id: Long.ZERO, ns: namespace, firstBatch }, ok: 1 };
    this.#opened += 1;
    this.#open.set(String(this.#opened), { namespace, documents: rest });
    return { cursor: { id: Long.fromNumber(this.#opened), ns: namespace, firstBatch }, ok: 1 };
  }

  next(id: string, size = Number.POSITIVE_INFINITY): Fields {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
    const nextBatch = batch(cursor.documents, size);
    if (cursor.documents.length === 0) this.#open.delete(id);
    const still = this.#open.has(id) ? Long.fromString(id) : Long.ZERO;
    return { cursor: { id: still, ns: cursor.namespace, nextBatch }, ok: 1 };
  }

  kill(id: string): void {
    this.#open.delete(id);
  }
}

/** Takes the next documents off the list: at least one, and no more than an answer may hold. */
const batch = (documents: Fields[], size: number): readonly Fields[] => {
  let bytes = 0;
  let count = 0;
  for (const document of documents) {
    bytes += BSON.calculateObjectSize(document);
    if (count === size || (count > 0 && bytes > MAX_BATCH_BYTES)) break;
    count += 1;
  }
  return documents.splice(0, count);
};
