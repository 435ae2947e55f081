import type { Timers } from '../runtime';

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

/** Waiting until a condition holds. Whoever changes what conditions look at says so. */
export class Watch {
  private readonly waiting = new Set<Waiting>();

  /** Re-evaluates what is being waited for. */
  changed(): void {
    for (const one of this.waiting) {
      if (one.holds()) {
        this.waiting.delete(one);
        one.resolve();
      }
    }
  }

  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.waiting.add({ holds, resolve }));
  }

  /** Whether it came to hold in time. */
  within(holds: () => boolean, timeoutMs: number, timers: Timers): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const one: Waiting = {
        holds,
        resolve: () => {
          timer.cancel();
          resolve(true);
        },
      };
      const timer = timers.after(timeoutMs, () => {
        this.waiting.delete(one);
        resolve(false);
      });
      this.waiting.add(one);
    });
  }
}
