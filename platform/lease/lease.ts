/**
 * Leases: among several processes, one alone does a thing. Everything an adapter must do is in `lease.contract.ts`,
 * which runs against each of them.
 *
 * A lease keeps work from being done twice; it cannot make that impossible. A process may be stopped between looking
 * at its lease and acting, and a server may forget what it has granted. So whatever is done under one stays right when
 * two do it: commands carry their ids, writes are guarded by positions and revisions, messages are de-duplicated.
 */

/** The right to do a thing alone, for as long as it can be sure of that. */
export interface Lease {
  readonly name: string;
  /**
   * Rises strictly from one holder of the name to the next: what keeps the highest it has seen can refuse the others.
   */
  readonly token: bigint;
  /**
   * Aborts, in good time before anybody else can have the lease, when it is no longer sure (with a {@link LeaseLost} as
   * its reason), and when the work is asked to end. Then the work must come to rest.
   */
  readonly signal: AbortSignal;
  /**
   * Whether it is still sure at this instant. Asks the clocks, so that it is right, too, in a process that was just
   * stopped for a while and in which no timer has run yet.
   */
  held(): boolean;
}

/** Why a lease is sure no longer. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(
    readonly lease: string,
    readonly why: 'not renewed in time' | 'no longer known to the server' | 'given back',
  ) {
    super(`the lease "${lease}" has ended: ${why}`);
  }
}

export interface HoldOptions {
  /** Who waits for the lease stops waiting; who works under it is told by the lease's own signal. */
  readonly signal?: AbortSignal;
  /** Told, at the latest once per attempt, that it has to wait: somebody else has it, or nobody could be asked. */
  readonly onWaiting?: () => void;
  /** The service that keeps the leases could not be asked: told once, until it can be again. It is tried again. */
  readonly onFailure?: (error: unknown) => void;
}

export interface Leases {
  /**
   * Waits until the lease of this name is free, does the work under it, renews it meanwhile and gives it back. Resolves
   * when the work has ended, or when it was asked to end before it had begun; fails as the work fails.
   */
  hold(name: string, work: (lease: Lease) => Promise<void>, options?: HoldOptions): Promise<void>;

  /** Asks all work to end, waits until it has, gives back what was held and lets go of the server. */
  close(): Promise<void>;
}
