import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../runtime';
import type { KeyStore } from '../key-store';
import { masterKey } from '../master-key';
import { openSubjectKeys } from '../subject-keys';
import { subjectKeysContract } from '../subject-keys.contract';
import { SqliteKeyStore } from './sqlite';

const newFolder = () => mkdtempSync(join(tmpdir(), 'usance-keys-'));

subjectKeysContract('SQLite', async () => {
  const folder = newFolder();
  const opened: KeyStore[] = [];
  return {
    connect: async () => {
      const store = new SqliteKeyStore(join(folder, 'keys.db'));
      opened.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('the SQLite key file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = newFolder();
    path = join(folder, 'keys.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Every byte of the file and of what lies beside it. */
  const bytes = (): string =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('\n');
  const wrappings = async (store: KeyStore): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for await (const { subject, wrapped } of store.all()) found.set(subject, wrapped);
    return found;
  };

  it('loses the bytes of a destroyed key, in the file and in the write-ahead log, and no others', async () => {
    const store = new SqliteKeyStore(path);
    const keys = await openSubjectKeys({ store, master: masterKey([Buffer.alloc(32, 1)]), clock: systemClock });
    // Enough for pages to fill and the indexes to split many times over.
    const subjects = Array.from({ length: 3_000 }, (_, index) => `borrower-${(index * 7919) % 3_001}`);
    await Promise.all(subjects.map((subject) => keys.current(subject)));
    const wrapped = await wrappings(store);
    const written = bytes();
    expect([...wrapped.values()].filter((text) => !written.includes(text))).toEqual([]);

    const gone = subjects.filter((_, index) => index % 60 === 0);
    for (const subject of gone) {
      await keys.destroy(subject);
      expect(statSync(`${path}-wal`).size).toBe(0);
    }
    const left = bytes();
    for (const [subject, text] of wrapped) expect(left.includes(text)).toBe(!gone.includes(subject));
    await store.close();
  });

  it('loses the former bytes of a key that was wrapped anew', async () => {
    const store = new SqliteKeyStore(path);
    const [old, root] = [Buffer.alloc(32, 2), Buffer.alloc(32, 1)];
    const before = await openSubjectKeys({ store, master: masterKey([root]), clock: systemClock });
    await before.current('borrower-a');
    const former = (await wrappings(store)).get('borrower-a') ?? '?';
    const after = await openSubjectKeys({ store, master: masterKey([old, root]), clock: systemClock });
    await after.rewrap();
    await after.destroy('borrower-b');
    expect(bytes()).not.toContain(former);
    await store.close();
  });

  it('reports a write that failed to everybody who waited for it', async () => {
    const store = new SqliteKeyStore(path);
    const other = new Database(path);
    other.exec("CREATE TRIGGER full BEFORE INSERT ON data_key BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    const kept = ['a', 'b'].map((subject) => store.keep({ id: subject, subject, wrapped: 'x' }));
    for (const each of kept) await expect(each).rejects.toThrow('data keys could not be written');
    other.exec('DROP TRIGGER full');
    expect(await store.keep({ id: 'a', subject: 'a', wrapped: 'x' })).toMatchObject({ id: 'a' });
    other.close();
    await store.close();
  });
});
