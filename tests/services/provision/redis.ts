import { Redis } from 'ioredis';
import { lacking, type Way } from './service';
import { findTool, freePort, run, startServer } from './tools';

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
