import { Redis } from 'ioredis';
import { freePort } from '../../support/free-port';
import { startRedisServer } from '../../support/redis';
import { lacking, type Way } from './service';
import { findTool, run, startServer } from './tools';

/** Redis itself, where it is installed: nothing on disk, nothing but loopback. */
export const redisServer: Way = async ({ scratch, say, signal }) => {
  const program = await findTool('redis-server');
  if (!program) return lacking('redis-server is not on the PATH');
  const { output } = await run(program, ['--version'], { timeoutMs: 10_000, signal });
  const version = /v=([\d.]+)/.exec(output)?.[1] ?? 'of unknown version';
  say(`starting Redis ${version}`);
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = await startServer(program, [...settings, '--dir', scratch], {
    timeoutMs: 10_000,
    signal,
    ready: /Ready to accept connections/,
  });
  return { kind: 'real', name: `Redis ${version}`, url: `redis://127.0.0.1:${port}`, stop: () => server.stop() };
};

/** The wire server of the test tree. */
export const redisStandIn: Way = async ({ say }) => {
  say('starting the stand-in for Redis');
  const server = await startRedisServer();
  return {
    kind: 'stand-in',
    name: "the test tree's wire server (knows the lease scripts and no Lua)",
    url: server.url,
    stop: () => server.close(),
  };
};

/** What answers at a URL calls itself. */
export const redisName = async (url: string): Promise<string> => {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  try {
    await client.connect();
    return `Redis ${/redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'of unknown version'}`;
  } finally {
    client.disconnect();
  }
};
