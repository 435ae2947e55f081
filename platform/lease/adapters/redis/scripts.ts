/** What runs inside Redis, each in one piece. A lease is a key that holds its owner's id and expires. */

/**
 * KEYS: the lease, its counter. ARGV: owner, time to live in milliseconds. Answers {token, 0}, or {0, milliseconds
 * left} of another's. The counter is never behind the server's time in microseconds: tokens rise, too, over a restart
 * of a server that keeps nothing. They stay below 2^53, up to which a number of Lua is exact, for two centuries.
 */
const acquire = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return { 0, redis.call('PTTL', KEYS[1]) }
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local token = redis.call('INCR', KEYS[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if token < now then
  token = now
  redis.call('SET', KEYS[2], string.format('%.0f', token))
end
return { token, 0 }
`;

/**
 * KEYS: the lease. ARGV: owner, time to live in milliseconds. 1: it lasts so long from now. 0: it is not the owner's.
 */
const renew = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** KEYS: the lease. ARGV: owner. 1: it is free. 0: it was not the owner's. */
const release = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
`;

export const SCRIPTS = { acquire, renew, release } as const;
