import type { Keyspace } from './keyspace';
import { leaseScript, sha1 } from './lease-scripts';
import type { Protocol, Reply } from './resp';

export interface Connection {
  protocol: Protocol;
}

type Command = (args: readonly string[], connection: Connection) => Reply;

const OK = { status: 'OK' } as const;
const failed = (error: string): Reply => ({ error });

const greet: Command = ([version], connection) => {
  if (version !== '2' && version !== '3') return failed('NOPROTO unsupported protocol version');
  connection.protocol = version === '3' ? 3 : 2;
  return { fields: { server: 'redis', version: '0.0.0', proto: connection.protocol, mode: 'standalone' } };
};

/** SET key value [NX] [PX milliseconds] */
const set =
  (keyspace: Keyspace): Command =>
  ([key = '', value = '', ...options]) => {
    const words = options.map((word) => word.toUpperCase());
    if (words.includes('NX') && keyspace.get(key) !== undefined) return undefined;
    keyspace.set(key, value, words.includes('PX') ? Number(words[words.indexOf('PX') + 1]) : undefined);
    return OK;
  };

const increment =
  (keyspace: Keyspace): Command =>
  ([key = '']) => {
    const next = Number(keyspace.get(key) ?? 0) + 1;
    keyspace.set(key, String(next), keyspace.timeLeft(key));
    return next;
  };

/** -2: there is no such key; -1: it does not expire. */
const timeLeft = (keyspace: Keyspace, key: string): number => {
  const left = keyspace.timeLeft(key) ?? -2;
  return Number.isFinite(left) ? Math.ceil(left) : -1;
};

/** The commands of a server on these keys, by name in capitals. */
export const commandsOn = (keyspace: Keyspace): ReadonlyMap<string, Command> => {
  const loaded = new Set<string>();
  const run = (sha: string, count: string, rest: readonly string[]): Reply => {
    const script = leaseScript(sha);
    if (script === undefined) return failed('ERR this stand-in knows the lease scripts only');
    loaded.add(sha);
    return script(keyspace, rest.slice(0, Number(count)), rest.slice(Number(count)));
  };
  return new Map<string, Command>([
    ['HELLO', greet],
    ['CLIENT', () => OK],
    ['SELECT', () => OK],
    ['INFO', () => '# Server\r\nredis_version:0.0.0\r\nloading:0\r\n'],
    ['PING', () => ({ status: 'PONG' })],
    ['SET', set(keyspace)],
    ['GET', ([key = '']) => keyspace.get(key)],
    ['DEL', (keys) => keys.filter((key) => keyspace.delete(key)).length],
    ['PEXPIRE', ([key = '', milliseconds]) => Number(keyspace.expireIn(key, Number(milliseconds)))],
    ['PTTL', ([key = '']) => timeLeft(keyspace, key)],
    ['INCR', increment(keyspace)],
    ['EVAL', ([script = '', count = '0', ...rest]) => run(sha1(script), count, rest)],
    [
      'EVALSHA',
      ([sha = '', count = '0', ...rest]) =>
        loaded.has(sha) ? run(sha, count, rest) : failed('NOSCRIPT No matching script. Please use EVAL.'),
    ],
    [
      'SCRIPT',
      ([what = '']) => {
        if (what.toUpperCase() !== 'FLUSH') return failed('ERR only FLUSH');
        loaded.clear();
        return OK;
      },
    ],
  ]);
};
