import type { Position } from '../event-store';

/**
 * Documents that are folded from the log and can be deleted and rebuilt at any time. What an adapter must do is in
 * `read-store.contract.ts`.
 */

/** A value that an index can order by. Texts order by code unit, numbers by value; absent values are not indexed. */
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

export interface Put<Doc extends object = object> {
  readonly collection: CollectionSpec<Doc>;
  readonly key: string;
  /** Undefined deletes the document. */
  readonly doc: Doc | undefined;
  readonly position: Position;
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
  /** Opaque cursor of the previous page. */
  readonly after?: string;
}

export interface QueryPage<Doc extends object> {
  readonly items: readonly { readonly key: string; readonly doc: Doc }[];
  /** Where the next page begins; absent on the last page. */
  readonly next?: string;
}

export interface ReadStore {
  /** Makes a collection and its indexes ready. Idempotent. */
  prepare(spec: CollectionSpec<never>): Promise<void>;
  get<Doc extends object>(spec: CollectionSpec<Doc>, key: string): Promise<Versioned<Doc> | undefined>;
  /** Those of the documents that exist, by key. */
  getMany<Doc extends object>(
    spec: CollectionSpec<Doc>,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, Versioned<Doc>>>;
  query<Doc extends object>(spec: CollectionSpec<Doc>, options: QueryOptions): Promise<QueryPage<Doc>>;
  /** All documents in key order, in pages: for comparing a collection with its rebuild. */
  scan<Doc extends object>(spec: CollectionSpec<Doc>): AsyncIterable<readonly { key: string; value: Versioned<Doc> }[]>;
  /**
   * Writes documents and checkpoint together. Where a store cannot write them in one transaction, each document is
   * guarded by its position (a put whose position is not beyond the stored one is skipped) and the checkpoint is
   * written last, so that repeating the batch gives the same documents.
   */
  commit(batch: ReadBatch): Promise<void>;
  checkpoint(reader: string): Promise<Position>;
  /** Removes a collection and its documents. Idempotent. */
  drop(name: string): Promise<void>;
  /** Forgets a reader's checkpoint. Idempotent. */
  forget(reader: string): Promise<void>;
  /** Names of the collections that exist. */
  collections(): Promise<readonly string[]>;
  close(): Promise<void>;
}
