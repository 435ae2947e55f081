import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisServer } from '../../../../tests/services/provision/redis';
import { startRedisServer } from '../../../../tests/support/redis';
import { describeRedisLeases, type RedisAtWork } from './redis-leases.contract';

describeRedisLeases('Redis, stand-in', startRedisServer);

/** A server of our own, where Redis is installed. */
const installed = async (): Promise<RedisAtWork> => {
  const scratch = await mkdtemp(join(tmpdir(), 'usance-redis-'));
  const surroundings = { cache: scratch, scratch, sources: scratch, say: () => undefined };
  const server = await redisServer({ ...surroundings, signal: new AbortController().signal });
  if ('lacking' in server) throw new Error(server.lacking);
  return {
    url: server.url,
    close: async () => {
      await server.stop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
};

const NAMED = process.env['REDIS_URL'];
if (NAMED !== undefined) {
  describeRedisLeases('Redis at REDIS_URL', async () => ({ url: NAMED, close: async () => undefined }));
} else if (spawnSync('redis-server', ['--version']).status === 0) {
  describeRedisLeases('Redis on this machine', installed);
}
