import type { Tally } from './cells';

export interface PartitionRules {
  /** A bin has at least this many rows. */
  readonly leastRows: number;
  /** What a further bin must add to the log-likelihood. */
  readonly price: number;
  /** What the share of bad cases may do from bin to bin. */
  readonly direction: 'rising' | 'falling' | 'free';
}

export interface Partition {
  /** The end (exclusive) of each bin, in cells. */
  readonly ends: readonly number[];
  /** Log-likelihood of the bins, less their price. */
  readonly worth: number;
}

const logLikelihood = (good: number, bad: number): number => {
  const all = good + bad;
  return (good > 0 ? good * Math.log(good / all) : 0) + (bad > 0 ? bad * Math.log(bad / all) : 0);
};

/** The best way to a bin: what it and those before it are worth, and where the one before began (-1: nowhere). */
interface Way {
  readonly worth: number;
  readonly before: number;
}

/** Lives as long as one column is divided. */
class Division {
  private readonly goods: Float64Array;
  private readonly bads: Float64Array;
  /** Ways to the bins that may be, by begin and end. */
  private readonly ways = new Map<number, Way>();
  private readonly size: number;

  constructor(
    cells: readonly Tally[],
    private readonly rules: PartitionRules,
  ) {
    this.size = cells.length;
    this.goods = new Float64Array(this.size + 1);
    this.bads = new Float64Array(this.size + 1);
    cells.forEach(({ good, bad }, index) => {
      this.goods[index + 1] = (this.goods[index] ?? 0) + good;
      this.bads[index + 1] = (this.bads[index] ?? 0) + bad;
    });
    for (let end = 1; end <= this.size; end += 1) {
      for (let begin = 0; begin < end; begin += 1) this.reach(begin, end);
    }
  }

  best(): Partition {
    let begin = 0;
    for (let other = 1; other < this.size; other += 1) {
      if (this.worth(other, this.size) > this.worth(begin, this.size)) begin = other;
    }
    const worth = this.worth(begin, this.size);
    const ends: number[] = [];
    for (let end = this.size; end > 0 && begin >= 0; ) {
      ends.unshift(end);
      const before = this.way(begin, end)?.before ?? -1;
      end = begin;
      begin = before;
    }
    return { ends, worth };
  }

  private way(begin: number, end: number): Way | undefined {
    return this.ways.get(begin * (this.size + 1) + end);
  }

  private worth(begin: number, end: number): number {
    return this.way(begin, end)?.worth ?? Number.NEGATIVE_INFINITY;
  }

  private tally(begin: number, end: number): Tally {
    return {
      good: (this.goods[end] ?? 0) - (this.goods[begin] ?? 0),
      bad: (this.bads[end] ?? 0) - (this.bads[begin] ?? 0),
    };
  }

  private rate(begin: number, end: number): number {
    const { good, bad } = this.tally(begin, end);
    return bad / (good + bad);
  }

  private reach(begin: number, end: number): void {
    const { good, bad } = this.tally(begin, end);
    const isEverything = begin === 0 && end === this.size;
    if (good + bad < this.rules.leastRows && !isEverything) return;
    const before = begin === 0 ? -1 : this.bestBefore(begin, end);
    if (before === undefined) return;
    const soFar = begin === 0 ? 0 : this.worth(before, begin);
    const worth = soFar + logLikelihood(good, bad) - this.rules.price;
    this.ways.set(begin * (this.size + 1) + end, { worth, before });
  }

  /** Where the bin before begins. */
  private bestBefore(begin: number, end: number): number | undefined {
    const own = this.rate(begin, end);
    let best: number | undefined;
    for (let before = 0; before < begin; before += 1) {
      if (this.way(before, begin) === undefined || !this.mayFollow(this.rate(before, begin), own)) continue;
      if (best === undefined || this.worth(before, begin) > this.worth(best, begin)) best = before;
    }
    return best;
  }

  private mayFollow(earlier: number, later: number): boolean {
    const { direction } = this.rules;
    return direction === 'free' || (direction === 'rising' ? later >= earlier : later <= earlier);
  }
}

/**
 * The best division of ordered cells into neighbouring bins, under the rules: exact, by dynamic programming over
 * (begin, end) of the last bin. With few rows there is one bin.
 */
export const bestPartition = (cells: readonly Tally[], rules: PartitionRules): Partition =>
  new Division(cells, rules).best();
