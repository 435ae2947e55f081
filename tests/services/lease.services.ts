import { describeRedisLeases } from '../../platform/lease/adapters/redis/redis-leases.contract';
import { namedServer } from './named-server';

/** @services redis */
describeRedisLeases('Redis', async () => ({ url: namedServer('redis'), close: async () => undefined }));
