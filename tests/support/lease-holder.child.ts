import { performance } from 'node:perf_hooks';
import { ExpiringLeases, LeaseLost, termsFor } from '../../platform/lease';
import { RedisLeaseTable } from '../../platform/lease/adapters/redis';
import { systemClock, systemIds, systemTimers } from '../../platform/runtime';

/**
 * `lease-holder.child <Redis> <prefix> <name> <time to live>`: holds a lease until it is lost. Writes its
 * token, and why it has it no longer; it is there to be stopped and killed.
 */
const main = async ([url = '', prefix = '', name = '', ttlMs = '']: readonly string[]): Promise<void> => {
  const table = await RedisLeaseTable.open({ url, prefix });
  const time = { clock: systemClock, stopwatch: () => performance.now(), timers: systemTimers };
  const leases = new ExpiringLeases({ table, ids: systemIds, time, terms: termsFor(Number(ttlMs)) });
  await leases.hold(name, async (lease) => {
    process.stdout.write(`${lease.token}\n`);
    await new Promise((resolve) => lease.signal.addEventListener('abort', resolve, { once: true }));
    process.stdout.write(`${lease.signal.reason instanceof LeaseLost ? lease.signal.reason.why : 'asked to end'}\n`);
  });
  await leases.close();
};

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
