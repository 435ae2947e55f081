import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../platform/config';
import { openSubjectKeys } from '../platform/keys';
import { systemClock } from '../platform/runtime';
import { rotateKeys } from './key-rotation';
import { openStores } from './stores';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usance-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configWith = (settings: Record<string, string> = {}) => readConfig({ USANCE_DATA: folder, ...settings });

/** The id of somebody's data key, made if there is none yet. */
const keyOf = async (subject: string, settings?: Record<string, string>): Promise<string> => {
  const stores = await openStores(configWith(settings));
  try {
    const keys = await openSubjectKeys({ store: stores.keys, master: stores.master, clock: systemClock });
    return (await keys.current(subject)).id;
  } finally {
    await stores.close();
  }
};

test('a new secret goes in front of the old one, and every data key opens as before', async () => {
  const before = await keyOf('borrower-a');
  const [first] = readFileSync(join(folder, 'master.key'), 'utf8').split('\n');
  expect(await rotateKeys(configWith())).toBe(1);
  const [newest, oldest] = readFileSync(join(folder, 'master.key'), 'utf8').split('\n');
  expect(oldest).toBe(first);
  expect(newest).not.toBe(first);
  expect(await keyOf('borrower-a')).toBe(before);
});

test('secrets from the environment are taken as they stand, newest first', async () => {
  const [old, fresh] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  const before = await keyOf('borrower-a', { USANCE_MASTER_KEY: old });
  const settings = { USANCE_MASTER_KEY: `${fresh},${old}` };
  expect(await rotateKeys(configWith(settings))).toBe(1);
  expect(await rotateKeys(configWith(settings))).toBe(0);
  expect(await keyOf('borrower-a', settings)).toBe(before);
});
