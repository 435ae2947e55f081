import type { Timers } from '../../../runtime';
import type { Mark, ServerEvent, ServerSubscription } from './dialect';

/** What has arrived of a subscription and was not taken yet. */
export class Inbox {
  #failure: { readonly error: unknown } | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly subscription: ServerSubscription,
    private readonly timers: Timers,
  ) {
    const { stream } = subscription;
    stream.on('readable', () => this.#wake?.());
    stream.on('error', (error: unknown) => {
      this.#failure ??= { error };
      this.#wake?.();
    });
    stream.on('close', () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  get isEmpty(): boolean {
    const { stream } = this.subscription;
    return stream.destroyed || stream.readableLength === 0;
  }

  take(most: number): readonly (ServerEvent | Mark)[] {
    const taken: (ServerEvent | Mark)[] = [];
    while (taken.length < most) {
      const message = this.subscription.next();
      if (message === undefined) break;
      taken.push(message);
    }
    return taken;
  }

  /**
   * Waits for something to take. Answers `quiet` when nothing came in that time (by default it waits for ever) and
   * `ended` when the server has ended the subscription; throws what broke it. An aborting signal ends the wait.
   */
  async wait(milliseconds: number | undefined, signal: AbortSignal): Promise<'look' | 'quiet' | 'ended'> {
    const idle = this.isEmpty && !this.#failure && !this.#ended && !signal.aborted;
    const quiet = idle && (await this.#passes(milliseconds, signal));
    if (!this.isEmpty) return 'look';
    if (this.#failure) throw this.#failure.error;
    if (this.#ended) return 'ended';
    return quiet ? 'quiet' : 'look';
  }

  /** Whether the time passes without anything happening. */
  #passes(milliseconds: number | undefined, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (quiet: boolean): void => {
        timer?.cancel();
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve(quiet);
      };
      const wake = (): void => finish(false);
      const timer = milliseconds === undefined ? undefined : this.timers.after(milliseconds, () => finish(true));
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
