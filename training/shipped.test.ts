import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compilePmml, isPmmlRefused, type PmmlOutputs } from '../risk/pmml';

/** Goal: the default model is what its figures say. The data are not here; what was measured on them is. */

const FOLDER = join(__dirname, '..', 'risk', 'models', 'south-german-2026-1');
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

const modelSchema = z.object({
  auc: z.number(),
  ksPooled: z.number(),
  brier: z.number(),
  trainAuc: z.number(),
  folds: z.array(z.unknown()),
});
const figures = z
  .object({
    dataSet: z.object({ rows: z.number(), bad: z.number(), licence: z.string() }),
    validation: z.object({ repeats: z.number(), folds: z.number(), foldsGiven: z.boolean() }),
    inputs: z.array(z.string()),
    leftOut: z.array(z.object({ column: z.string() })),
    models: z.object({ scorecard: modelSchema, trees: modelSchema }),
    leakage: z.array(z.object({ isPassed: z.boolean() })),
  })
  .parse(JSON.parse(read('metrics.json')));

const score = (file: string, row: Readonly<Record<string, string | number>>): PmmlOutputs => {
  const model = compilePmml(read(file));
  if (isPmmlRefused(model)) throw new Error(model.detail);
  const outputs = model.evaluate(row);
  if (isPmmlRefused(outputs)) throw new Error(outputs.detail);
  return outputs;
};

test('it is documents, figures, a report and their source; no data', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual([
    'README.md',
    'metrics.json',
    'report.html',
    'scorecard.pmml',
    'trees.pmml',
  ]);
  expect(read('README.md')).toContain('CC BY 4.0');
});

test('it was validated on the whole data set, 5 times 10 folds', () => {
  expect(figures.dataSet).toMatchObject({ rows: 1_000, bad: 300 });
  expect(figures.validation).toEqual({ repeats: 5, folds: 10, foldsGiven: true });
  expect(figures.models.trees.folds).toHaveLength(50);
});

test.each([
  ['scorecard', 0.77],
  ['trees', 0.78],
] as const)('the %s is good, and not better than is possible without leakage', (name, least) => {
  const { auc, ksPooled, brier, trainAuc } = figures.models[name];
  expect(auc).toBeGreaterThanOrEqual(least);
  expect(auc).toBeLessThanOrEqual(0.81);
  expect(ksPooled).toBeGreaterThanOrEqual(0.42);
  expect(brier).toBeLessThan(0.17);
  expect(trainAuc).toBeGreaterThan(auc);
});

test('it passed every check for leakage', () => {
  expect(figures.leakage.length).toBeGreaterThanOrEqual(8);
  expect(figures.leakage.every(({ isPassed }) => isPassed)).toBe(true);
});

test.each(['scorecard.pmml', 'trees.pmml'])('%s names no protected or withheld attribute', (file) => {
  const document = read(file);
  expect(figures.leftOut.map(({ column }) => column)).toEqual(
    expect.arrayContaining(['personal_status_sex', 'age', 'foreign_worker']),
  );
  for (const { column } of figures.leftOut) expect(document.includes(`"${column}"`)).toBe(false);
});

describe('scoring', () => {
  const steady = {
    status: '>= 200 DM or salary for at least 1 year',
    duration: 12,
    credit_history: 'all credits at this bank paid back duly',
    purpose: 'car (new)',
    amount: 1_500,
    savings: '>= 1000 DM',
    employment_duration: '>= 7 years',
    installment_rate: '< 20 %',
    property: 'unknown or no property',
    other_debtors: 'none',
    other_installment_plans: 'none',
    housing: 'rent',
    present_residence: '>= 7 years',
    number_credits: '1',
    telephone: 'yes',
  };
  const strained = { ...steady, status: 'no checking account', duration: 48, savings: 'unknown or no savings account' };

  test('who is strained has fewer points, a higher probability of bad, and is told why', () => {
    const [good, poor] = [score('scorecard.pmml', steady), score('scorecard.pmml', strained)];
    expect(Number(good['score'])).toBeGreaterThan(Number(poor['score']) + 40);
    expect(Number(poor['probability_bad'])).toBeGreaterThan(2 * Number(good['probability_bad']));
    expect([poor['reason_1'], poor['reason_2'], poor['reason_3']]).toEqual(
      expect.arrayContaining(['CHECKING_ACCOUNT_WEAK', 'DURATION_LONG', 'SAVINGS_LOW']),
    );
    const trees = [score('trees.pmml', steady), score('trees.pmml', strained)];
    expect(Number(trees[1]?.['probability_bad'])).toBeGreaterThan(2 * Number(trees[0]?.['probability_bad']));
  });

  test('points and probability say the same: 600 at 50 to 1, 20 points double the odds', () => {
    const { score: points, probability_bad: bad } = score('scorecard.pmml', steady);
    const odds = (1 - Number(bad)) / Number(bad);
    expect(600 + (20 / Math.LN2) * Math.log(odds / 50)).toBeCloseTo(Number(points), 6);
  });

  test('whoever says nothing does not gain by it', () => {
    const full = score('scorecard.pmml', steady);
    for (const field of Object.keys(steady)) {
      const silent = Object.fromEntries(Object.entries(steady).filter(([name]) => name !== field));
      expect(Number(score('scorecard.pmml', silent)['score'])).toBeLessThanOrEqual(Number(full['score']));
    }
  });
});
