import { seededRandom } from '../../simulation/random';
import { applicants } from '../applicants.fixture';
import { type Column, dictionarySchema, parseCsv, tableOf } from '../data-set';
import { range } from '../numerics';
import { type BoostedTrees, type BoostingRules, defaultBoosting, fitTrees, treeMargins } from '.';
import { bestSplit, type Histogram, type SplitRules } from './split';
import { nodesOf } from './tree';

const PLAIN: SplitRules = { lambda: 0, leastHessian: 0, leastRows: 1, leastGain: 0 };
const UNBOUNDED = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** One row of weight 1 per code, with this gradient; the last code is for missing. */
const histogram = (...gradients: number[]): Histogram => ({
  gradient: Float64Array.from(gradients),
  hessian: Float64Array.from(gradients, (gradient) => (gradient === 0 ? 0 : 1)),
  rows: Float64Array.from(gradients, (gradient) => (gradient === 0 ? 0 : 1)),
});

describe('the best split', () => {
  test('worked by hand: -1 -1 | 2 2 gains (4/2 + 16/2) - 4/4', () => {
    const scale = { kind: 'ordinal', column: 'x', codes: 5, monotone: 0 } as const;
    const split = bestSplit(scale, histogram(-1, -1, 2, 2, 0), PLAIN, UNBOUNDED);
    expect(split?.gain).toBeCloseTo(2 + 8 - 1, 12);
    expect([...(split?.goesLeft ?? [])]).toEqual([1, 1, 0, 0, 1]);
  });

  test('what is missing goes where it gains most', () => {
    const scale = { kind: 'ordinal', column: 'x', codes: 5, monotone: 0 } as const;
    expect(bestSplit(scale, histogram(-1, -1, 2, 2, 2), PLAIN, UNBOUNDED)?.goesLeft[4]).toBe(0);
    expect(bestSplit(scale, histogram(-1, -1, 2, 2, -1), PLAIN, UNBOUNDED)?.goesLeft[4]).toBe(1);
  });

  test('levels without an order are parted by what they say', () => {
    const scale = { kind: 'nominal', column: 'x', codes: 5 } as const;
    const split = bestSplit(scale, histogram(-1, 2, -1, 2, 0), PLAIN, UNBOUNDED);
    expect([...(split?.goesLeft ?? [])].slice(0, 4)).toEqual([1, 0, 1, 0]);
  });

  test('a split against the declared trend is not taken', () => {
    // A high gradient is a low leaf: the risk falls along x.
    const falling = { kind: 'ordinal', column: 'x', codes: 3, monotone: -1 } as const;
    const rising = { ...falling, monotone: 1 } as const;
    expect(bestSplit(falling, histogram(-1, 2, 0), PLAIN, UNBOUNDED)).toBeDefined();
    expect(bestSplit(rising, histogram(-1, 2, 0), PLAIN, UNBOUNDED)).toBeUndefined();
  });

  test('sides that are too small are not made', () => {
    const scale = { kind: 'ordinal', column: 'x', codes: 4, monotone: 0 } as const;
    expect(bestSplit(scale, histogram(-1, 2, 2, 0), { ...PLAIN, leastRows: 2 }, UNBOUNDED)).toBeUndefined();
  });
});

const QUICK: BoostingRules = { ...defaultBoosting(100), mostRounds: 20, trialFolds: 0, rowShare: 1, inputShare: 1 };

const xor = () => {
  const dictionary = dictionarySchema.parse({
    name: 'xor',
    title: 'Exclusive or',
    source: 'made up',
    licence: 'none',
    id: 'id',
    target: { column: 'y', bad: '1', good: '0' },
    populationBadRate: null,
    folds: { count: 2, repeats: 1 },
    columns: ['a', 'b'].map((name) => ({ name, title: name, kind: 'numeric', use: 'input', trend: 'free' })),
  });
  // One corner is fuller than the others, or no first split would gain anything.
  const corners = [
    [0, 0, 0, 25],
    [0, 1, 1, 20],
    [1, 0, 1, 20],
    [1, 1, 0, 20],
  ] as const;
  const lines = corners.flatMap(([a, b, y, count]) => Array.from({ length: count }, () => [a, b, y].join(',')));
  return tableOf(parseCsv(`id,a,b,y\n${lines.map((line, id) => `${id},${line}`).join('\n')}`, 'xor'), dictionary);
};

/** The same column with the first row's value everywhere. */
const held = (column: Column): Column =>
  column.kind === 'numeric'
    ? { ...column, values: column.values.slice().fill(column.values[0] ?? 0) }
    : { ...column, codes: column.codes.slice().fill(column.codes[0] ?? 0) };

describe('boosted trees', () => {
  test('two levels learn an exclusive or, one does not', () => {
    const table = xor();
    const rows = range(table.bad.length);
    const right = (depth: number): number => {
      const rules = { ...QUICK, depth, isConstrained: false, lambda: 0, leastHessian: 0 };
      const margins = treeMargins(fitTrees(table, rows, 0, rules, seededRandom('xor')), table, rows);
      return margins.filter((margin, row) => margin > 0 === (table.bad[row] === 1)).length / rows.length;
    };
    expect(right(2)).toBe(1);
    expect(right(1)).toBeLessThan(0.8);
  });

  test('the first tree of one split is a Newton step from the share of bad cases', () => {
    const table = xor();
    const rows = range(table.bad.length);
    const rules = { ...QUICK, depth: 0, mostRounds: 1 };
    const { base, trees } = fitTrees(table, rows, 0, rules, seededRandom('xor'));
    expect(base).toBeCloseTo(Math.log(40 / 45), 12);
    expect(trees).toHaveLength(1);
    expect([...nodesOf(trees[0] ?? { kind: 'leaf', value: 9, rows: 0 })]).toMatchObject([{ kind: 'leaf', rows: 85 }]);
  });

  test('a monotone input stays monotone through all trees', () => {
    const table = applicants(600);
    const rows = range(600);
    const model: BoostedTrees = fitTrees(table, rows, 0, { ...QUICK, depth: 3 }, seededRandom('monotone'));
    const column = table.columns.get('income');
    const values = Float64Array.from(rows, (row) => 10 + (row * 80) / 600);
    const rising = {
      ...table,
      columns: new Map(
        [...table.columns].map(([name, own]) => [
          name,
          own === column && own.kind === 'numeric' ? { ...own, values } : held(own),
        ]),
      ),
    };
    const margins = treeMargins(model, rising, rows);
    expect(margins.every((margin, row) => row === 0 || margin <= (margins[row - 1] ?? 0) + 1e-12)).toBe(true);
    expect(margins[0]).toBeGreaterThan(margins[599] ?? 0);
  });

  test('trials inside the training rows stop long before the last round when there is little to learn', () => {
    const table = applicants(400);
    const rules = { ...defaultBoosting(400), mostRounds: 300, patience: 10 };
    const { trees } = fitTrees(table, range(400), 0, rules, seededRandom('early'));
    expect(trees.length).toBeLessThan(200);
  });
});
