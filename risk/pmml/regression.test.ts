import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import { compilePmml } from '.';

const model = (attributes: string, tables: string, target = 'y usageType="target"') =>
  pmmlModel(
    pmmlDocument(
      [
        ['x', 'double'],
        ['z', 'double'],
        ['sex', 'string'],
        ['y', 'double'],
        ['grade', 'string', '<Value value="low"/><Value value="mid"/><Value value="high"/>'],
      ],
      `<RegressionModel ${attributes}>${miningSchema('x', 'z', 'sex', target)}${tables}</RegressionModel>`,
    ),
  );

describe('a regression', () => {
  const insurance = model(
    'functionName="regression"',
    `<RegressionTable intercept="132.37"><NumericPredictor name="x" coefficient="7.1"/>
      <NumericPredictor name="z" exponent="2" coefficient="0.01"/>
      <CategoricalPredictor name="sex" value="f" coefficient="41.1"/>
      <CategoricalPredictor name="sex" value="m" coefficient="-20"/>
      <PredictorTerm coefficient="0.5"><FieldRef field="x"/><FieldRef field="z"/></PredictorTerm></RegressionTable>`,
  );

  test.each([
    [{ x: 10, z: 2, sex: 'f' }, 132.37 + 71 + 0.04 + 41.1 + 10],
    [{ x: 10, z: 2, sex: 'm' }, 132.37 + 71 + 0.04 - 20 + 10],
    [{ x: 10, z: 2, sex: 'other' }, 132.37 + 71 + 0.04 + 10],
    [{ x: 10, z: 2 }, 132.37 + 71 + 0.04 + 10],
  ])('sums terms of numbers, categories and their products: %j', (row, expected) => {
    expect(scored(insurance, row)['y']).toBeCloseTo(expected, 10);
  });

  test('says nothing when a number is missing', () => {
    expect(scored(insurance, { x: 1, sex: 'f' })).toEqual({ y: null });
  });

  test.each([
    ['none', 0.7],
    ['softmax', 1 / (1 + Math.exp(-0.7))],
    ['logit', 1 / (1 + Math.exp(-0.7))],
    ['exp', Math.exp(0.7)],
    ['probit', 0.758036347776927],
    ['cloglog', 1 - Math.exp(-Math.exp(0.7))],
    ['loglog', Math.exp(-Math.exp(-0.7))],
    ['cauchit', 0.5 + Math.atan(0.7) / Math.PI],
  ])('is linked by %s', (method, expected) => {
    const linked = model(
      `functionName="regression" normalizationMethod="${method}"`,
      '<RegressionTable intercept="0"><NumericPredictor field="x" coefficient="1"/></RegressionTable>',
    );
    expect(scored(linked, { x: 0.7 })['y']).toBeCloseTo(expected, 14);
  });

  test('has one table', () => {
    const xml = pmmlDocument(
      [['x', 'double']],
      `<RegressionModel functionName="regression">${miningSchema('x')}
        <RegressionTable intercept="1"/><RegressionTable intercept="2"/></RegressionModel>`,
    );
    expect(compilePmml(xml)).toMatchObject({ refused: true, code: 'INVALID_DOCUMENT' });
  });
});

describe('a classification', () => {
  const table = (category: string, intercept: number) =>
    `<RegressionTable intercept="${intercept}" targetCategory="${category}">
      <NumericPredictor name="x" coefficient="1"/></RegressionTable>`;
  const output = (...categories: readonly string[]) =>
    `<Output>${categories
      .map((each) => `<OutputField name="p_${each}" feature="probability" value="${each}" dataType="double"/>`)
      .join('')}</Output>`;
  const of = (method: string, ...intercepts: readonly number[]) => {
    const categories = ['low', 'mid', 'high'].slice(0, intercepts.length);
    return model(
      `functionName="classification" normalizationMethod="${method}"`,
      output(...categories) + categories.map((each, index) => table(each, intercepts[index] ?? 0)).join(''),
      'grade usageType="target"',
    );
  };
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));

  test('of two classes gives the first its probability and the second the rest', () => {
    const outputs = scored(of('logit', 0.2, 99), { x: 0.1 });
    expect(outputs).toEqual({
      grade: 'low',
      p_low: logistic(0.30000000000000004),
      p_mid: 1 - logistic(0.30000000000000004),
    });
  });

  test('without a link is held within 0 and 1', () => {
    expect(scored(of('none', 0.2, 0), { x: 9 })).toEqual({ grade: 'low', p_low: 1, p_mid: 0 });
  });

  test('of several classes by softmax does not overflow', () => {
    const outputs = scored(of('softmax', 1000, 1001, 999), { x: 0 });
    const total = 1 + Math.exp(1) + Math.exp(-1);
    expect(outputs['grade']).toBe('mid');
    expect(outputs['p_low']).toBeCloseTo(1 / total, 14);
    expect(outputs['p_high']).toBeCloseTo(Math.exp(-1) / total, 14);
  });

  test('by simplemax divides by the sum, and without a link leaves the rest to the last class', () => {
    expect(scored(of('simplemax', 1, 2, 1), { x: 0 })).toMatchObject({ p_low: 0.25, p_mid: 0.5, p_high: 0.25 });
    expect(scored(of('none', 0.1, 0.2, 5), { x: 0 })['p_high']).toBeCloseTo(0.7, 14);
  });

  test('of ordered classes takes each table for its class and those before', () => {
    const xml = pmmlDocument(
      [['x', 'double']],
      `<RegressionModel functionName="classification" normalizationMethod="logit">
        ${miningSchema('x', 'grade usageType="target"')}${output('low', 'mid', 'high')}
        ${table('low', -1)}${table('mid', 1)}${table('high', 0)}</RegressionModel>`,
    ).replace('</DataDictionary>', '<DataField name="grade" dataType="string" optype="ordinal"/></DataDictionary>');
    const outputs = scored(pmmlModel(xml), { x: 0 });
    expect(outputs['p_low']).toBeCloseTo(logistic(-1), 14);
    expect(outputs['p_mid']).toBeCloseTo(logistic(1) - logistic(-1), 14);
    expect(outputs['p_high']).toBeCloseTo(1 - logistic(1), 14);
  });

  test('says nothing when a number is missing, unless priors are given', () => {
    expect(scored(of('softmax', 1, 2, 3), {})).toEqual({ grade: null, p_low: null, p_mid: null, p_high: null });
    const withPriors = model(
      'functionName="classification" normalizationMethod="logit"',
      `${output('low', 'mid')}<Targets><Target field="grade"><TargetValue value="low" priorProbability="0.3"/>
        <TargetValue value="mid" priorProbability="0.7"/></Target></Targets>${table('low', 0)}${table('mid', 0)}`,
      'grade usageType="target"',
    );
    expect(scored(withPriors, {})).toEqual({ grade: 'mid', p_low: 0.3, p_mid: 0.7 });
  });
});

test('a model that says so is computed in 32 bits', () => {
  const single = model(
    'functionName="regression" x-mathContext="float"',
    '<RegressionTable intercept="0.1"><NumericPredictor name="x" coefficient="0.2"/></RegressionTable>',
  );
  const { fround } = Math;
  expect(single.usesSinglePrecision).toBe(true);
  expect(scored(single, { x: 3.3 })['y']).toBe(fround(fround(fround(0.2) * fround(3.3)) + fround(0.1)));
});
