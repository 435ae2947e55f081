import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openSqliteEventStore } from './open';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const EVENTS_PER_APPEND = 3;

/** Appends one after the other; answers with the length of the write-ahead log as each was acknowledged. */
const appendAndWatch = async (file: string, appends: number): Promise<readonly number[]> => {
  const store = openSqliteEventStore(file);
  const acknowledgedAt: number[] = [];
  for (let n = 0; n < appends; n += 1) {
    const events = Array.from({ length: EVENTS_PER_APPEND }, () => ({
      id: randomUUID(),
      type: 'RepaymentReceived',
      data: JSON.stringify('x'.repeat(n * 100)),
      meta: '{}',
    }));
    await store.append(`loan-${n % 4}`, 'any', events);
    acknowledgedAt.push(statSync(`${file}-wal`).size);
  }
  // The store is left as a power cut would leave it: copied while it is open.
  copyFileSync(file, `${file}.cut`);
  copyFileSync(`${file}-wal`, `${file}.cut-wal`);
  await store.close();
  return acknowledgedAt;
};

test('a power cut takes nothing that was acknowledged, and leaves no append in part', async () => {
  const original = join(folder, 'events.db');
  const acknowledgedAt = await appendAndWatch(original, 30);
  const [data, log] = [readFileSync(`${original}.cut`), readFileSync(`${original}.cut-wal`)];
  const copy = join(folder, 'after.db');

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: log.length }),
      fc.uint8Array({ maxLength: 20_000 }),
      async (length, rubbish) => {
        // What had not reached the disk is missing, or is whatever the disk held there.
        writeFileSync(copy, data);
        writeFileSync(`${copy}-wal`, Buffer.concat([log.subarray(0, length), rubbish]));

        const store = openSqliteEventStore(copy);
        let events = 0;
        for await (const page of store.readAll()) events += page.events.length;
        await store.close();

        const acknowledged = acknowledgedAt.filter((size) => size <= length).length;
        expect(events % EVENTS_PER_APPEND).toBe(0);
        expect(events / EVENTS_PER_APPEND).toBe(acknowledged);
      },
    ),
    { numRuns: 100 },
  );
});
