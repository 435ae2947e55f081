import { type Position, START } from '../../../event-store';
import { checkSameIndexes, indexNames } from '../../declaration';
import { documentOf, documentText } from '../../document-text';
import { queryPage, queryRange } from '../../query-page';
import {
  type CollectionSpec,
  type Put,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  ReadStoreError,
  type Versioned,
} from '../../read-store';
import { SortedTexts } from './sorted-texts';

interface Row {
  /** Undefined: deleted. The position stays, so that an older put cannot bring the document back. */
  readonly text: string | undefined;
  readonly position: Position;
  readonly entries: Readonly<Record<string, string>>;
}

interface Collection {
  readonly rows: Map<string, Row>;
  readonly indexes: ReadonlyMap<string, { readonly entries: SortedTexts; readonly keys: Map<string, string> }>;
}

/** Documents in memory, kept as texts so that nobody can change one from outside. For tests and simulations. */
export class MemoryReadStore implements ReadStore {
  readonly #collections = new Map<string, Collection>();
  readonly #checkpoints = new Map<string, Position>();

  async prepare(spec: CollectionSpec<never>): Promise<void> {
    const names = indexNames(spec);
    const existing = this.#collections.get(spec.name);
    if (existing === undefined) {
      const indexes = new Map(names.map((name) => [name, { entries: new SortedTexts(), keys: new Map() }]));
      this.#collections.set(spec.name, { rows: new Map(), indexes });
    } else {
      checkSameIndexes(spec, [...existing.indexes.keys()]);
    }
  }

  async get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined> {
    return versioned<Doc>(this.#collections.get(spec.name)?.rows.get(key));
  }

  async getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>> {
    const rows = this.#collections.get(spec.name)?.rows;
    const found = new Map<string, Versioned<Doc>>();
    for (const key of keys) {
      const value = versioned<Doc>(rows?.get(key));
      if (value !== undefined) found.set(key, value);
    }
    return found;
  }

  async query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>> {
    const { from, below } = queryRange(spec, options);
    const collection = this.#collections.get(spec.name);
    const index = collection?.indexes.get(options.index);
    if (collection === undefined || index === undefined) return { items: [] };
    const entries = index.entries.range(from, below, options.limit + 1, options.order === 'descending');
    const rows = entries.flatMap((entry) => {
      const key = index.keys.get(entry);
      const row = key === undefined ? undefined : collection.rows.get(key);
      if (key === undefined || row?.text === undefined) return [];
      return [{ key, doc: documentOf<Doc>(row.text), position: row.position, entry }];
    });
    return queryPage(rows, options.limit);
  }

  async *scan<Doc extends object>(
    spec: CollectionSpec<Doc>,
  ): AsyncGenerator<readonly { key: string; value: Versioned<Doc> }[]> {
    const rows = [...(this.#collections.get(spec.name)?.rows ?? [])]
      .map(([key, row]) => ({ key, bytes: Buffer.from(key), row }))
      .sort((one, other) => one.bytes.compare(other.bytes));
    const page = rows.flatMap(({ key, row }) => {
      const value = versioned<Doc>(row);
      return value === undefined ? [] : [{ key, value }];
    });
    if (page.length > 0) yield page;
  }

  async commit(batch: ReadBatch): Promise<void> {
    const changes = batch.puts.map((put) => {
      const collection = this.#collections.get(put.collection);
      if (collection === undefined) throw new ReadStoreError(`${put.collection} was not prepared`);
      return { collection, put, text: put.doc === undefined ? undefined : documentText(put.doc) };
    });
    for (const { collection, put, text } of changes) write(collection, put, text);
    if (batch.checkpoint > (this.#checkpoints.get(batch.reader) ?? START)) {
      this.#checkpoints.set(batch.reader, batch.checkpoint);
    }
  }

  async checkpoint(reader: string): Promise<Position> {
    return this.#checkpoints.get(reader) ?? START;
  }

  async drop(name: string): Promise<void> {
    this.#collections.delete(name);
  }

  async forget(reader: string): Promise<void> {
    this.#checkpoints.delete(reader);
  }

  async collections(): Promise<readonly string[]> {
    return [...this.#collections.keys()].sort();
  }

  async close(): Promise<void> {}
}

const versioned = <Doc extends object>(row: Row | undefined): Versioned<Doc> | undefined =>
  row?.text === undefined ? undefined : { doc: documentOf<Doc>(row.text), position: row.position };

const write = (collection: Collection, put: Put, text: string | undefined): void => {
  const before = collection.rows.get(put.key);
  if (before !== undefined && put.position <= before.position) return;
  collection.rows.set(put.key, { text, position: put.position, entries: put.entries });
  for (const [name, index] of collection.indexes) {
    const left = before?.entries[name];
    const entered = put.entries[name];
    if (left === entered) continue;
    if (left !== undefined) {
      index.entries.delete(left);
      index.keys.delete(left);
    }
    if (entered !== undefined) {
      index.entries.add(entered);
      index.keys.set(entered, put.key);
    }
  }
};
