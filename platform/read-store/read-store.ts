import type { Position } from '../event-store';

/**
 * Documents that are folded from the log and can be deleted and rebuilt at any time. What an adapter must do is in
 * `read-store.contract.ts`.
 */

/**
 * A value that an index can order by: numbers by value, before texts by code point. Absent values are not indexed.
 */
export type IndexValue = string | number;

export interface CollectionSpec<Doc extends object> {
  /** Physical name: `loans@3` is version 3 of the collection `loans`. */
  readonly name: string;
  /** Declared indexes: a name, and the values of a document in order of significance. Undefined: not in this index. */
  readonly indexes: Readonly<Record<string, (doc: Doc) => readonly IndexValue[] | undefined>>;
}

/** A document with the position of the last event folded into it. */
export interface Versioned<Doc extends object> {
  readonly doc: Doc;
  readonly position: Position;
}

/** One document to write or to delete. Made by {@link put}, which knows the document's type; a store no longer does. */
export interface Put {
  /** Name of the collection. */
  readonly collection: string;
  readonly key: string;
  /** Plain JSON data. Undefined deletes the document. */
  readonly doc: object | undefined;
  readonly position: Position;
  /** Where the document stands in each index it is in: see `index-entry.ts`. */
  readonly entries: Readonly<Record<string, string>>;
}

export interface ReadBatch {
  /** Whose checkpoint this is: `<projection>@<version>`, a saga's name. */
  readonly reader: string;
  readonly checkpoint: Position;
  readonly puts: readonly Put[];
}

export interface QueryOptions {
  readonly index: string;
  /** Leading values that must be equal. */
  readonly equals?: readonly IndexValue[];
  /** Bounds of the value after those, inclusive. */
  readonly least?: IndexValue;
  readonly most?: IndexValue;
  readonly order?: 'ascending' | 'descending';
  readonly limit: number;
  /** Opaque cursor of the previous page, of a query with the same index, values and bounds. */
  readonly after?: string;
}

export interface QueryItem<Doc extends object> extends Versioned<Doc> {
  readonly key: string;
}

export interface QueryPage<Doc extends object> {
  /** In the order of the index; documents with equal values in the order of their keys. */
  readonly items: readonly QueryItem<Doc>[];
  /** Where the next page begins; absent on the last page. */
  readonly next?: string;
}

/**
 * Reading a collection that was never prepared, or is gone, finds nothing; writing to one is a {@link ReadStoreError}.
 */
export interface ReadStore {
  /**
   * Makes a collection and its indexes ready. Idempotent. Other indexes than those it was made with are a
   * {@link ReadStoreError}: a collection that changes gets a new version.
   */
  prepare(spec: CollectionSpec<never>): Promise<void>;
  get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined>;
  /** Those of the documents that exist, by key. */
  getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>>;
  /** One page in the order of an index. A cursor that is not of this query is an {@link InvalidCursorError}. */
  query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>>;
  /** All documents in key order (by code point), in pages: for comparing a collection with its rebuild. */
  scan<Doc extends object>(spec: CollectionSpec<Doc>): AsyncIterable<readonly { key: string; value: Versioned<Doc> }[]>;
  /**
   * Writes documents and checkpoint together. Where a store cannot write them in one transaction the checkpoint is
   * written last, so that it never runs ahead of the documents.
   *
   * Everything is guarded by position: a put whose position is not beyond that of the last put of its key is skipped,
   * even when that one deleted the document, and a checkpoint only moves forwards. So committing a batch again, or an
   * older one after a crash, gives the same documents.
   */
  commit(batch: ReadBatch): Promise<void>;
  /** The reader's checkpoint, or START. */
  checkpoint(reader: string): Promise<Position>;
  /** Removes a collection and its documents. Idempotent. */
  drop(name: string): Promise<void>;
  /** Forgets a reader's checkpoint. Idempotent. */
  forget(reader: string): Promise<void>;
  /** Names of the collections that exist, sorted. */
  collections(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The store could not do its work: not reachable, disk full, collection not prepared. Commit the same batch again. */
export class ReadStoreError extends Error {
  override readonly name = 'ReadStoreError';
}

/** The caller's cursor does not belong to the query it came with. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}
