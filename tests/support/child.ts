import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A TypeScript program running in a process of its own, for tests of what happens when that process dies. */
export interface Child {
  /** What it writes to its standard output, line by line, to the last one before its end. Can be read once. */
  readonly lines: AsyncIterable<string>;
  /** `kill -9`: no handler runs, nothing is flushed. Resolves when the process is gone; harmless if it is. */
  kill(): Promise<void>;
  /** `kill -STOP`: it stays as it is, and knows of nothing, until it is let go on. */
  stop(): void;
  goOn(): void;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export const startChild = (program: string, ...args: readonly string[]): Child => {
  // Compiled already where the tests themselves are.
  const compiler = program.endsWith('.ts') ? ['--require', require.resolve('./typescript.cjs')] : [];
  // Its memory is laid out as its parent's.
  const memory = process.execArgv.filter((flag) => flag.startsWith('--max-semi-space-size'));
  const child: ChildProcess = spawn(process.execPath, [...memory, ...compiler, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error(`${program}: its output cannot be read`);
  const gone = once(child, 'exit');
  const ended = gone.then(([code]): number | null => (typeof code === 'number' ? code : null));
  return {
    lines: createInterface({ input: child.stdout }),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    ended,
  };
};
