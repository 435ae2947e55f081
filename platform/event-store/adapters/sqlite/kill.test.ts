import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../../tests/support/child';
import { EventStoreError } from '../../event-store';
import { openSqliteEventStore } from './open';

const WRITER = require.resolve('./writer.child');

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  file = join(folder, 'events.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** How many events each stream holds; they must be its revisions 0, 1, 2 …, at rising positions. */
const lengthsOfStreams = async (): Promise<ReadonlyMap<string, number>> => {
  const store = openSqliteEventStore(file);
  const lengths = new Map<string, number>();
  for await (const { events } of store.readAll()) {
    for (const { stream, revision } of events) {
      expect(revision).toBe(BigInt(lengths.get(stream) ?? 0));
      lengths.set(stream, Number(revision) + 1);
    }
  }
  await store.close();
  return lengths;
};

test('acknowledged appends survive kill -9, and no append survives in part', async () => {
  const acknowledged = new Map<string, number>();
  for (const [round, enough] of [1, 37, 150, 600, 1_500].entries()) {
    const child = startChild(WRITER, file, String(round));
    try {
      let seen = 0;
      // What was acknowledged between the order to kill and the death counts like everything else.
      for await (const line of child.lines) {
        const [stream = '', revision] = line.split(' ');
        if (revision !== undefined) acknowledged.set(stream, Number(revision));
        seen += 1;
        if (seen === enough) void child.kill();
      }
    } finally {
      await child.kill();
    }

    const lengths = await lengthsOfStreams();
    for (const [name, revision] of acknowledged) expect(lengths.get(name) ?? 0).toBeGreaterThan(revision);
    for (const length of lengths.values()) expect(length % 3).toBe(0);
  }
  expect(acknowledged.size).toBeGreaterThan(0);
});

describe('an event store that another process has open', () => {
  test('cannot be opened, and the error names the file; it can once that process is killed', async () => {
    const child = startChild(WRITER, file, 'a');
    try {
      const first = await child.lines[Symbol.asyncIterator]().next();
      expect(first.value).toBe('open');
      expect(() => openSqliteEventStore(file)).toThrow(EventStoreError);
      expect(() => openSqliteEventStore(file)).toThrow(`${file}: another process has this event store open`);
    } finally {
      await child.kill();
    }
    const lengths = await lengthsOfStreams();
    for (const length of lengths.values()) expect(length % 3).toBe(0);
  });
});
