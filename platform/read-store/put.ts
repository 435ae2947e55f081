import type { Position } from '../event-store';
import { entryOf } from './index-entry';
import type { CollectionSpec, Put } from './read-store';

/** Writes a document (or, undefined, deletes it) as of the last event that was folded into it. */
export const put = <Doc extends object>(
  spec: CollectionSpec<Doc>,
  key: string,
  doc: Doc | undefined,
  position: Position,
): Put => {
  if (key === '') throw new TypeError(`a document of ${spec.name} without a key`);
  const entries: Record<string, string> = {};
  if (doc !== undefined) {
    for (const name in spec.indexes) {
      const values = spec.indexes[name]?.(doc);
      if (values !== undefined) entries[name] = entryOf(values, key);
    }
  }
  return { collection: spec.name, key, doc, position, entries };
};
