import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { EventStoreError, type NewEvent, START } from '../../event-store';
import { assertDurable, openConnection } from './connection';
import { openSqliteEventStore } from './open';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-store-'));
  file = join(folder, 'events.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

const event: NewEvent = { id: 'f81d4fae', type: 'LoanOpened', data: '{}', meta: '{}' };

describe('opening a SQLite event store', () => {
  test('makes the file and its folder', async () => {
    const path = join(folder, 'deep', 'down', 'events.db');
    const store = openSqliteEventStore(path);
    expect(await store.head()).toBe(START);
    await store.close();
    expect(existsSync(path)).toBe(true);
  });

  test('is refused while it is open, by whatever name, and not any longer', async () => {
    const store = openSqliteEventStore(file);
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    expect(() => openSqliteEventStore(file)).toThrow(`${file}: another process has this event store open`);
    expect(() => openSqliteEventStore(link)).toThrow(`${file}: another process has this event store open`);
    await store.append('loan-a', 'none', [event]);
    await store.close();

    const again = openSqliteEventStore(link);
    expect(await again.append('loan-a', 'none', [event])).toMatchObject({ repeated: true });
    await again.close();
  });

  test.each([
    ['is no database', () => writeFileSync(file, 'this is not a database, it is a letter to my mother '.repeat(100))],
    ['is a database of something else', () => new Sqlite(file).exec('CREATE TABLE letters (text TEXT)').close()],
    [
      'is an event store of a layout to come',
      () => {
        openConnection(file).close();
        new Sqlite(file).exec('PRAGMA user_version = 99').close();
      },
    ],
  ])('is refused when the file %s, and can be tried again', (_, make) => {
    make();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openSqliteEventStore(file)).toThrow(EventStoreError);
      expect(() => openSqliteEventStore(file)).toThrow(file);
    }
  });

  test('is refused where there can be no file', () => {
    writeFileSync(file, '');
    expect(() => openSqliteEventStore(join(file, 'events.db'))).toThrow(EventStoreError);
  });
});

describe('a connection', () => {
  test('waits for the disk at every commit', () => {
    const connection = openConnection(file);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    connection.close();
  });

  test.each(['synchronous = NORMAL', 'synchronous = OFF', 'journal_mode = DELETE'])('with %s is refused', (setting) => {
    const connection = openConnection(file);
    connection.pragma(setting);
    expect(() => assertDurable(connection)).toThrow(EventStoreError);
    expect(() => assertDurable(connection)).toThrow(file);
    connection.close();
  });
});

test('closing leaves one whole file and no log beside it', async () => {
  const store = openSqliteEventStore(file);
  await store.append('loan-a', 'none', [event]);
  expect(existsSync(`${file}-wal`)).toBe(true);
  await store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});
