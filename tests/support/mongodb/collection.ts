import { Query, update } from 'mingo';
import { BSON, ObjectId } from 'mongodb';
import { CommandError } from './command-error';
import { compareValues } from './compare-values';
import type { Fields } from './wire';

export interface IndexSpec extends Fields {
  readonly name: string;
  readonly key: Fields;
}

export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: unknown;
}

/** The documents of one collection in the order of their making, by the text of their _id. */
export class Collection {
  readonly indexes: IndexSpec[] = [{ v: 2, name: '_id_', key: { _id: 1 } }];
  readonly #documents = new Map<string, Fields>();

  insert(document: Fields): void {
    const { _id = new ObjectId(), ...rest } = document;
    const id = idText(_id);
    if (this.#documents.has(id)) {
      throw new CommandError('DuplicateKey', `E11000 duplicate key error index: _id_ dup key: { _id: ${id} }`);
    }
    this.#documents.set(id, { _id, ...rest });
  }

  find(filter: Fields): Fields[] {
    const query = new Query(filter);
    return this.#candidates(filter).filter((document) => query.test(document));
  }

  update(filter: Fields, change: Fields, multi: boolean, upsert: boolean): UpdateOutcome {
    const found = this.find(filter);
    if (found.length === 0 && upsert) return this.#upsert(filter, change);
    const chosen = multi ? found : found.slice(0, 1);
    let modified = 0;
    for (const before of chosen) {
      const after = changed(before, change);
      if (idText(after['_id']) !== idText(before['_id'])) throw new CommandError('BadValue', '_id cannot be changed');
      if (Buffer.compare(BSON.serialize(before), BSON.serialize(after)) === 0) continue;
      this.#documents.set(idText(before['_id']), after);
      modified += 1;
    }
    return { matched: chosen.length, modified };
  }

  delete(filter: Fields, limit: number): number {
    const found = this.find(filter);
    const chosen = limit === 0 ? found : found.slice(0, limit);
    for (const document of chosen) this.#documents.delete(idText(document['_id']));
    return chosen.length;
  }

  /**
   * A new document of what the filter says must be equal, and the change. A duplicate _id is the caller's to handle.
   */
  #upsert(filter: Fields, change: Fields): UpdateOutcome {
    const equal = Object.entries(filter).filter(([name, value]) => !name.startsWith('$') && !isCondition(value));
    const made = changed(Object.fromEntries(equal), change);
    const { _id = new ObjectId() } = made;
    this.insert({ ...made, _id });
    return { matched: 0, modified: 0, upserted: _id };
  }

  /** All that a filter can match; a document or a list of documents named by _id need no search. */
  #candidates(filter: Fields): Fields[] {
    const { _id: id } = filter;
    const ids: unknown = isFields(id) && isCondition(id) ? id['$in'] : id === undefined ? undefined : [id];
    if (!Array.isArray(ids)) return [...this.#documents.values()];
    const found: Fields[] = [];
    for (const each of new Set(ids.map(idText))) {
      const document = this.#documents.get(each);
      if (document !== undefined) found.push(document);
    }
    return found;
  }
}

export const sorted = (documents: readonly Fields[], order: Fields): readonly Fields[] =>
  documents.toSorted((one, other) => {
    for (const [path, direction] of Object.entries(order)) {
      const difference = compareValues(valueAt(one, path), valueAt(other, path));
      if (difference !== 0) return direction === -1 ? -difference : difference;
    }
    return 0;
  });

const valueAt = (document: Fields, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), document);

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** An object of operators, such as { $lt: 5 }. */
const isCondition = (value: unknown): boolean =>
  isFields(value) && Object.keys(value).some((name) => name.startsWith('$'));

/** The document after a change: of operators, or a whole new document. */
const changed = (document: Fields, change: Fields): Fields => {
  if (!isCondition(change)) {
    const { _id: id } = document;
    return id === undefined ? change : { _id: id, ...change };
  }
  const copy = BSON.deserialize(BSON.serialize(document), { promoteBuffers: false });
  update(copy, change, [], {}, { cloneMode: 'deep' });
  return copy;
};

const idText = (id: unknown): string => BSON.EJSON.stringify(id);
