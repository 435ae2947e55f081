import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SERVICES, type Service } from './provision/service';

/** A file `<name>.services.ts` and what its `@services` line asks for. */
export interface Suite {
  readonly name: string;
  readonly file: string;
  readonly needs: readonly Service[];
  /** Written with a question mark: used where it is to be had. */
  readonly likes: readonly Service[];
}

const ENDING = '.services.ts';
/** A suite that takes longer has failed. */
const SUITE_MS = 900_000;

/** The suites of a folder. Each says on a line `@services kafka mongodb redis?` which servers it runs against. */
export const discoverSuites = async (folder: string): Promise<readonly Suite[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ENDING)).sort();
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const words = /@services +([^*\n]+)/
        .exec(await readFile(path, 'utf8'))?.[1]
        ?.trim()
        .split(/\s+/);
      if (!words) throw new Error(`${file} does not say which @services it needs`);
      const named = (word: string): Service => z.enum(SERVICES).parse(word.replace(/\?$/, ''));
      return {
        name: file.slice(0, -ENDING.length),
        file: path,
        needs: words.filter((word) => !word.endsWith('?')).map(named),
        likes: words.filter((word) => word.endsWith('?')).map(named),
      };
    }),
  );
};

const jestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** Tests that exist and did not run: no better than failed. */
  readonly skipped: number;
  /** Every test of it ran and passed, and there was one. */
  readonly complete: boolean;
}

/** Runs a suite in a process of its own, with the servers' URLs in its environment. */
export const runSuite = async (
  suite: Suite,
  options: {
    readonly root: string;
    readonly scratch: string;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<SuiteResult> => {
  const report = join(options.scratch, `${suite.name}.json`);
  const jest = require.resolve('jest/bin/jest', { paths: [options.root] });
  const child = spawn(
    process.execPath,
    [
      jest,
      '--config=jest.services.config.cjs',
      '--runInBand',
      '--verbose',
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      suite.file,
    ],
    { cwd: options.root, env: options.env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const code = await ended(child, options.signal);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0, complete: false };
  const result = jestResult.parse(JSON.parse(text));
  const passed = result.numPassedTests;
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  return { passed, failed, skipped, complete: code === 0 && failed === 0 && skipped === 0 && passed > 0 };
};

/** The exit code; an interrupted or overdue child is killed by its id. */
const ended = async (child: ChildProcess, signal: AbortSignal): Promise<number | null> => {
  const kill = (): void => void child.kill('SIGKILL');
  const overdue = setTimeout(kill, SUITE_MS);
  signal.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
  } finally {
    clearTimeout(overdue);
    signal.removeEventListener('abort', kill);
    process.off('exit', kill);
  }
};
