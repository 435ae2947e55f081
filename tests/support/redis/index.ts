/**
 * A stand-in for Redis: enough of its protocol (RESP2 and RESP3), on a loopback socket, for ioredis and the lease
 * scripts to work against keys in memory.
 *
 * What passing against it proves: that our adapter speaks to the real client, and the client over a real socket to a
 * server; that it reads the answers, loads its scripts anew when the server has forgotten them, and copes with lost
 * connections and lost answers. What it does not prove: that the Lua in the scripts does what it should. There is no
 * Lua here: a script is known by its SHA-1 and done in TypeScript (`lease-scripts.ts`); any other is refused. Nor does
 * it prove anything of Redis' own expiry, persistence, replication or access control. Where a Redis is at hand the same
 * suites run against that.
 */
export { Keyspace } from './keyspace';
export { leaseScript, sha1 } from './lease-scripts';
export { startRedisServer } from './server';
