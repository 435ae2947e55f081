import { canonicalJson } from '../event-log';

/**
 * A document as canonical JSON: the same document is the same text, in whatever order a fold happened to set its
 * members, and however its events fell into batches. Throws on what is not plain data, such as a personal value.
 */
export const documentText = (doc: object): string => canonicalJson(doc);

export const documentOf = <Doc extends object>(text: string): Doc =>
  // Only what was put into a collection of Doc comes out of it; the version in its name changes with its shape.
  JSON.parse(text) as Doc;
