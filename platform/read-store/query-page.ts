import { type EntryRange, entriesWith, rangeBehind } from './index-entry';
import {
  type CollectionSpec,
  InvalidCursorError,
  type QueryItem,
  type QueryOptions,
  type QueryPage,
  ReadStoreError,
} from './read-store';

/** The entries that a query is about, from its cursor on. */
export const queryRange = (spec: CollectionSpec<never>, options: QueryOptions): EntryRange => {
  if (!Object.hasOwn(spec.indexes, options.index))
    throw new ReadStoreError(`${spec.name} has no index ${options.index}`);
  if (!Number.isSafeInteger(options.limit) || options.limit < 1) throw new RangeError(`no limit: ${options.limit}`);
  const range = entriesWith(options.equals ?? [], options.least, options.most);
  if (options.after === undefined) return range;
  const entry = Buffer.from(options.after, 'base64url').toString('latin1');
  // Within its range any cursor is harmless: it shows no document that the query would not show by itself.
  if (entry < range.from || entry >= range.below) throw new InvalidCursorError('the cursor is not of this query');
  return rangeBehind(range, entry, options.order ?? 'ascending');
};

export interface QueryRow<Doc extends object> extends QueryItem<Doc> {
  readonly entry: string;
}

/** A page of rows in order, of which there is one more than the limit when another page follows. */
export const queryPage = <Doc extends object>(rows: readonly QueryRow<Doc>[], limit: number): QueryPage<Doc> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ key, doc, position }) => ({ key, doc, position })),
    ...(rows.length > limit && last !== undefined ? { next: Buffer.from(last.entry).toString('base64url') } : {}),
  };
};
