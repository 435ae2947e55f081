import type { Position } from '../../event-store';
import {
  type CollectionSpec,
  put,
  type QueryOptions,
  type QueryPage,
  type ReadBatch,
  type ReadStore,
  type Versioned,
} from '..';

export interface Loan {
  readonly borrower: string;
  readonly outstanding: { readonly amount: string; readonly currency: string };
  readonly note?: string | undefined;
}

export const LOANS: CollectionSpec<Loan> = { name: 'loans@1', indexes: { byBorrower: ({ borrower }) => [borrower] } };
export const NOTES: CollectionSpec<{ readonly text: string }> = { name: 'notes@1', indexes: {} };

export const loan = (amount: string, borrower = 'borrower-1'): Loan => ({
  borrower,
  outstanding: { amount, currency: 'CNY' },
});

export const at = (position: number): Position => String(position).padStart(8, '0');

/** One document, written or deleted, and the checkpoint moved to where it is. */
export const one = (key: string, doc: Loan | undefined, position: number): ReadBatch => ({
  reader: 'loans@1',
  checkpoint: at(position),
  puts: [put(LOANS, key, doc, at(position))],
});

/** Makes both collections ready. */
export const prepared = async (store: ReadStore): Promise<ReadStore> => {
  await store.prepare(LOANS);
  await store.prepare(NOTES);
  return store;
};

export const allOf = async <Doc extends object>(
  store: ReadStore,
  spec: CollectionSpec<Doc>,
): Promise<{ key: string; value: Versioned<Doc> }[]> => {
  const documents: { key: string; value: Versioned<Doc> }[] = [];
  for await (const page of store.scan(spec)) documents.push(...page);
  return documents;
};

export const keysOfBorrower = async (store: ReadStore, borrower: string): Promise<readonly string[]> => {
  const page = await store.query(LOANS, { index: 'byBorrower', equals: [borrower], limit: 100 });
  return page.items.map((item) => item.key);
};

/** The pages of a query, each asked for when the one before has been dealt with. */
export async function* pagesOf<Doc extends object>(
  store: ReadStore,
  spec: CollectionSpec<Doc>,
  options: QueryOptions,
): AsyncGenerator<QueryPage<Doc>> {
  let page = await store.query(spec, options);
  yield page;
  while (page.next !== undefined) {
    page = await store.query(spec, { ...options, after: page.next });
    yield page;
  }
}
