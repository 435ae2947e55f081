import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { miningSchema, pmmlDocument } from '../support/pmml-document';
import { readCsv } from './csv';
import { judgeAll, reportOf } from './report';
import { readCases } from './sources';

const doubling = (attributes = '') =>
  pmmlDocument(
    [
      ['x', 'double'],
      ['y', 'double'],
    ],
    `<RegressionModel functionName="regression" ${attributes}>${miningSchema('x', 'y usageType="target"')}
      <Output><OutputField name="half" feature="transformedValue"><FieldRef field="x"/></OutputField></Output>
      <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel>`,
  );

describe('folders of a model with its rows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pmml-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, model: string, input: string, expected?: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'model.pmml'), model);
    writeFileSync(join(folder, name, 'input.csv'), input);
    if (expected !== undefined) writeFileSync(join(folder, name, 'expected.csv'), expected);
  };
  const report = (...names: readonly string[]) => {
    const { cases, unreadable } = readCases([join(folder, ...names)]);
    return { ...reportOf(judgeAll(cases)), unreadable };
  };

  test('make a case of each row, whose expected cells are all compared; an empty one expects nothing', () => {
    put('doubling', doubling(), 'id,x\n1,3\n2,\n3,NA\n', 'y,half\n6.0,3\n,\n,\n');
    expect(report('doubling')).toEqual({
      cases: 3,
      selected: 3,
      passed: 3,
      byTier: { pmml: { cases: 3, selected: 3, passed: 3 } },
      missingKnobs: {},
      failures: [],
      unreadable: [],
      accruals: { rows: 0, compared: 0, passed: 0 },
    });
  });

  test('show the column in which a row differs', () => {
    put('doubling', doubling(), 'x\n3\n4\n5\n', 'y\n6\n8.0000000001\n\n');
    expect(report().failures).toEqual([
      { id: 'doubling#2', at: 'y', expected: '8.0000000001', got: 8 },
      { id: 'doubling#3', at: 'y', expected: '', got: 10 },
    ]);
  });

  test('are looser where the document computes in 32 bits', () => {
    put('doubling', doubling('x-mathContext="float"'), 'x\n4\n5\n', 'y\n8.0000001\n10.1\n');
    expect(report()).toMatchObject({ cases: 2, passed: 1 });
  });

  test('are left out where the class of the model is not evaluated, and fail where the document is broken', () => {
    put('neural', doubling().replaceAll('RegressionModel', 'NeuralNetwork'), 'x\n1\n', 'y\n2\n');
    put('broken', doubling().slice(0, -20), 'x\n1\n', 'y\n2\n');
    const { missingKnobs, failures, ...counts } = report();
    expect(counts).toMatchObject({ cases: 2, selected: 1, passed: 0 });
    expect(missingKnobs).toEqual({ 'modelClass=NeuralNetwork': 1 });
    expect(failures).toMatchObject([{ id: 'broken#1', got: expect.stringContaining('XML_MALFORMED') }]);
  });

  test('cannot be read without their tables, or with tables of unequal length', () => {
    put('half', doubling(), 'x\n1\n');
    put('short', doubling(), 'x\n1\n2\n', 'y\n2\n');
    expect(report().unreadable).toEqual([
      expect.stringContaining('expected.csv is missing'),
      expect.stringContaining('2 rows of input.csv, but 1'),
    ]);
  });
});

test.each([
  ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
  ['a,b\r\n"x, ""y""\n",\r\n', [{ a: 'x, "y"\n', b: '' }]],
  ['a;b\n1;2', [{ a: '1', b: '2' }]],
  ['a\tb\n1\t', [{ a: '1', b: '' }]],
  ['a,b\n,\n', [{ a: '', b: '' }]],
  ['a\n1\n\n2\n', [{ a: '1' }, { a: '' }, { a: '2' }]],
])('comma-separated values: %j', (text, records) => {
  expect(readCsv(text)).toEqual(records);
});
