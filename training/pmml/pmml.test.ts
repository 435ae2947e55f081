import { compilePmml, isPmmlRefused, type PmmlModel } from '../../risk/pmml';
import { seededRandom } from '../../simulation/random';
import { applicants } from '../applicants.fixture';
import { columnNamed, recordOf } from '../data-set';
import { range, sigmoid } from '../numerics';
import { fitScorecard, scorecardMargins, scoresOf } from '../scorecard';
import { defaultBoosting, fitTrees, treeMargins } from '../trees';
import { scorecardPmml, treesPmml } from '.';

const table = applicants(500);
const rows = range(500);

const compiled = (document: string): PmmlModel => {
  const model = compilePmml(document);
  if (isPmmlRefused(model)) throw new Error(`${model.detail} at ${model.place.path}`);
  return model;
};

const answer = (model: PmmlModel, record: Readonly<Record<string, string | number | null>>) => {
  const outputs = model.evaluate(record);
  if (isPmmlRefused(outputs)) throw new Error(outputs.detail);
  return outputs;
};

describe('a scorecard as PMML', () => {
  const scorecard = fitScorecard(table, rows, -0.5);
  const document = scorecardPmml(table.dictionary, 'made-up', scorecard);
  const model = compiled(document);

  test('scores every row to the last bit', () => {
    const points = scoresOf(scorecard, table, rows);
    const margins = scorecardMargins(scorecard, table, rows);
    for (const row of rows) {
      const { score, probability_bad } = answer(model, recordOf(table, row));
      expect(score).toBe(points[row]);
      expect(probability_bad).toBe(sigmoid(margins[row] ?? 0));
    }
  });

  test('600 points are odds of 50 to 1, and 20 more double them', () => {
    const odds = (points: number): number => {
      const { base, scale } = scorecard;
      const margin = scorecardMargins({ base: points, scale, characteristics: [] }, table, Int32Array.of(0))[0] ?? 0;
      expect(base).toBe(Math.round(base));
      return Math.exp(-margin);
    };
    expect(odds(600)).toBeCloseTo(50, 9);
    expect(odds(620)).toBeCloseTo(100, 9);
  });

  test('the reason that cost the most points comes first', () => {
    const poor = answer(model, { income: 90, standing: 'none', shop: 'south, "old town"', noise: 1 });
    const [first] = [poor['reason_1']];
    expect(first).toBe('STANDING_SHORT');
  });

  test('a level that nobody knows counts as missing', () => {
    const known = { income: 50, standing: 'none', noise: 1 };
    expect(answer(model, { ...known, shop: 'abroad' })['score']).toBe(answer(model, { ...known, shop: null })['score']);
  });

  test('no protected attribute is named anywhere in it', () => {
    expect(document).not.toMatch(/"(sex|age)"/);
    expect(model.inputs.map(({ name }) => name)).not.toContain('sex');
  });
});

describe('boosted trees as PMML', () => {
  const rules = { ...defaultBoosting(500), depth: 3, mostRounds: 25, trialFolds: 0 };
  const trees = fitTrees(table, rows, -0.5, rules, seededRandom('pmml'));
  const model = compiled(treesPmml(table.dictionary, 'made-up', trees));

  test('score every row to the last bit, also where something is missing', () => {
    const income = columnNamed(table, 'income');
    expect(income.kind === 'numeric' && income.values.some((value) => Number.isNaN(value))).toBe(true);
    const margins = treeMargins(trees, table, rows);
    for (const row of rows) {
      const { probability_bad, probability_good } = answer(model, recordOf(table, row));
      expect(probability_bad).toBe(sigmoid(margins[row] ?? 0));
      expect(Number(probability_bad) + Number(probability_good)).toBeCloseTo(1, 12);
    }
  });

  test('an empty record still has a probability', () => {
    expect(answer(model, {})['probability_bad']).toBeGreaterThan(0);
  });
});
