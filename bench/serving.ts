import { cpSync } from 'node:fs';
import { type Child, startChild } from '../tests/support/child';
import { applicationsOf } from './applicants';
import { cpuMicrosOf, Gun, type Shot } from './load';
import { type Done, makeFolder, removeFolder } from './support';

/** A server in a process of its own, and what it takes to send it applications. */
export interface Serving {
  /** Its data folder; empty where the server keeps nothing. */
  readonly folder: string;
  readonly url: string;
  readonly gun: Gun;
  /** The n-th application: another one for every n, the same in every run. */
  readonly shots: (index: number) => Shot;
  /** Ends it where it stands. What it has acknowledged is in its folder all the same. */
  kill(): Promise<void>;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
}

const ACCEPTED = 202;

interface ServingOptions {
  /** A data folder with a product on offer and so many borrowers. */
  readonly prepared: string;
  readonly borrowers: number;
  readonly connections: number;
}

const start = async (
  { borrowers, prepared, connections }: ServingOptions,
  folder: string,
  program: string,
  args: readonly string[],
): Promise<Serving> => {
  const shots = await applicationsOf(prepared, borrowers);
  const child: Child = startChild(require.resolve(program), ...args);
  const first = await child.lines[Symbol.asyncIterator]().next();
  if (first.done) throw new Error(`${program} did not open`);
  const url = String(first.value);
  const gun = new Gun(url, connections, ACCEPTED);
  return {
    folder,
    url,
    gun,
    shots,
    kill: () => child.kill(),
    dispose: async () => {
      await child.kill();
      await gun.close();
      removeFolder(folder);
    },
  };
};

/** A house of these roles on a copy of a prepared folder. */
export const serveHouse = (
  options: ServingOptions,
  roles: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Serving> => {
  const folder = makeFolder();
  cpSync(options.prepared, folder, { recursive: true });
  return start(options, folder, './house.child', [folder, roles, JSON.stringify(settings)]);
};

/** A server that does nothing with what it is sent. */
export const serveNothing = (options: ServingOptions): Promise<Serving> =>
  start(options, makeFolder(), './bare.child', []);

/** The server once the work on it is done; if that fails, there is no server any more. */
export const warmedUp = async (serving: Serving, work: (of: Serving) => Promise<unknown>): Promise<Serving> => {
  try {
    await work(serving);
    return serving;
  } catch (error) {
    await serving.dispose();
    throw error;
  }
};

/** The work, with the CPU time that the server used for it. */
export const withServersCpu = async ({ url }: Serving, work: () => Promise<Done>): Promise<Done> => {
  const before = await cpuMicrosOf(url);
  const done = await work();
  return { ...done, cpuMicros: (await cpuMicrosOf(url)) - before };
};
