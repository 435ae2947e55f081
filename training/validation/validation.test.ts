import { seededRandom } from '../../simulation/random';
import { applicants } from '../applicants.fixture';
import { type Column, dealtRepeats, splitOf, type Table } from '../data-set';
import { mean, range } from '../numerics';
import {
  adverseImpact,
  boostedTrees,
  crossValidate,
  cutoffFor,
  leastRatios,
  priorShift,
  scorecards,
  shuffledTargetCheck,
} from '.';
import type { ModelKind } from './model-kind';

const drawn = applicants(600);
const table = { ...drawn, dictionary: { ...drawn.dictionary, folds: { count: 2, repeats: 1 } } };
const random = seededRandom('validation');
const repeats = dealtRepeats(table, random);

const last = <T>(work: Generator<unknown, T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};

/** Everything about the rows of a fold that a model must not look at, turned into something else. */
const withOtherRows = (own: Table, rows: Int32Array): Table => {
  const bad = own.bad.slice();
  for (const row of rows) bad[row] = 1 - (bad[row] ?? 0);
  const columns = [...own.columns].map(([name, column]): readonly [string, Column] => {
    if (column.kind === 'numeric') {
      const values = column.values.slice();
      for (const row of rows) values[row] = 1e6 + row;
      return [name, { ...column, values }];
    }
    const codes = column.codes.slice();
    for (const row of rows) codes[row] = 0;
    return [name, { ...column, codes }];
  });
  return { ...own, bad, columns: new Map(columns) };
};

/** Sex tells the outcome: whoever looks at it is right every time. */
const withTellingSex = (own: Table): Table => ({
  ...own,
  columns: new Map(
    [...own.columns].map(([name, column]) => [
      name,
      name === 'sex' && column.kind === 'levels' ? { ...column, codes: Int16Array.from(own.bad) } : column,
    ]),
  ),
});

const leakageOf = <Model>(kind: ModelKind<Model>) => {
  test('learns nothing from the rows of the fold: with others in their place it is the same model', () => {
    const [repeat] = repeats;
    if (repeat === undefined) throw new Error('no repeat');
    const { train, test: held } = splitOf(repeat, 0);
    const marginsFrom = (from: Table) => kind.margins(kind.learn(from, train, random.fork('same')), table, range(600));
    expect(marginsFrom(withOtherRows(table, held))).toEqual(marginsFrom(table));
  });

  test('is at chance on a shuffled target, and above it on the true one', () => {
    const check = last(shuffledTargetCheck(kind, table, repeats, random.fork('shuffled')));
    expect(check.isPassed).toBe(true);
    const { folds } = last(crossValidate(kind, table, repeats, random, { withImportance: false }));
    expect(mean(folds.map(({ auc }) => auc))).toBeGreaterThan(0.7);
  });

  test('does not see a protected attribute, whatever that would tell', () => {
    const telling = withTellingSex(table);
    const marginsFrom = (from: Table) =>
      kind.margins(kind.learn(from, range(600), random.fork('same')), from, range(600));
    expect(marginsFrom(telling)).toEqual(marginsFrom(table));
  });
};

describe('a scorecard', () => leakageOf(scorecards));
describe('boosted trees', () => leakageOf(boostedTrees));

test('shuffling an input costs what it was worth', () => {
  const { importance } = last(crossValidate(scorecards, table, repeats, random, { withImportance: true }));
  expect([...importance.keys()]).toEqual(['income', 'standing', 'shop', 'noise']);
  expect(importance.get('income')).toBeGreaterThan(0.05);
  expect(Math.abs(importance.get('noise') ?? 1)).toBeLessThan(0.02);
});

test('the prior is corrected by the difference of the two logits', () => {
  const half = { ...table, bad: Uint8Array.from(table.bad, (_, row) => row % 2) };
  expect(priorShift(half, range(600))).toBeCloseTo(Math.log(0.1 / 0.9), 12);
  const asIs = { ...half, dictionary: { ...half.dictionary, populationBadRate: null } };
  expect(priorShift(asIs, range(600))).toBe(0);
});

describe('adverse impact', () => {
  /** Approves the first so many of each hundred women, and of each hundred men. */
  const impactOf = (women: number, men: number) => {
    const column = table.columns.get('sex');
    if (column?.kind !== 'levels') throw new Error('no sex');
    const codes = Int16Array.from(range(600), (row) => (row < 300 ? 0 : 1));
    const own: Table = { ...table, columns: new Map([...table.columns, ['sex', { ...column, codes }]]) };
    const margins = Float64Array.from(range(600), (row) => (row % 100 < (row < 300 ? women : men) ? -1 : 1));
    const impact = adverseImpact(own, [margins], 0).find(({ attribute }) => attribute === 'sex');
    if (impact === undefined) throw new Error('no impact');
    return impact;
  };

  test('the ratio is against the group that is approved most, and below four fifths it is told', () => {
    const { reference, groups } = impactOf(30, 60);
    expect(reference).toBe('male');
    expect(groups).toMatchObject([
      { group: 'female', rows: 300, isBelowFourFifths: true },
      { group: 'male', ratio: 1, isBelowFourFifths: false },
    ]);
    expect(groups[1]?.pValue).toBeCloseTo(1, 6);
    expect(groups[0]?.ratio).toBeCloseTo(0.5, 12);
    expect(groups[0]?.approved).toBeCloseTo(0.3, 12);
  });

  test('p is that of two proportions', () => {
    // 150 of 300 against 180 of 300: z = 0.1 / sqrt(0.55 * 0.45 * 2 / 300) = 2.4618, p = 0.01382.
    expect(impactOf(50, 60).groups[0]?.pValue).toBeCloseTo(0.01382, 4);
  });

  test('the least ratio is given for each share of approvals, and nears 1 as nearly everybody is approved', () => {
    const margins = Float64Array.from(range(600), (row) => row % 100);
    const ratios = leastRatios(table, [margins]).filter(({ attribute }) => attribute === 'sex');
    expect(ratios.length).toBeGreaterThan(10);
    expect(ratios.every(({ ratio }) => ratio > 0 && ratio <= 1)).toBe(true);
    expect(ratios.at(-1)?.ratio).toBeGreaterThan(0.9);
  });

  test('the cut-off approves the share that was asked for', () => {
    expect(cutoffFor([Float64Array.from([4, 1, 3, 2])], 0.5)).toBe(2);
    expect(cutoffFor([Float64Array.from([4, 1]), Float64Array.from([3, 2])], 0.75)).toBe(3);
  });
});
