import { type Position, START } from '../../event-store';

/** How far into the log this process has seen. Only positions of events that are there count. */
export class Horizon {
  #reach: Position = START;
  #doubtful = false;

  get reach(): Position {
    return this.#reach;
  }

  saw(position: Position): void {
    if (position > this.#reach) this.#reach = position;
  }

  /** Something may have been written that was not seen. */
  doubt(): void {
    this.#doubtful = true;
  }

  /** Looks, if there is reason to doubt. */
  async settle(look: () => Promise<unknown>): Promise<void> {
    if (!this.#doubtful) return;
    this.#doubtful = false;
    try {
      await look();
    } catch (error) {
      this.#doubtful = true;
      throw error;
    }
  }
}
