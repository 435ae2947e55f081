import { Progress } from '../../progress';

/** The partition of a topic as one member holds it, from when it got it until it lost it. */
export interface Holding {
  readonly partition: number;
  readonly progress: Progress;
  /** The place committed last. */
  committed: bigint | undefined;
  lost: boolean;
}

/**
 * Which partitions this member holds. A partition that stays with the member through a rebalance keeps its progress, so
 * that what is in hand is not taken up again when it is fetched again; one that leaves is lost for good, and if it
 * comes back it starts anew.
 */
export class Assignment {
  readonly #held = new Map<number, Holding>();
  #memberId: string | undefined;

  /** A new generation of the group. A new member id means that the group had given us up: nothing is kept. */
  joined(memberId: string, partitions: readonly number[]): void {
    for (const holding of this.#held.values()) {
      if (memberId === this.#memberId && partitions.includes(holding.partition)) continue;
      holding.lost = true;
      this.#held.delete(holding.partition);
    }
    this.#memberId = memberId;
  }

  /** What is known of a partition that messages were just fetched from. */
  holding(partition: number): Holding {
    const known = this.#held.get(partition);
    if (known) return known;
    const fresh: Holding = { partition, progress: new Progress(), committed: undefined, lost: false };
    this.#held.set(partition, fresh);
    return fresh;
  }

  /** Places that have moved since they were committed. */
  uncommitted(): readonly { readonly holding: Holding; readonly place: bigint }[] {
    return [...this.#held.values()].flatMap((holding) => {
      const place = holding.progress.committed;
      return place !== undefined && place !== holding.committed ? [{ holding, place }] : [];
    });
  }

  /** Messages taken up beyond the committed places. */
  get span(): number {
    let span = 0;
    for (const { progress } of this.#held.values()) span += progress.span;
    return span;
  }
}
