import { status } from '@grpc/grpc-js';
import { rpcError } from './wire';

/** How an answer gets lost: the connection breaks, or nothing ever comes. */
export type Loss = 'broken' | 'silent';

/** Everything that can be made to go wrong. Switched by tests while the server runs. */
export class Faults {
  #lost: { readonly how: Loss; left: number } = { how: 'broken', left: 0 };
  #unavailable = 0;
  #unanswered = 0;
  #mute = false;
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

  /** The next calls, whatever they ask, have no effect and are never answered. */
  ignoreCalls(count: number): void {
    this.#unanswered = count;
  }

  /** From now on subscriptions keep everything to themselves. */
  muteSubscriptions(mute = true): void {
    this.#mute = mute;
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

  /** What becomes of a call. */
  treatment(requiresLeader: boolean): 'carry out' | 'ignore' | ReturnType<typeof rpcError> {
    if (this.#unanswered > 0) {
      this.#unanswered -= 1;
      return 'ignore';
    }
    if (this.#unavailable > 0) {
      this.#unavailable -= 1;
      return rpcError(status.UNAVAILABLE, 'Server Is Not Ready');
    }
    if (this.#leader === undefined || !requiresLeader) return 'carry out';
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

  get muted(): boolean {
    return this.#mute;
  }

  get holdsBatches(): boolean {
    return this.#holding;
  }
}
