import type { Position } from '../../../event-store';
import { documentOf, documentText } from '../../document-text';
import type { Put, Versioned } from '../../read-store';

/** A document as it lies in MongoDB. */
export interface StoredDocument {
  readonly _id: string;
  readonly position: Position;
  /** Plain fields, sorted by name, amounts of money the texts that they are. Neither this nor `text`: deleted. */
  readonly doc?: object;
  /**
   * A document with field names that MongoDB would take for paths or operators, or with lists of lists, which other
   * servers of its protocol refuse.
   */
  readonly text?: string;
  /** Where it stands in each index: see `index-entry.ts`. */
  readonly by?: Readonly<Record<string, string>>;
}

export const storedDocument = (put: Put): StoredDocument => {
  const { key, position, doc, entries } = put;
  if (doc === undefined) return { _id: key, position };
  const text = documentText(doc);
  const plain: object = documentOf(text);
  return { _id: key, position, ...(isPlain(plain) ? { doc: plain } : { text }), by: entries };
};

export const documentIn = <Doc extends object>({ doc, text }: StoredDocument): Doc | undefined => {
  if (text !== undefined) return documentOf<Doc>(text);
  // Only what was put into a collection of Doc comes out of it; the version in its name changes with its shape.
  return doc as Doc | undefined;
};

export const versionedIn = <Doc extends object>(stored: StoredDocument): Versioned<Doc> | undefined => {
  const doc = documentIn<Doc>(stored);
  return doc === undefined ? undefined : { doc, position: stored.position };
};

const isPlain = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((member) => !Array.isArray(member) && isPlain(member));
  return Object.entries(value).every(([name, member]) => plainName.test(name) && isPlain(member));
};

const plainName = /^[^.$\0][^.\0]*$/;
