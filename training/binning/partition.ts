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

/** The best way to reach a bin: what it and those before it are worth, and where the one before began. */
interface Reached {
  readonly worth: number;
  readonly before: number;
}

/**
 * The best division of ordered cells into neighbouring bins, under the rules: exact, by dynamic programming over
 * (begin, end) of the last bin. With few rows there is one bin.
 */
export const bestPartition = (cells: readonly Tally[], rules: PartitionRules): Partition => {
  const size = cells.length;
  const goods = new Float64Array(size + 1);
  const bads = new Float64Array(size + 1);
  cells.forEach(({ good, bad }, index) => {
    goods[index + 1] = (goods[index] ?? 0) + good;
    bads[index + 1] = (bads[index] ?? 0) + bad;
  });
  const goodIn = (begin: number, end: number): number => (goods[end] ?? 0) - (goods[begin] ?? 0);
  const badIn = (begin: number, end: number): number => (bads[end] ?? 0) - (bads[begin] ?? 0);
  const rate = (begin: number, end: number): number =>
    badIn(begin, end) / (badIn(begin, end) + goodIn(begin, end));
  const mayFollow = (earlier: number, later: number): boolean =>
    rules.direction === 'free' || (rules.direction === 'rising' ? later >= earlier : later <= earlier);

  const reached = new Map<number, Reached>();
  const key = (begin: number, end: number): number => begin * (size + 1) + end;

  const bestBefore = (begin: number, end: number): Reached | undefined => {
    if (begin === 0) return { worth: 0, before: -1 };
    const own = rate(begin, end);
    let best: Reached | undefined;
    for (let before = 0; before < begin; before += 1) {
      const last = reached.get(key(before, begin));
      if (last === undefined || !mayFollow(rate(before, begin), own)) continue;
      if (best === undefined || last.worth > best.worth) best = { worth: last.worth, before };
    }
    return best;
  };

  for (let end = 1; end <= size; end += 1) {
    for (let begin = 0; begin < end; begin += 1) {
      const isAll = begin === 0 && end === size;
      if (goodIn(begin, end) + badIn(begin, end) < rules.leastRows && !isAll) continue;
      const before = bestBefore(begin, end);
      if (before === undefined) continue;
      const worth = before.worth + logLikelihood(goodIn(begin, end), badIn(begin, end)) - rules.price;
      reached.set(key(begin, end), { worth, before: before.before });
    }
  }

  let begin = 0;
  for (let other = 1; other < size; other += 1) {
    const candidate = reached.get(key(other, size));
    const best = reached.get(key(begin, size));
    if (candidate !== undefined && (best === undefined || candidate.worth > best.worth)) begin = other;
  }
  const worth = reached.get(key(begin, size))?.worth ?? Number.NEGATIVE_INFINITY;
  const ends: number[] = [];
  for (let end = size; end > 0 && begin >= 0; ) {
    ends.unshift(end);
    const before = reached.get(key(begin, end))?.before ?? -1;
    end = begin;
    begin = before;
  }
  return { ends, worth };
};
