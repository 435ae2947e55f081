import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ReadStoreError } from '../../read-store';
import type { Outcome, RowBatch, RowWriting } from './row-writer';

/** What the thread is asked for. */
export type Asked =
  | { readonly kind: 'write'; readonly group: readonly RowBatch[] }
  | { readonly kind: 'forget'; readonly collection: string }
  | { readonly kind: 'close' };

/** How the thread's program is run: a test's is not compiled yet. */
export interface ThreadProgram {
  readonly file: string;
  readonly execArgv?: readonly string[];
}

export const WRITING_THREAD: ThreadProgram = { file: require.resolve('./writing.thread') };

/**
 * Writes in a thread of its own: what a busy house writes of its read models is a tenth of its work, and this much is
 * taken off the event loop that answers. It writes one group after the other; a thread that is gone writes nothing any
 * more, and says so.
 */
export class RowThread implements RowWriting {
  readonly #worker: Worker;
  #failure: Error | undefined;
  #answered: ((outcomes: readonly Outcome[]) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(file: string, { file: program, execArgv }: ThreadProgram) {
    this.#worker = new Worker(program, { workerData: file, ...(execArgv && { execArgv: [...execArgv] }) });
    this.#worker.on('message', (outcomes: readonly Outcome[]) => this.#answered?.(outcomes));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('it has ended')));
  }

  write(group: readonly RowBatch[]): Promise<readonly Outcome[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      [this.#answered, this.#failed] = [resolve, reject];
      this.#ask({ kind: 'write', group });
    });
  }

  forget(collection: string): void {
    this.#ask({ kind: 'forget', collection });
  }

  async close(): Promise<void> {
    if (this.#failure) return;
    this.#ask({ kind: 'close' });
    await once(this.#worker, 'exit');
  }

  #ask(asked: Asked): void {
    this.#worker.postMessage(asked);
  }

  #fail(error: Error): void {
    this.#failure ??= new ReadStoreError(`the thread that writes is gone: ${error.message}`, { cause: error });
    this.#failed?.(this.#failure);
  }
}
