import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PARTNERS, type SandboxSource } from '../gateways/sandbox';
import { ROLES } from '../platform/config';
import { openSqliteEventStore } from '../platform/event-store/adapters/sqlite';
import { startChild } from '../tests/support/child';
import { freePort } from '../tests/support/free-port';
import { settleIn } from './applicants';
import { type Serving, serveHouse, warmedUp, withServersCpu } from './serving';
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

interface DecisionsSize {
  readonly borrowers: number;
  /** Applications at the start that are not counted. */
  readonly warmUp: number;
  /** Applications a second; each rate is held for so many seconds on a house of its own. */
  readonly rates: readonly number[];
  /** The rate at which one of the sources hangs. */
  readonly hangingRate: number;
  readonly seconds: number;
  readonly rounds: number;
}

// More borrowers than applications at the lower rates: what a source said is used again for a while.
const FULL: DecisionsSize = {
  borrowers: 6_000,
  warmUp: 3_000,
  rates: [150, 200, 400],
  hangingRate: 200,
  seconds: 12,
  rounds: 3,
};
const TINY: DecisionsSize = { borrowers: 4, warmUp: 4, rates: [20], hangingRate: 20, seconds: 0.5, rounds: 1 };

/** A process that has just begun is slow at first, and gives partners up that are not to blame. */
const WARM_UP_RATE = 100;

const TARGET = 200;

const COUNTED = /^usance_commands_total\{type="(?:RecordDecision|RejectApplication)",outcome="accepted"\} (\d+)$/gm;
const PATIENCE_MS = 60_000;

/** Waits until the house has decided so many applications, by its own count. */
const untilDecided = async ({ url }: Serving, count: number): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (let decided = 0; decided < count; ) {
    if (Date.now() > deadline) throw new Error(`${decided} of ${count} applications are decided, and time is up`);
    await pause(100);
    const exposition = await (await fetch(`${url}/metrics`)).text();
    decided = [...exposition.matchAll(COUNTED)].reduce((sum, [, value]) => sum + Number(value), 0);
  }
};

const OUTSIDE: ReadonlySet<string> = new Set(['bureau', 'antifraud', 'telecom', 'device', 'courts']);
const DECIDED: ReadonlySet<string> = new Set(['ApplicationApproved', 'ApplicationRejected', 'ApplicationReferred']);

interface Way {
  submitted: number;
  decided: number;
  as: string;
  /** What came of each partner that was asked. */
  heard: readonly { readonly source: string; readonly outcome: string }[];
}

/** What is looked at of what is known to be a decision's event. */
interface DecisionText {
  readonly decision?: { readonly sources: Way['heard'] };
}

/** When each application came in and was decided, by the log's own instants, in order of coming in. */
const waysOf = async (folder: string): Promise<readonly Way[]> => {
  const ways = new Map<string, Way>();
  const store = openSqliteEventStore(join(folder, 'events.db'));
  for await (const { events } of store.readAll({ categories: ['application'] })) {
    for (const { stream, type, meta, data } of events) {
      // Meta data of a log that this program has had written a moment ago.
      const at = Date.parse((JSON.parse(meta) as { bookedAt: string }).bookedAt);
      const way = ways.get(stream);
      if (way === undefined) ways.set(stream, { submitted: at, decided: Number.NaN, as: '', heard: [] });
      else if (DECIDED.has(type)) {
        const { decision } = JSON.parse(data) as DecisionText;
        Object.assign(way, { decided: at, as: type, heard: decision?.sources ?? [] });
      }
    }
  }
  await store.close();
  return [...ways.values()];
};

/** How fast decisions came while applications came at a rate: where they cannot keep up, slower than that. */
const paceOf = (ways: readonly Way[]): Done => {
  const decided = ways.map((way) => way.decided);
  const seconds = (Math.max(...decided) - Math.min(...decided)) / 1_000;
  return {
    operations: ways.length,
    seconds,
    latencies: Float64Array.from(ways, (way) => way.decided - way.submitted),
    note: heardIn(ways),
  };
};

/** How often the partners said something in time: a house that gives them up decides fast, and from little. */
const heardIn = (ways: readonly Way[]): string => {
  const asked = ways.flatMap(({ heard }) => heard.filter(({ source }) => OUTSIDE.has(source)));
  const answered = asked.filter(({ outcome }) => outcome === 'answered' || outcome === 'cached').length;
  return `${((100 * answered) / asked.length).toFixed(1)} % of sources heard`;
};

