import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { startMongoServer } from '../../support/mongodb';
import { lacking, type Way } from './service';
import { cachedFolder, findTool, run, startServer } from './tools';

/** Fetching some 60 modules and compiling an SQLite that was translated to Go, on a slow machine. */
const BUILD_MS = 900_000;

/** FerretDB v1 on SQLite, built from its published module. */
export const ferretDb: Way = async ({ sources, cache, scratch, say, signal }) => {
  const version = await versionInModule(join(sources, 'ferretdb', 'go.mod'));
  const home = join(cache, `ferretdb-${version}`);
  const go = await findTool('go');
  try {
    await cachedFolder(home, async (folder) => {
      if (!go) throw new Error('go is not on the PATH');
      say(`building FerretDB ${version} with Go; the first time takes some minutes`);
      for (const file of ['go.mod', 'go.sum', 'main.go']) {
        await copyFile(join(sources, 'ferretdb', file), join(folder, file));
      }
      // No C compiler and no other toolchain than the one that is there.
      const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off' };
      await run(go, ['build', '-trimpath', '-o', 'ferretdb', '.'], { cwd: folder, timeoutMs: BUILD_MS, signal, env });
    });
  } catch (error) {
    return lacking(`FerretDB ${version} cannot be built: ${error instanceof Error ? error.message : error}`);
  }
  say(`starting FerretDB ${version}`);
  const data = join(scratch, 'ferretdb');
  await mkdir(data);
  const server = await startServer(join(home, 'ferretdb'), [data], {
    timeoutMs: 30_000,
    signal,
    ready: /(mongodb:\/\/\S+)\n/,
  });
  const url = server.ready?.[1];
  if (!url) throw new Error('FerretDB does not say where it listens');
  return {
    kind: 'independent',
    name: `FerretDB ${version} on SQLite (MongoDB's protocol; no change streams, no multi-document transactions)`,
    url,
    stop: () => server.stop(),
  };
};

/** The wire server of the test tree. */
export const mongoStandIn: Way = async ({ say }) => {
  say('starting the stand-in for MongoDB');
  const server = await startMongoServer();
  return {
    kind: 'stand-in',
    name: "the test tree's wire server (documents in memory)",
    url: server.url,
    stop: () => server.close(),
  };
};

const buildInfo = z.object({ version: z.string(), ferretdb: z.object({ version: z.string() }).optional() });

/** What answers at a URL calls itself. */
export const mongoName = async (url: string): Promise<string> => {
  const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 5_000 });
  try {
    const { version, ferretdb } = buildInfo.parse(await client.db('admin').command({ buildInfo: 1 }));
    return ferretdb ? `FerretDB ${ferretdb.version} (as MongoDB ${version})` : `MongoDB ${version}`;
  } finally {
    await client.close();
  }
};

const versionInModule = async (goMod: string): Promise<string> => {
  const version = /FerretDB\/FerretDB v(\S+)/.exec(await readFile(goMod, 'utf8'))?.[1];
  if (!version) throw new Error(`${goMod} names no version of FerretDB`);
  return version;
};
