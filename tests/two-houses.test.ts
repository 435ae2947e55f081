import { randomBytes } from 'node:crypto';
import type { Duty } from '../app/duties';
import { TOKENS, the } from '../app/tokens';
import { type EventStoreDbServer, startEventStoreDb } from './support/eventstoredb';
import { type MongoServer, startMongoServer } from './support/mongodb';
import { person } from './support/people';
import { startRedisServer } from './support/redis';
import { at, OPERATOR, Stage, textAt, type Who } from './support/stage';
import { until } from './support/until';
import { layWire, type Wire } from './support/wire';

/**
 * Goal: two processes with the same roles are one house: what must be done alone is done by one of them, and by the
 * other when that one stops or can be sure no longer. Method: two houses in this process, over sockets to stand-ins for
 * EventStoreDB, MongoDB and Redis; between one of them and Redis lies a line that can be cut.
 */

const DUTIES: readonly Duty[] = ['projections', 'sagas'];
const MASTER = randomBytes(32).toString('base64');

let servers: {
  readonly log: EventStoreDbServer;
  readonly reads: MongoServer;
  readonly leases: Awaited<ReturnType<typeof startRedisServer>>;
};
let partners: Stage;
let wire: Wire;

const openHouse = (redisUrl: string, leaseSeconds = 1): Promise<Stage> => {
  const urls = Object.entries(partners.house.sandbox?.urls ?? {}).map(([partner, url]) => `${partner}=${url}`);
  return Stage.open({
    environment: {
      EVENT_STORE_URL: servers.log.url,
      MONGODB_URL: `${servers.reads.url}usance`,
      REDIS_URL: redisUrl,
      USANCE_LEASE_SECONDS: String(leaseSeconds),
      USANCE_MASTER_KEY: MASTER,
      USANCE_ROLES: 'write-api,read-api,projections,sagas',
      USANCE_SANDBOX_URLS: urls.join(','),
    },
  });
};

const has = ({ house }: Stage): readonly boolean[] => {
  const duties = the(house.container, TOKENS.duties);
  return DUTIES.map((duty) => duties.has(duty));
};

/** Each duty of two houses, as they come to be shared out. Nothing may be done by both at any time. */
const shared = async (one: Stage, other: Stage, wanted: (one: boolean, other: boolean) => boolean): Promise<void> => {
  await until(
    async () => {
      const [here, there] = [has(one), has(other)];
      expect(here.filter((mine, index) => mine && there[index])).toEqual([]);
      return here.map((mine, index) => wanted(mine, there[index] ?? false));
    },
    (all) => !all.includes(false),
  );
};

/** Somebody registers at one house; their identity is checked, and what is written at the one is seen at both. */
const works = async (one: Stage, other: Stage, nth: number): Promise<void> => {
  const { name, idNumber, phone } = person(nth);
  const who: Who = {
    kind: 'borrower',
    id: textAt(await one.post(OPERATOR, '/v1/borrowers', { name, idNumber, phone }), 'id'),
  };
  const self = `/v1/borrowers/${who.id}`;
  await one.post(who, `${self}/consents`, {
    scope: 'identity-verification',
    textVersion: '2026-01',
    channel: 'app',
  });
  await until(
    () => other.get(who, self),
    (told) => at(told, 'status') === 'verified',
  );
  const written = await one.post(OPERATOR, `${self}/freeze`, { reason: 'a drill' });
  const consistency = written.headers.get('consistency-token') ?? '';
  for (const stage of [other, one]) {
    const told = await stage.get(OPERATOR, self, { consistency });
    expect([told.status, at(told, 'id'), at(told, 'status')]).toEqual([200, who.id, 'frozen']);
  }
};

beforeAll(async () => {
  const [log, reads, leases] = [startEventStoreDb(), startMongoServer(), startRedisServer()];
  servers = { log: await log, reads: await reads, leases: await leases };
  wire = await layWire(servers.leases.url);
  partners = await Stage.open({ environment: { USANCE_ROLES: 'sandbox' } });
});
afterAll(async () => {
  await partners.close();
  await wire.close();
  await Promise.all([servers.log.close(), servers.reads.close(), servers.leases.close()]);
});

test('of two houses one does what is done alone, and the other takes over, there and back again', async () => {
  const first = await openHouse(wire.url);
  const second = await openHouse(servers.leases.url);
  try {
    // On a machine that stands still for a second either may have them; one has each.
    await shared(first, second, (one, other) => one || other);
    await works(first, second, 1);
    await works(second, first, 2);

    wire.cut();
    await shared(first, second, (_, other) => other);
    await works(first, second, 3);

    wire.mend();
    await second.close();
    await until(
      async () => has(first),
      (all) => !all.includes(false),
    );
    await works(first, first, 4);
    expect(first.logged.filter((line) => /"log.level":"(error|fatal)"/.test(line))).toEqual([]);
  } finally {
    await second.close();
    await first.close();
  }
});

test('operators find the machinery where it runs, and are told where it does not', async () => {
  const first = await openHouse(servers.leases.url, 30);
  const second = await openHouse(servers.leases.url, 30);
  try {
    const lag = async (stage: Stage) => at(await stage.get(OPERATOR, '/v1/operations/lag'), 'items', 'length');
    expect(await lag(first)).toBeGreaterThan(0);
    expect(await lag(second)).toBe(0);
    const rebuild = (stage: Stage) => stage.post(OPERATOR, '/v1/operations/projections/products/rebuild');
    expect([(await rebuild(second)).status, (await rebuild(first)).status]).toEqual([404, 202]);
    const figures = async ({ url }: Stage) => (await fetch(`${url}/metrics`)).text();
    expect(await figures(first)).toMatch(/^usance_leads\{lease="projections"\} 1$/m);
    expect(await figures(first)).toMatch(/^usance_lag_seconds\{reader="products"\} /m);
    expect(await figures(second)).not.toMatch(/^usance_(leads|lag_seconds)\{/m);
  } finally {
    await second.close();
    await first.close();
  }
});
