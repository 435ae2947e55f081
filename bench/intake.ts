import { join } from 'node:path';
import { openSqliteEventStore } from '../platform/event-store/adapters/sqlite';
import { settleIn } from './applicants';
import type { Gun, Shot } from './load';
import { type Serving, serveHouse, serveNothing, warmedUp, withServersCpu } from './serving';
import {
  type Benchmark,
  compare,
  contestant,
  type Done,
  digestOf,
  type Figure,
  makeFolder,
  removeFolder,
  type Trial,
} from './support';

interface IntakeSize {
  readonly borrowers: number;
  /** Applications at the start that are not counted: a server is at its slowest when it is young. */
  readonly warmUp: number;
  readonly count: number;
  readonly inFlight: number;
  /** So many a second, for as long as `count` lasts. */
  readonly steady: { readonly perSecond: number; readonly count: number };
  readonly rounds: number;
}

const FULL: IntakeSize = {
  borrowers: 2_000,
  warmUp: 5_000,
  count: 40_000,
  inFlight: 64,
  steady: { perSecond: 2_500, count: 25_000 },
  rounds: 3,
};
const TINY: IntakeSize = {
  borrowers: 4,
  warmUp: 4,
  count: 40,
  inFlight: 4,
  steady: { perSecond: 200, count: 20 },
  rounds: 1,
};

const TARGET = 5_000;

/** What the house was told and has kept. */
const digestOfApplications = async ({ folder, kill }: Serving): Promise<string> => {
  await kill();
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const lines: string[] = [];
  for await (const { events } of store.readAll({ categories: ['application'] })) {
    for (const { stream, revision, type } of events) lines.push(`${stream}@${revision} ${type}`);
  }
  await store.close();
  return digestOf(lines);
};

type Server = Pick<Trial<Serving>, 'prepare' | 'digest'>;
type Load = (gun: Gun, shots: (index: number) => Shot) => Promise<Done>;

const sending = (server: Server, { warmUp, inFlight }: IntakeSize, load: Load): Trial<Serving> => ({
  prepare: async () => warmedUp(await server.prepare(), ({ gun, shots }) => gun.volley(shots, warmUp, inFlight)),
  work: (serving) => {
    const { gun, shots } = serving;
    return withServersCpu(serving, () => load(gun, (index) => shots(warmUp + index)));
  },
  digest: server.digest,
  dispose: (serving) => serving.dispose(),
});

/** Applications over HTTP into the house, which does nothing else; beside a server that does nothing at all. */
const benchIntake = async (size: IntakeSize): Promise<readonly Figure[]> => {
  const { inFlight, count, steady, rounds, borrowers } = size;
  const prepared = makeFolder();
  try {
    await settleIn(prepared, borrowers);
    const options = { prepared, borrowers, connections: inFlight };
    const house: Server = { prepare: () => serveHouse(options, 'write-api'), digest: digestOfApplications };
    const bare: Server = { prepare: () => serveNothing(options), digest: () => digestOf([]) };
    const fast = (server: Server) => sending(server, size, (gun, shots) => gun.volley(shots, count, inFlight));
    const even = (server: Server) =>
      sending(server, size, (gun, shots) => gun.barrage(shots, steady.count, steady.perSecond));
    const unit = 'requests/s';
    const ceiling = `bare Fastify, ${inFlight} in flight`;
    const intake = { name: `applications, ${inFlight} in flight`, unit, ceiling, target: TARGET };
    return await compare(
      [
        contestant({ name: ceiling, unit }, fast(bare)),
        contestant(intake, fast(house)),
        contestant({ name: `bare Fastify at ${steady.perSecond}/s`, unit }, even(bare)),
        contestant({ name: `applications at ${steady.perSecond}/s`, unit }, even(house)),
      ],
      rounds,
    );
  } finally {
    removeFolder(prepared);
  }
};

export const intake: Benchmark = {
  name: 'intake',
  full: () => benchIntake(FULL),
  tiny: () => benchIntake(TINY),
};
