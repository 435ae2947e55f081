import { status } from '@grpc/grpc-js';
import { rpcError } from './wire';

/** How an answer gets lost: the connection breaks, or nothing ever comes. */
export type Loss = 'broken' | 'silent';

/** Everything that can be made to go wrong. Switched by tests while the server runs. */
export class Faults {
  #lost: { readonly how: Loss; left: number } = { how: 'broken', left: 0 };
  #unavailable = 0;
  #leader: number | undefined;
  #eventsPerSubscription: number | undefined;
  #holding = false;

  /** The next appends are carried out, but their answers do not arrive. */
  loseAnswers(count: number, how: Loss = 'broken'): void {
    this.#lost = { how, left: count };
  }

  /** The next calls, whatever they ask, are refused before they have any effect: the server is not ready. */
  refuseCalls(count: number): void {
    this.#unavailable = count;
  }

  /** From now on calls that want a leader are sent to this port; undefined: this server leads (again). */
  leadFrom(port: number | undefined): void {
    this.#leader = port;
  }

  /** Every subscription opened from now on is broken off once it has sent so many events. */
  dropSubscriptionsAfter(events: number | undefined): void {
    this.#eventsPerSubscription = events;
  }

  /** Batched appends are taken in but neither carried out nor answered: they stay pending. */
  holdBatches(hold = true): void {
    this.#holding = hold;
  }

  /** What a call gets instead of being carried out, if anything. */
  refusal(requiresLeader: boolean): ReturnType<typeof rpcError> | undefined {
    if (this.#unavailable > 0) {
      this.#unavailable -= 1;
      return rpcError(status.UNAVAILABLE, 'Server Is Not Ready');
    }
    if (this.#leader === undefined || !requiresLeader) return undefined;
    return rpcError(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(this.#leader),
    });
  }

  /** Whether the append that was just carried out is to lose its answer. */
  takeLoss(): Loss | undefined {
    if (this.#lost.left === 0) return undefined;
    this.#lost.left -= 1;
    return this.#lost.how;
  }

  get eventsPerSubscription(): number {
    return this.#eventsPerSubscription ?? Number.POSITIVE_INFINITY;
  }

  get holdsBatches(): boolean {
    return this.#holding;
  }
}
