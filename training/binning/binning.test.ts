import fc from 'fast-check';
import { applicants } from '../applicants.fixture';
import { columnNamed } from '../data-set';
import { range } from '../numerics';
import { binColumn, binsOfRows, DEFAULT_BINNING } from '.';
import type { Tally } from './cells';
import { bestPartition, type PartitionRules } from './partition';

const FREE: PartitionRules = { leastRows: 1, price: 1, direction: 'free' };

const sizes = (ends: readonly number[]): readonly number[] => ends.map((end, index) => end - (ends[index - 1] ?? 0));

describe('dividing cells into bins', () => {
  const [safe, risky]: readonly Tally[] = [
    { good: 45, bad: 5 },
    { good: 20, bad: 30 },
  ] as const;

  test('neighbours that are alike are put together, those that differ are parted', () => {
    const cells = [safe, safe, risky, risky, safe].flatMap((cell) => cell ?? []);
    expect(bestPartition(cells, FREE).ends).toEqual([2, 4, 5]);
  });

  test('a bin that says too little for its price is not made', () => {
    const cells = [safe, risky].flatMap((cell) => cell ?? []);
    expect(bestPartition(cells, { ...FREE, price: 100 }).ends).toEqual([2]);
  });

  test('no bin is below the least number of rows, but for one bin of everything', () => {
    const cells = [safe, risky].flatMap((cell) => cell ?? []);
    expect(bestPartition(cells, { ...FREE, leastRows: 51 }).ends).toEqual([2]);
    expect(bestPartition(cells, { ...FREE, leastRows: 500 }).ends).toEqual([2]);
  });

  const someCells = fc.array(fc.record({ good: fc.nat({ max: 30 }), bad: fc.nat({ max: 30 }) }), {
    minLength: 1,
    maxLength: 9,
  });

  test('it is the best of all divisions that the rules allow', () => {
    const likelihood = ({ good, bad }: Tally): number =>
      (good > 0 ? good * Math.log(good / (good + bad)) : 0) + (bad > 0 ? bad * Math.log(bad / (good + bad)) : 0);
    const direction = fc.constantFrom<PartitionRules['direction']>('rising', 'falling', 'free');
    fc.assert(
      fc.property(someCells, direction, (cells, along) => {
        const rules = { leastRows: 15, price: 0.7, direction: along };
        let best = Number.NEGATIVE_INFINITY;
        for (let cuts = 0; cuts < 2 ** (cells.length - 1); cuts += 1) {
          const bins: { good: number; bad: number }[] = [];
          cells.forEach((cell, index) => {
            if (index === 0 || (cuts >> (index - 1)) & 1) bins.push({ good: 0, bad: 0 });
            const bin = bins.at(-1) ?? { good: 0, bad: 0 };
            bin.good += cell.good;
            bin.bad += cell.bad;
          });
          const isLarge = bins.length === 1 || bins.every(({ good, bad }) => good + bad >= 15);
          const rates = bins.map(({ good, bad }) => bad / (good + bad));
          const isOrdered = rates.every((rate, index) => {
            const before = rates[index - 1];
            if (before === undefined || along === 'free') return true;
            return along === 'rising' ? rate >= before : rate <= before;
          });
          if (!isLarge || !isOrdered) continue;
          best = Math.max(
            best,
            bins.reduce((worth, bin) => worth + likelihood(bin) - 0.7, 0),
          );
        }
        const found = bestPartition(cells, rules);
        expect(found.worth).toBeCloseTo(best, 9);
        expect(sizes(found.ends).every((size) => size > 0)).toBe(true);
        expect(found.ends.at(-1)).toBe(cells.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('binning a column', () => {
  const table = applicants(1_000);
  const rows = range(1_000);
  const binned = (name: string) => binColumn(columnNamed(table, name), table.bad, rows);

  test('weight of evidence, worked by hand with Laplace smoothing', () => {
    const { bins } = binned('standing');
    const all = table.bad.length;
    const bad = table.bad.reduce((total, one) => total + one, 0);
    const [first] = bins;
    const share = bad / all;
    const odds = ((first?.good ?? 0) + (1 - share)) / ((first?.bad ?? 0) + share);
    expect(first?.woe).toBeCloseTo(Math.log(odds / ((all - bad) / bad)), 12);
  });

  test('a declared trend holds from bin to bin: more income, more evidence of good', () => {
    const { bins } = binned('income');
    const known = bins.filter(({ content }) => content.kind !== 'missing');
    expect(known.length).toBeGreaterThan(2);
    expect(known.map(({ woe }) => woe)).toEqual(known.map(({ woe }) => woe).toSorted((a, b) => a - b));
    expect(known.every(({ good, bad }) => good + bad >= DEFAULT_BINNING.leastShare * 1_000)).toBe(true);
  });

  test('what is missing has a bin of its own', () => {
    const missing = binned('income').bins.at(-1);
    const column = columnNamed(table, 'income');
    const count = column.kind === 'numeric' ? column.values.filter((value) => Number.isNaN(value)).length : 0;
    expect(missing?.content).toEqual({ kind: 'missing' });
    expect((missing?.good ?? 0) + (missing?.bad ?? 0)).toBe(count);
    expect(count).toBeGreaterThan(50);
  });

  test('where nothing was ever missing, silence counts as the worst bin', () => {
    const { bins } = binned('standing');
    expect(bins.at(-1)?.woe).toBe(Math.min(...bins.slice(0, -1).map(({ woe }) => woe)));
  });

  test('every declared level has a bin, also one that nobody has', () => {
    const { bins } = binned('shop');
    const codes = bins.flatMap(({ content }) => (content.kind === 'levels' ? content.codes : []));
    expect(codes.toSorted()).toEqual([0, 1, 2, 3]);
  });

  test('a column in which nothing stands, or always the same, says nothing', () => {
    const income = columnNamed(table, 'income');
    if (income.kind !== 'numeric') throw new Error('no income');
    for (const value of [Number.NaN, 7]) {
      const values = income.values.slice().fill(value);
      const { informationValue } = binColumn({ ...income, values }, table.bad, rows);
      expect(informationValue).toBeCloseTo(0, 9);
    }
  });

  test('each row is in the bin that counted it', () => {
    for (const name of ['income', 'standing', 'shop', 'noise']) {
      const column = binned(name);
      const of = binsOfRows(column, columnNamed(table, name), rows);
      column.bins.forEach(({ good, bad }, bin) => {
        expect(of.filter((own) => own === bin)).toHaveLength(good + bad);
      });
    }
  });

  test('income says more than ten times what noise seems to say', () => {
    expect(binned('income').informationValue).toBeGreaterThan(10 * binned('noise').informationValue);
  });
});