/** The outside world, in a process of its own as it is outside. */
interface Outside {
  /** What a house has to be told to find it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How one of the sources behaves from now on. */
  behave(source: SandboxSource, behaviour: 'approve' | 'hang'): Promise<void>;
  end(): Promise<void>;
}

const openOutside = async (): Promise<Outside> => {
  const folder = makeFolder();
  const ports = new Map<string, number>();
  for (const partner of PARTNERS) ports.set(partner, await freePort());
  const listed = (of: (port: number) => string): string =>
    [...ports].map(([partner, port]) => `${partner}=${of(port)}`).join();
  const own = JSON.stringify({ USANCE_SANDBOX_PORTS: listed(String) });
  const child = startChild(require.resolve('./house.child'), folder, 'sandbox', own);
  const end = async (): Promise<void> => {
    await child.kill();
    removeFolder(folder);
  };
  const first = await child.lines[Symbol.asyncIterator]().next();
  if (first.done) throw new Error('the sandbox did not open');
  return {
    settings: { USANCE_SANDBOX_URLS: listed((port) => `http://127.0.0.1:${port}`) },
    behave: async (source, behaviour) => {
      const address = `http://127.0.0.1:${ports.get(source)}/sandbox/behaviour`;
      const headers = { 'content-type': 'application/json' };
      const told = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ behaviour }) });
      if (!told.ok) throw new Error(`${address}: ${told.status}`);
    },
    end,
  };
};

const INSIDE = ROLES.filter((role) => role !== 'sandbox').join();

const deciding = (
  prepared: string,
  outside: Outside,
  size: DecisionsSize,
  perSecond: number,
  hanging = false,
): Trial<Serving> => {
  const { borrowers, warmUp, seconds } = size;
  const count = Math.round(perSecond * seconds);
  return {
    prepare: async () => {
      await outside.behave('courts', 'approve');
      const house = await serveHouse({ prepared, borrowers, connections: 64 }, INSIDE, outside.settings);
      return warmedUp(house, async ({ gun, shots }) => {
        await gun.barrage(shots, warmUp, Math.min(WARM_UP_RATE, perSecond));
        await untilDecided(house, warmUp);
        if (hanging) await outside.behave('courts', 'hang');
      });
    },
    work: async (serving) => {
      const { gun, shots, folder } = serving;
      const { cpuMicros = 0 } = await withServersCpu(serving, async () => {
        const done = await gun.barrage((index) => shots(warmUp + index), count, perSecond);
        await untilDecided(serving, warmUp + count);
        return done;
      });
      await serving.kill();
      return { ...paceOf((await waysOf(folder)).slice(warmUp)), cpuMicros };
    },
    // Which way they went may hang on whether a source was in time; that each went one way may not.
    digest: async ({ folder }) => digestOf((await waysOf(folder)).map(({ as }) => (as === '' ? 'open' : 'decided'))),
    dispose: (serving) => serving.dispose(),
  };
};

/**
 * Applications over HTTP all the way to a decision, with every role in one process and all partners in another: five
 * sources are asked about each at once, beside the house's own history, counters and graph.
 */
const benchDecisions = async (size: DecisionsSize): Promise<readonly Figure[]> => {
  const prepared = makeFolder();
  const outside = await openOutside();
  try {
    await settleIn(prepared, size.borrowers);
    const hanging = contestant(
      { name: `applications at ${size.hangingRate}/s, one of five sources hangs`, unit: 'decisions/s' },
      deciding(prepared, outside, size, size.hangingRate, true),
    );
    const rates = size.rates.map((perSecond) =>
      contestant(
        {
          name: `applications at ${perSecond}/s`,
          unit: 'decisions/s',
          ...(perSecond === TARGET && { target: TARGET }),
        },
        deciding(prepared, outside, size, perSecond),
      ),
    );
    return await compare([...rates, hanging], size.rounds);
  } finally {
    await outside.end();
    removeFolder(prepared);
  }
};

export const decisions: Benchmark = {
  name: 'decisions',
  full: () => benchDecisions(FULL),
  tiny: () => benchDecisions(TINY),
};
