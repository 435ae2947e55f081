import { hash } from 'node:crypto';
import { SCRIPTS } from '../../../platform/lease/adapters/redis/scripts';
import type { Keyspace } from './keyspace';

type Script = (keyspace: Keyspace, keys: readonly string[], args: readonly string[]) => number | readonly number[];

const text = (list: readonly string[], index: number): string => {
  const found = list[index];
  if (found === undefined) throw new Error(`a script is missing its argument ${index + 1}`);
  return found;
};

/** What each of the adapter's scripts says, in TypeScript. */
const MEANING: Readonly<Record<keyof typeof SCRIPTS, Script>> = {
  acquire: (keyspace, keys, args) => {
    const [lease, counter, owner] = [text(keys, 0), text(keys, 1), text(args, 0)];
    const holder = keyspace.get(lease);
    if (holder !== undefined && holder !== owner) return [0, Math.ceil(keyspace.timeLeft(lease) ?? -1)];
    keyspace.set(lease, owner, Number(text(args, 1)));
    const token = Math.max(Number(keyspace.get(counter) ?? 0) + 1, Math.floor(keyspace.now() * 1_000));
    keyspace.set(counter, String(token));
    return [token, 0];
  },
  renew: (keyspace, keys, args) => {
    const lease = text(keys, 0);
    if (keyspace.get(lease) !== text(args, 0)) return 0;
    return Number(keyspace.expireIn(lease, Number(text(args, 1))));
  },
  release: (keyspace, keys, args) => {
    const lease = text(keys, 0);
    if (keyspace.get(lease) !== text(args, 0)) return 0;
    return Number(keyspace.delete(lease));
  },
};

export const sha1 = (script: string): string => hash('sha1', script, 'hex');

const BY_SHA: ReadonlyMap<string, Script> = new Map(
  Object.entries(MEANING).map(([name, meaning]) => [sha1(SCRIPTS[name as keyof typeof SCRIPTS]), meaning]),
);

/** The script of that SHA-1, if it is one of the adapter's. */
export const leaseScript = (sha: string): Script | undefined => BY_SHA.get(sha);
