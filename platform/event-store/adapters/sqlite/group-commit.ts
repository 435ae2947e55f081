import { setImmediate } from 'node:timers';

/** The store underneath, as far as a shared commit needs it. Each call may throw. */
export interface Transactions {
  begin(): void;
  commit(): void;
  /** Undoes the open transaction; harmless if the store has undone it already. */
  rollback(): void;
}

export interface GroupCommitOptions<Request, Result> {
  readonly transactions: Transactions;
  /** Does one request inside the open transaction. A request that fails by its own fault is a result, not an error. */
  readonly perform: (request: Request) => Result;
  /** Size of a request, in characters. */
  readonly weigh: (request: Request) => number;
  /** After a commit, before its requests learn of it. */
  readonly committed: () => void;
  /** After a group failed: nothing that `perform` did has happened. */
  readonly undone: () => void;
  readonly failure: (error: unknown) => Error;
}

interface Waiting<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** A group must not hold up the event loop for long, nor fill the memory. */
const GROUP_REQUESTS = 1_000;
const GROUP_CHARACTERS = 8 * 1024 * 1024;

/**
 * Collects what arrives in one turn of the event loop and commits it as one transaction, so that many requests share
 * one fsync. Nobody is answered before the commit has returned. If the transaction fails, all of its requests fail:
 * none has happened, and the next turn starts afresh.
 */
export class GroupCommit<Request, Result> {
  #queue: Waiting<Request, Result>[] = [];
  #scheduled = false;

  constructor(private readonly options: GroupCommitOptions<Request, Result>) {}

  submit(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  /** Does at once whatever still waits. */
  drain(): void {
    while (this.#queue.length > 0) this.#commitGroup();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#queue.length === 0) return;
      this.#commitGroup();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    try {
      const answers = this.#transact(group);
      this.options.committed();
      for (const answer of answers) answer();
    } catch (error) {
      const failure = this.options.failure(error);
      for (const { reject } of group) reject(failure);
    }
  }

  #transact(group: readonly Waiting<Request, Result>[]): readonly (() => void)[] {
    const { transactions, perform, undone } = this.options;
    transactions.begin();
    try {
      const answers = group.map(({ request, resolve }) => {
        const result = perform(request);
        return () => resolve(result);
      });
      transactions.commit();
      return answers;
    } catch (error) {
      try {
        transactions.rollback();
      } finally {
        undone();
      }
      throw error;
    }
  }

  #takeGroup(): Waiting<Request, Result>[] {
    let size = 0;
    let characters = 0;
    for (const { request } of this.#queue) {
      if (size === GROUP_REQUESTS || (size > 0 && characters >= GROUP_CHARACTERS)) break;
      size += 1;
      characters += this.options.weigh(request);
    }
    const group = this.#queue.slice(0, size);
    this.#queue = this.#queue.slice(size);
    return group;
  }
}
