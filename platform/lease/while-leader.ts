import { sleep, type Timers } from '../runtime';
import { type Lease, LeaseLost, type Leases } from './lease';

/** What runs in one process at a time. It is started and stopped again and again, as leadership comes and goes. */
export interface Led {
  start(): Promise<void>;
  /** Brings it to rest; also one whose start has failed. */
  stop(): Promise<void>;
}

/** What becomes of a leadership, for whoever counts and logs. */
export interface LeadershipObserver {
  leads(of: { readonly lease: string; readonly token: bigint }): void;
  leadsNoMore(of: { readonly lease: string; readonly token: bigint; readonly why: string }): void;
  /** The leases could not be asked for, or what is led could not be started or stopped. Tried again. */
  failed(of: { readonly lease: string; readonly doing: string; readonly error: unknown }): void;
}

export interface Leadership {
  readonly leads: boolean;
  /** Stops what runs and lets another process take over. */
  resign(): Promise<void>;
}

/** Between a start that failed and the next: long enough for another process to try. */
const RESTART_MS = 5_000;

/**
 * Runs something in this process whenever this process holds the lease of that name. Resolves as soon as it is clear
 * how it begins: it has been started here, or another process has the lease and this one stands by. Fails when the very
 * first start does; later failures are reported and tried again.
 */
export const whileLeader = async (
  leases: Leases,
  name: string,
  led: Led,
  options: { readonly timers: Timers; readonly observer: LeadershipObserver },
): Promise<Leadership> => {
  const leading = new Leading(leases, name, led, options);
  await leading.begun;
  return leading;
};

class Leading implements Leadership {
  leads = false;
  /** It is clear how it begins. */
  readonly begun: Promise<void>;
  readonly #resigned = new AbortController();
  readonly #ended: Promise<void>;

  constructor(
    private readonly leases: Leases,
    private readonly name: string,
    private readonly led: Led,
    private readonly options: { readonly timers: Timers; readonly observer: LeadershipObserver },
  ) {
    let goOn: Promise<void> = Promise.resolve();
    this.begun = new Promise((resolve, reject) => {
      goOn = this.#goOn(resolve, reject);
    });
    this.#ended = goOn;
  }

  async resign(): Promise<void> {
    this.#resigned.abort();
    await this.#ended;
  }

  async #goOn(begun: () => void, failed: (error: unknown) => void): Promise<void> {
    const { signal } = this.#resigned;
    let hasBegun = false;
    const onWaiting = (): void => {
      hasBegun = true;
      begun();
    };
    const onFailure = (error: unknown): void => this.#failed('asking for the lease', error);
    while (!signal.aborted) {
      try {
        await this.leases.hold(this.name, (lease) => this.#lead(lease, onWaiting), { signal, onWaiting, onFailure });
      } catch (error) {
        if (!hasBegun) return failed(error);
        this.#failed('starting', error);
        await sleep(this.options.timers, RESTART_MS, signal);
      }
    }
    begun();
  }

  async #lead({ name, token, signal }: Lease, started: () => void): Promise<void> {
    const { led } = this;
    const { observer } = this.options;
    try {
      await led.start();
    } catch (error) {
      await led.stop().catch((reason) => this.#failed('stopping', reason));
      throw error;
    }
    this.leads = true;
    observer.leads({ lease: name, token });
    started();
    await aborted(signal);
    this.leads = false;
    observer.leadsNoMore({
      lease: name,
      token,
      why: signal.reason instanceof LeaseLost ? signal.reason.why : 'resigned',
    });
    await led.stop().catch((reason) => this.#failed('stopping', reason));
  }

  #failed(doing: string, error: unknown): void {
    this.options.observer.failed({ lease: this.name, doing, error });
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
