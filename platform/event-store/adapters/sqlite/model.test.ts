import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EventStore, ExpectedRevision, Page } from '../../event-store';
import { MemoryEventStore } from '../memory';
import { openSqliteEventStore } from './open';

interface Attempt {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
}

/** Few streams, revisions and ids, so that conflicts, repetitions and half-repetitions are common. */
const attempts: fc.Arbitrary<readonly Attempt[]> = fc.array(
  fc.record({
    stream: fc.constantFrom('loan-a', 'loan-b', 'payout-a'),
    expected: fc.oneof(fc.constantFrom<ExpectedRevision>('none', 'any'), fc.bigInt({ min: 0n, max: 5n })),
    ids: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5'), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 12 },
);

const run = (store: EventStore, batch: readonly Attempt[]): Promise<readonly unknown[]> =>
  Promise.all(
    batch.map(({ stream, expected, ids }) =>
      store.append(
        stream,
        expected,
        ids.map((id) => ({ id, type: 'Happened', data: `"${id}"`, meta: '{}' })),
      ),
    ),
  );

const pagesOf = async (store: EventStore): Promise<readonly Page[]> => {
  const pages: Page[] = [];
  for await (const page of store.readAll({ pageSize: 3, categories: ['loan'] })) pages.push(page);
  for await (const page of store.readAll({ pageSize: 4 })) pages.push(page);
  return pages;
};

test('the SQLite store answers and keeps exactly what the list in memory does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  let runs = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(attempts, { maxLength: 5 }), async (batches) => {
        runs += 1;
        const memory = new MemoryEventStore();
        const sqlite = openSqliteEventStore(join(folder, `${runs}.db`), { cachedStreams: 1 });
        for (const batch of batches) expect(await run(sqlite, batch)).toEqual(await run(memory, batch));
        expect(await pagesOf(sqlite)).toEqual(await pagesOf(memory));
        await sqlite.close();
      }),
      { numRuns: 50 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
