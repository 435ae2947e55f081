import { type HoldOptions, type Lease, LeaseLost, type Leases } from '../..';

interface Place {
  token: bigint;
  held: boolean;
  /** In order of asking. */
  readonly waiting: Set<() => void>;
}

/**
 * Leases among those who share this object. They need no time to live: a holder that dies takes all who wait with it.
 * A free one is granted at once.
 */
export class InProcessLeases implements Leases {
  readonly #places = new Map<string, Place>();
  readonly #closing = new AbortController();
  readonly #holding = new Set<Promise<void>>();

  hold(name: string, work: (lease: Lease) => Promise<void>, { signal, onWaiting }: HoldOptions = {}): Promise<void> {
    const closing = this.#closing.signal;
    const asked = AbortSignal.any(signal ? [closing, signal] : [closing]);
    const holding = this.#hold(name, work, asked, onWaiting);
    this.#holding.add(holding);
    return holding.finally(() => this.#holding.delete(holding));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#holding);
  }

  async #hold(
    name: string,
    work: (lease: Lease) => Promise<void>,
    asked: AbortSignal,
    onWaiting: (() => void) | undefined,
  ): Promise<void> {
    if (asked.aborted) return;
    const place = this.#placeOf(name);
    if (place.held) {
      onWaiting?.();
      if (!(await turnOf(place, asked))) return;
    }
    place.held = true;
    place.token += 1n;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, asked]);
    try {
      if (!asked.aborted) await work({ name, token: place.token, signal, held: () => !over.signal.aborted });
    } finally {
      over.abort(new LeaseLost(name, 'given back'));
      handOver(place);
    }
  }

  #placeOf(name: string): Place {
    const known = this.#places.get(name);
    if (known) return known;
    const place: Place = { token: 0n, held: false, waiting: new Set() };
    this.#places.set(name, place);
    return place;
  }
}

/** Waits for its turn. False: it was asked to stop waiting first. */
const turnOf = (place: Place, asked: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (mine: boolean): void => {
      place.waiting.delete(take);
      asked.removeEventListener('abort', leave);
      resolve(mine);
    };
    const take = (): void => settle(true);
    const leave = (): void => settle(false);
    place.waiting.add(take);
    if (asked.aborted) leave();
    else asked.addEventListener('abort', leave, { once: true });
  });

/** To the next who waits, so that nobody gets in between; to nobody when nobody does. */
const handOver = (place: Place): void => {
  const [next] = place.waiting;
  if (next) next();
  else place.held = false;
};
