import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/** Where a program lies on the PATH, if anywhere. */
export const findTool = async (name: string): Promise<string | undefined> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && found) return path;
  }
  return undefined;
};

export interface Ran {
  readonly output: string;
}

/**
 * Runs a program to its end; throws with the end of its output when it fails, takes too long or is interrupted. Both
 * output streams come back together.
 */
export const run = async (
  command: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
  },
): Promise<Ran> => {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  let output = '';
  const hear = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${lastLines(output)}`);
  return { output };
};
/** Makes a folder once for all runs: built beside its place and moved there when it is whole. */
export const cachedFolder = async (folder: string, build: (folder: string) => Promise<void>): Promise<boolean> => {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  if (exists) return false;
  await mkdir(dirname(folder), { recursive: true });
  const building = await mkdtemp(`${folder}.building-`);
  try {
    await build(building);
    await rename(building, folder);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
  return true;
};

export interface Server {
  /** The first match of `ready` in its output. */
  readonly ready: RegExpMatchArray | undefined;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it is ready: until a line of its output says so, or a probe succeeds. It ends with
 * this process at the latest, by its own process id.
 */
export const startServer = async (
  command: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly ready: RegExp | (() => Promise<boolean>);
    readonly cwd?: string;
    /** Keeps its standard input open, for a program that ends when it closes. */
    readonly input?: boolean;
  },
): Promise<Server> => {
  const child = spawn(command, args, {
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const server = new Child(child, command);
  try {
    return { ready: await server.ready(options), stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
};

/** What a server has written last, kept for the case that it fails. */
const OUTPUT_MAX = 20_000;
const PROBE_EVERY_MS = 50;
/** From the polite request to end to the other one. */
const PATIENCE_MS = 10_000;

class Child {
  #output = '';
  readonly #gone: Promise<void>;
  #ended: string | undefined;
  readonly #killAtExit = (): void => void this.child.kill('SIGKILL');

  constructor(
    private readonly child: ChildProcess,
    private readonly command: string,
  ) {
    const hear = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-OUTPUT_MAX);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    process.once('exit', this.#killAtExit);
    this.#gone = new Promise((resolve) => {
      const ended = (why: string): void => {
        this.#ended ??= why;
        process.off('exit', this.#killAtExit);
        resolve();
      };
      child.once('error', (error) => ended(error.message));
      child.once('exit', (code, signal) => ended(`ended with ${code ?? signal}`));
    });
  }

  async ready(options: {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly ready: RegExp | (() => Promise<boolean>);
  }): Promise<RegExpMatchArray | undefined> {
    const deadline = Date.now() + options.timeoutMs;
    while (Date.now() < deadline) {
      options.signal.throwIfAborted();
      if (this.#ended !== undefined) throw this.#failed(this.#ended);
      if (options.ready instanceof RegExp) {
        const match = options.ready.exec(this.#output);
        if (match) return match;
      } else if (await options.ready()) return undefined;
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
    }
    throw this.#failed(`was not ready within ${options.timeoutMs / 1000} s`);
  }

  async stop(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.child.stdin?.end();
    this.child.kill('SIGTERM');
    const patience = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    await this.#gone;
    clearTimeout(patience);
  }

  #failed(why: string): Error {
    return new Error(`${this.command} ${why}: ${lastLines(this.#output)}`);
  }
}

const lastLines = (output: string): string => output.trim().split('\n').slice(-5).join(' | ').slice(-1_000);
