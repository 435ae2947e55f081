/**
 * How far a reader of one partition has come when its messages finish out of order: everything below the committed
 * place is done, and a restart begins there.
 */
export class Progress {
  /** Offsets taken and not yet below the committed place, in order. */
  readonly #taken: { readonly offset: bigint; done: boolean }[] = [];
  readonly #open = new Map<bigint, { done: boolean }>();
  #last: bigint | undefined;
  #committed: bigint | undefined;

  /** Takes an offset up; false when it had been taken before (it is being read again). Offsets come in order. */
  take(offset: bigint): boolean {
    if (this.#last !== undefined && offset <= this.#last) return false;
    const entry = { offset, done: false };
    this.#taken.push(entry);
    this.#open.set(offset, entry);
    this.#last = offset;
    return true;
  }

  done(offset: bigint): void {
    const entry = this.#open.get(offset);
    if (!entry) return;
    entry.done = true;
    this.#open.delete(offset);
    const first = this.#taken.findIndex((taken) => !taken.done);
    const finished = this.#taken.splice(0, first < 0 ? this.#taken.length : first);
    const last = finished.at(-1);
    if (last) this.#committed = last.offset + 1n;
  }

  /** The first offset that is not known to be done; undefined while nothing has been done. */
  get committed(): bigint | undefined {
    return this.#committed;
  }

  /** How many offsets lie between the committed place and the last one taken: the most that a restart repeats. */
  get span(): number {
    return this.#taken.length;
  }
}
