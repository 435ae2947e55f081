import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Redis } from 'ioredis';
import { type Child, startChild } from '../../../../tests/support/child';
import { layWire, type Wire } from '../../../../tests/support/wire';
import { systemClock, systemIds, systemTimers } from '../../../runtime';
import { ExpiringLeases, type LeaseTerms, termsFor } from '../..';
import { describeLeases, gate, holding } from '../../lease.contract';
import { LeaseServerError, RedisLeaseTable } from '.';

export interface RedisAtWork {
  readonly url: string;
  close(): Promise<void>;
}

const time = { clock: systemClock, stopwatch: () => performance.now(), timers: systemTimers };

const HOLDER = require.resolve('../../../../tests/support/lease-holder.child');

/** Nobody here waits for a lease to expire, and who waits asks every few milliseconds. */
const PATIENT: LeaseTerms = { ...termsFor(30_000), retryMs: 3 };
/** Short enough to be waited for. */
const SHORT = termsFor(500);

/** The lease contract on a Redis, and what only a server can be asked. */
export const describeRedisLeases = (subject: string, start: () => Promise<RedisAtWork>): void => {
  let server: RedisAtWork;
  let control: Redis;
  let prefix: string;
  let names: string[] = [];
  let tables: RedisLeaseTable[] = [];

  const name = (): string => {
    const fresh = randomUUID();
    names.push(fresh);
    return fresh;
  };
  const tableAt = async (url = server.url): Promise<RedisLeaseTable> => {
    const table = await RedisLeaseTable.open({ url, prefix, callMs: 1_000 });
    tables.push(table);
    return table;
  };
  const leasesAt = async (terms: LeaseTerms, url = server.url): Promise<ExpiringLeases> =>
    new ExpiringLeases({ table: await tableAt(url), ids: systemIds, time, terms });
  const begin = async (): Promise<void> => {
    prefix = `usance-test:${randomUUID()}:`;
    names = [];
    tables = [];
    control = new Redis(server.url);
  };
  const end = async (): Promise<void> => {
    await Promise.all(tables.map((table) => table.close()));
    const keys = names.flatMap((each) => [`${prefix}{${each}}`, `${prefix}{${each}}:token`]);
    await Promise.all(keys.map((key) => control.del(key)));
    control.disconnect();
  };

  describe(subject, () => {
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.close());

    describeLeases(subject, async () => {
      await begin();
      return { process: () => leasesAt(PATIENT), name, dispose: end };
    });

    describe('the table of leases', () => {
      beforeEach(begin);
      afterEach(end);

      test('grants a lease to one owner, and tells others for how long it is taken', async () => {
        const [table, others, lease] = [await tableAt(), await tableAt(), name()];
        expect(await table.acquire(lease, 'a', 20_000)).toMatchObject({ kind: 'granted' });
        const asked = await others.acquire(lease, 'b', 20_000);
        if (asked.kind === 'granted') throw new Error('granted twice');
        expect(asked.forMs).toBeGreaterThan(0);
        expect(asked.forMs).toBeLessThanOrEqual(20_000);
      });

      test('renews and frees a lease for its owner alone', async () => {
        const [table, lease] = [await tableAt(), name()];
        await table.acquire(lease, 'a', 20_000);
        expect(await table.renew(lease, 'b', 60_000)).toBe(false);
        await table.release(lease, 'b');
        expect(await table.renew(lease, 'a', 60_000)).toBe(true);
        expect(await control.get(`${prefix}{${lease}}`)).toBe('a');
        await table.release(lease, 'a');
        await table.release(lease, 'a');
        expect(await table.renew(lease, 'a', 60_000)).toBe(false);
        expect(await control.get(`${prefix}{${lease}}`)).toBeNull();
      });

      test('tokens rise from grant to grant, also when the server has lost all that it knew', async () => {
        const [table, lease] = [await tableAt(), name()];
        const grantTo = async (owner: string): Promise<bigint> => {
          const asked = await table.acquire(lease, owner, 20_000);
          if (asked.kind !== 'granted') throw new Error(`taken from ${owner}`);
          return asked.token;
        };
        const tokens = [await grantTo('a'), await grantTo('a')];
        await table.release(lease, 'a');
        tokens.push(await grantTo('b'));
        await control.del(`${prefix}{${lease}}`, `${prefix}{${lease}}:token`);
        tokens.push(await grantTo('c'), await grantTo('c'));
        expect(tokens).toHaveLength(5);
        expect(tokens).toEqual(tokens.toSorted((a, b) => Number(a - b)));
        expect(new Set(tokens).size).toBe(5);
      });

      test('goes on when the server has forgotten its scripts', async () => {
        const [table, lease] = [await tableAt(), name()];
        await table.acquire(lease, 'a', 20_000);
        await table.renew(lease, 'a', 20_000);
        await control.script('FLUSH');
        expect(await table.renew(lease, 'a', 20_000)).toBe(true);
        expect(await table.acquire(lease, 'a', 20_000)).toMatchObject({ kind: 'granted' });
        await table.release(lease, 'a');
        expect(await table.acquire(lease, 'b', 20_000)).toMatchObject({ kind: 'granted' });
      });
    });

    describe('a holder in a process of its own', () => {
      let child: Child;
      let told: AsyncIterator<string>;
      let lease: string;
      let standby: ExpiringLeases;
      beforeEach(async () => {
        await begin();
        lease = name();
        standby = await leasesAt(PATIENT);
        child = startChild(HOLDER, server.url, prefix, lease, String(SHORT.ttlMs));
        told = child.lines[Symbol.asyncIterator]();
      });
      afterEach(async () => {
        await child.kill();
        await end();
      });

      test('is succeeded when it is killed', async () => {
        const token = BigInt((await told.next()).value);
        await child.kill();
        await standby.hold(lease, async (mine) => expect(mine.token).toBeGreaterThan(token));
      });

      test('is succeeded when it is stopped, and learns it first of all when it goes on', async () => {
        const token = BigInt((await told.next()).value);
        child.stop();
        const mine = await holding(standby, lease);
        expect(mine.lease.token).toBeGreaterThan(token);
        child.goOn();
        expect((await told.next()).value).toBe('not renewed in time');
        expect(mine.lease.held()).toBe(true);
        await mine.letGo();
      });
    });

    describe('when things go wrong', () => {
      let wire: Wire;
      beforeEach(async () => {
        await begin();
        wire = await layWire(server.url);
      });
      afterEach(async () => {
        await wire.close();
        await end();
      });

      test('who stands by takes over from a holder whose machine has died, after that one could have known', async () => {
        const [dying, standby, lease] = [await leasesAt(SHORT, wire.url), await leasesAt(SHORT), name()];
        const first = await holding(dying, lease);
        wire.cut();
        let toldFirst = false;
        first.lease.signal.addEventListener('abort', () => {
          toldFirst = true;
        });
        await standby.hold(lease, async ({ token }) => {
          expect(toldFirst).toBe(true);
          expect(first.lease.held()).toBe(false);
          expect(token).toBeGreaterThan(first.lease.token);
        });
        expect(first.lease.signal.reason).toMatchObject({ name: 'LeaseLost', why: 'not renewed in time' });
        await first.letGo();
      });

      test('a line on which nothing gets through any more stops the work as well', async () => {
        const [leases, lease] = [await leasesAt(SHORT, wire.url), name()];
        const stopped = gate();
        let why: unknown;
        await leases.hold(lease, async ({ signal }) => {
          wire.holdUp();
          signal.addEventListener('abort', stopped.open, { once: true });
          await stopped.opened;
          why = signal.reason;
        });
        expect(why).toMatchObject({ why: 'not renewed in time' });
      });

      test('a server that is gone stops the work; when it is back, work goes on under a higher token', async () => {
        const [leases, lease] = [await leasesAt(SHORT, wire.url), name()];
        const failures: unknown[] = [];
        const tokens: bigint[] = [];
        const work = async ({ token, signal }: { token: bigint; signal: AbortSignal }): Promise<void> => {
          tokens.push(token);
          if (tokens.length > 1) return;
          wire.cut();
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        };
        await leases.hold(lease, work);
        const again = leases.hold(lease, work, {
          onFailure: (error) => {
            failures.push(error);
            wire.mend();
          },
        });
        await again;
        expect(failures[0]).toBeInstanceOf(LeaseServerError);
        expect(tokens).toHaveLength(2);
        expect(tokens[1]).toBeGreaterThan(tokens[0] ?? 0n);
      });

      test('a grant whose answer is lost is asked for again, and nobody else had it meanwhile', async () => {
        const [leases, lease] = [await leasesAt(PATIENT, wire.url), name()];
        const failures: unknown[] = [];
        wire.loseNextAnswer();
        await leases.hold(
          lease,
          async ({ token }) => {
            // The server knows of the first grant: this is the second.
            expect(await control.get(`${prefix}{${lease}}:token`)).toBe(String(token));
          },
          { onFailure: (error) => failures.push(error) },
        );
        expect(failures.length).toBeGreaterThan(0);
        expect(await control.get(`${prefix}{${lease}}`)).toBeNull();
      });

      test('who gives up after its grant was lost on the way leaves nothing behind', async () => {
        const [leases, lease] = [await leasesAt(PATIENT, wire.url), name()];
        const stopping = new AbortController();
        wire.loseNextAnswer();
        await leases.hold(lease, () => Promise.reject(new Error('not wanted any more')), {
          signal: stopping.signal,
          onFailure: () => stopping.abort(),
        });
        // It could not be given back over a line that had just broken: then it runs out.
        const left = await control.get(`${prefix}{${lease}}`);
        const table = await tableAt();
        if (left !== null) await table.release(lease, left);
        expect(await table.acquire(lease, 'b', 20_000)).toMatchObject({ kind: 'granted' });
      });

      test('a renewal whose answer is lost does not end the lease', async () => {
        const lease = name();
        const leases = await leasesAt({ ...PATIENT, renewMs: 10 }, wire.url);
        const [lost, renewed] = [gate(), gate()];
        await leases.hold(
          lease,
          async (held) => {
            wire.loseNextAnswer();
            await lost.opened;
            // The next one only gets through when the client has found its way back by itself.
            await control.pexpire(`${prefix}{${lease}}`, 5_000);
            const look = async (): Promise<void> => {
              if ((await control.pttl(`${prefix}{${lease}}`)) > 10_000) renewed.open();
              else setTimeout(() => void look(), 5);
            };
            await look();
            await renewed.opened;
            expect(held.held()).toBe(true);
          },
          { onFailure: lost.open },
        );
      });

      test('calls on a lost line fail in bounded time; the line is found again', async () => {
        const [table, lease] = [await tableAt(wire.url), name()];
        wire.cut();
        await expect(table.acquire(lease, 'a', 20_000)).rejects.toThrow(LeaseServerError);
        await expect(table.renew(lease, 'a', 20_000)).rejects.toThrow('a lease could not be renewed');
        wire.mend();
        const reached = async (): Promise<boolean> =>
          table.acquire(lease, 'a', 20_000).then(
            () => true,
            () => false,
          );
        while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 5));
        expect(await table.renew(lease, 'a', 20_000)).toBe(true);
      });

      test('without a server there is no table, and the error does not tell the password', async () => {
        const url = new URL(wire.url);
        url.password = 'hush';
        await wire.close();
        const opening = RedisLeaseTable.open({ url: url.href });
        await expect(opening).rejects.toThrow(LeaseServerError);
        await expect(opening).rejects.not.toThrow('hush');
      });
    });
  });
};
