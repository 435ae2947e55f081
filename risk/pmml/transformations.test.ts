import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import { isPmmlRefused, type PmmlRow } from '.';

const FIELDS = [
  ['x', 'double'],
  ['n', 'integer'],
  ['s', 'string'],
  ['b', 'boolean'],
  ['d', 'date'],
  ['t', 'dateTime'],
] as const;

/** The value of an expression for a row. */
const value = (expression: string, row: PmmlRow, attributes = '', dictionary = '') => {
  const model = pmmlModel(
    pmmlDocument(
      FIELDS,
      `<RegressionModel functionName="regression">${miningSchema('x', 'n', 's', 'b', 'd', 't')}
      <Output><OutputField name="v" feature="transformedValue" ${attributes}>${expression}</OutputField></Output>
      <RegressionTable intercept="0"/></RegressionModel>`,
      dictionary,
    ),
  );
  const outputs = model.evaluate(row);
  return isPmmlRefused(outputs) ? outputs.code : outputs['v'];
};

/** "x" names a field, "'x" is a text, 1 is a number. */
const argument = (each: string | number) => {
  if (typeof each === 'number') return `<Constant>${each}</Constant>`;
  if (each.startsWith('<')) return each;
  return each.startsWith("'")
    ? `<Constant dataType="string">${each.slice(1)}</Constant>`
    : `<FieldRef field="${each}"/>`;
};
const apply = (name: string, ...values: readonly (string | number)[]) =>
  `<Apply function="${name}">${values.map(argument).join('')}</Apply>`;

describe('functions', () => {
  test.each<readonly [string, PmmlRow, unknown]>([
    [apply('+', 'x', 1), { x: 2 }, 3],
    [apply('-', 'x', 1), { x: 2 }, 1],
    [apply('*', 'x', 'n'), { x: 2, n: 3 }, 6],
    [apply('/', 'n', 2), { n: 3 }, 1.5],
    [apply('/', 'x', 0), { x: 1 }, Number.POSITIVE_INFINITY],
    [apply('/', 'x', 0), { x: 0 }, 'INVALID_RESULT'],
    [apply('+', 'x', 1), {}, null],
    [apply('modulo', 'x', 3), { x: -1 }, 2],
    [apply('min', 'x', 'n', 5), { x: 7 }, 5],
    [apply('max', 'x', 'n'), { n: 3 }, 3],
    [apply('sum', 'x', 'n'), { x: 1, n: 3 }, 4],
    [apply('avg', 'x', 'n'), { x: 1, n: 3 }, 2],
    [apply('median', 'x', 'n', 10), { x: 1, n: 3 }, 3],
    [apply('product', 'x', 'n'), { x: 2, n: 3 }, 6],
    [apply('max', 'x', 'n'), {}, null],
    [apply('log10', 'x'), { x: 1000 }, 3],
    [apply('ln', 'x'), { x: 1 }, 0],
    [apply('ln', 'x'), { x: -1 }, 'INVALID_RESULT'],
    [apply('ln1p', 'x'), { x: 0 }, 0],
    [apply('expm1', 'x'), { x: 0 }, 0],
    [apply('exp', 'x'), { x: 0 }, 1],
    [apply('sqrt', 'x'), { x: 9 }, 3],
    [apply('abs', 'x'), { x: -9 }, 9],
    [apply('pow', 'x', 3), { x: 2 }, 8],
    [apply('hypot', 'x', 4), { x: 3 }, 5],
    [apply('threshold', 'x', 4), { x: 5 }, 1],
    [apply('floor', 'x'), { x: -1.5 }, -2],
    [apply('ceil', 'x'), { x: 1.2 }, 2],
    [apply('round', 'x'), { x: 2.5 }, 3],
    [apply('round', 'x'), { x: -2.5 }, -2],
    [apply('rint', 'x'), { x: 2.5 }, 2],
    [apply('atan2', 'x', 1), { x: 0 }, 0],
    [apply('equal', 'x', 1), { x: 1 }, true],
    [apply('notEqual', 's', "'a"), { s: 'a' }, false],
    [apply('lessThan', 'x', 'n'), { x: 1, n: 2 }, true],
    [apply('greaterOrEqual', 's', "'b"), { s: 'a' }, false],
    [apply('lessThan', 'd', "'2026-01-02"), { d: '2026-01-01' }, true],
    [apply('equal', 'x', 1), {}, null],
    [apply('isIn', 's', "'a", "'b"), { s: 'b' }, true],
    [apply('isNotIn', 'n', 1, 2), { n: 3 }, true],
    [apply('isMissing', 'x'), {}, true],
    [apply('isNotMissing', 'x'), {}, false],
    [apply('isValid', 'x'), { x: 1 }, true],
    [apply('isNotValid', 'x'), {}, true],
    [apply('and', 'b', apply('isMissing', 'x')), {}, null],
    [apply('and', 'b', apply('isNotMissing', 'x')), {}, false],
    [apply('or', 'b', apply('isMissing', 'x')), {}, true],
    [apply('not', 'b'), { b: true }, false],
    [apply('if', 'b', 1, 2), { b: true }, 1],
    [apply('if', 'b', 1, 2), { b: false }, 2],
    [apply('if', 'b', 1), { b: false }, null],
    [apply('if', 'b', 1, 2), {}, null],
    [apply('if', apply('equal', 'x', 0), 0, apply('/', 'x', 'x')), { x: 0 }, 0],
    [apply('uppercase', 's'), { s: 'aB' }, 'AB'],
    [apply('lowercase', 's'), { s: 'aB' }, 'ab'],
    [apply('trimBlanks', 's'), { s: ' a b ' }, 'a b'],
    [apply('stringLength', 's'), { s: 'abc' }, 3],
    [apply('substring', 's', 2, 3), { s: 'aBc9x' }, 'Bc9'],
    [apply('concat', 's', "' ", 'n', "'-", 'x'), { s: 'a', n: 2, x: 2 }, 'a 2-2.0'],
    [apply('replace', 's', "'B+", "'c"), { s: 'BBBB' }, 'c'],
    [apply('matches', 's', "'ar?y"), { s: 'January' }, true],
    [apply('formatNumber', 'n', "'%3d"), { n: 2 }, '  2'],
    [apply('formatNumber', 'x', "'%08.2f"), { x: -3.25159 }, '-0003.25'],
    [apply('formatDatetime', 'd', "'%m/%d/%y"), { d: '2004-08-20' }, '08/20/04'],
    [
      apply('formatDatetime', 't', "'%A %d %B %Y %I:%M %p"),
      { t: '2026-11-22T13:05:00' },
      'Sunday 22 November 2026 01:05 PM',
    ],
    [apply('dateDaysSinceYear', 'd', 1960), { d: '1960-01-02' }, 1],
    [apply('dateDaysSinceYear', 'd', 1960), { d: '2003-04-01' }, 15796],
    [apply('dateDaysSinceYear', 'd', 1960), { d: '1959-12-31' }, -1],
    [apply('dateSecondsSinceYear', 't', 1960), { t: '1960-01-03T03:30:03' }, 185403],
    [apply('dateSecondsSinceMidnight', 't'), { t: '2026-01-01T05:23:30' }, 19410],
  ])('%s of %j', (expression, row, expected) => {
    expect(value(expression, row)).toBe(expected);
  });

  test.each<readonly [string, number, number]>([
    [apply('stdNormalCDF', 'x'), 1.96, 0.9750021048517795],
    [apply('stdNormalCDF', 'x'), -6, 9.865876450376946e-10],
    [apply('stdNormalPDF', 'x'), 1, 0.24197072451914337],
    [apply('stdNormalIDF', 'x'), 0.975, 1.959963984540054],
    [apply('stdNormalIDF', 'x'), 1e-9, -5.997807015007686],
    [apply('normalCDF', 'x', 10, 2), 12, 0.8413447460685429],
    [apply('normalIDF', 'x', 10, 2), 0.5, 10],
    [apply('normalPDF', 'x', 10, 2), 10, 0.19947114020071635],
    [apply('erf', 'x'), 0.5, 0.5204998778130465],
    [apply('erf', 'x'), 3, 0.9999779095030014],
    [apply('tanh', 'x'), 1, Math.tanh(1)],
  ])('%s of %d', (expression, x, expected) => {
    const got = Number(value(expression, { x }));
    expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1e-3, Math.abs(expected)));
  });

  test('may say what a missing argument, a missing result and no result give', () => {
    const ln = (attributes: string) => `<Apply function="ln" ${attributes}><FieldRef field="x"/></Apply>`;
    expect(value(ln('mapMissingTo="-1"'), {})).toBe(-1);
    expect(value(ln('defaultValue="-2"'), {})).toBe(-2);
    expect(value(ln('invalidValueTreatment="asMissing"'), { x: -1 })).toBeNull();
    expect(value(ln('invalidValueTreatment="asMissing" defaultValue="7"'), { x: -1 })).toBe(7);
  });

  test('may be defined by the document, and be given what they gave', () => {
    const dictionary = `<TransformationDictionary><DefineFunction name="half" optype="continuous" dataType="double">
      <ParameterField name="x" optype="continuous" dataType="double"/>${apply('/', 'x', 2)}</DefineFunction>
      </TransformationDictionary>`;
    expect(value(apply('half', apply('half', 'n')), { n: 10, x: 1 }, '', dictionary)).toBe(2.5);
  });
});

describe('mappings', () => {
  const norm = (attributes: string) => `<NormContinuous field="x" ${attributes}><LinearNorm orig="0" norm="0"/>
    <LinearNorm orig="10" norm="1"/><LinearNorm orig="20" norm="3"/></NormContinuous>`;
  test.each<readonly [string, number | null, unknown]>([
    ['', 5, 0.5],
    ['', 10, 1],
    ['', 15, 2],
    ['', 30, 5],
    ['', -10, -1],
    ['outliers="asExtremeValues"', 30, 3],
    ['outliers="asExtremeValues"', -1, 0],
    ['outliers="asMissingValues" mapMissingTo="9"', 30, 9],
    ['mapMissingTo="9"', null, 9],
    ['', null, null],
  ])('NormContinuous %s of %j', (attributes, x, expected) => {
    expect(value(norm(attributes), { x })).toBe(expected);
  });

  test.each<readonly [PmmlRow[string], unknown]>([
    ['a', 1],
    ['b', 0],
    [null, 9],
  ])('NormDiscrete of %j', (s, expected) => {
    expect(value('<NormDiscrete field="s" value="a" mapMissingTo="9"/>', { s })).toBe(expected);
  });

  test.each<readonly [number | null, unknown]>([
    [0, 'negative or nothing'],
    [0.5, 'some'],
    [10, 'some'],
    [11, 'more'],
    [null, 'unknown'],
  ])('Discretize of %j', (x, expected) => {
    const bins = `<Discretize field="x" defaultValue="more" mapMissingTo="unknown">
      <DiscretizeBin binValue="negative or nothing"><Interval closure="openClosed" rightMargin="0"/></DiscretizeBin>
      <DiscretizeBin binValue="some"><Interval closure="openClosed" leftMargin="0" rightMargin="10"/></DiscretizeBin>
      </Discretize>`;
    expect(value(bins, { x })).toBe(expected);
  });

  test.each<readonly [PmmlRow, unknown]>([
    [{ s: 'a', n: 1 }, 10],
    [{ s: 'a', n: 2 }, 20],
    [{ s: 'b', n: 1 }, 30],
    [{ s: 'c', n: 1 }, 0],
    [{ s: 'a' }, -1],
  ])('MapValues of %j', (row, expected) => {
    const table = `<MapValues outputColumn="data:out" dataType="integer" defaultValue="0" mapMissingTo="-1">
      <FieldColumnPair field="s" column="data:band"/><FieldColumnPair field="n" column="data:sub"/><InlineTable>
      <row><data:band>a</data:band><data:sub>1.0</data:sub><data:out>10</data:out></row>
      <row><data:band>a</data:band><data:sub>2</data:sub><data:out>20</data:out></row>
      <row><data:band>b</data:band><data:sub>1</data:sub><data:out>30</data:out></row></InlineTable></MapValues>`;
    expect(value(table, row)).toBe(expected);
  });

  test('constants and references', () => {
    expect(value('<Constant dataType="string"> </Constant>', {})).toBe(' ');
    expect(value('<Constant missing="true"/>', {})).toBeNull();
    expect(value('<FieldRef field="x" mapMissingTo="4"/>', {})).toBe(4);
    expect(value('<FieldRef field="x"/>', { x: 2.7 }, 'dataType="integer"')).toBe(2);
    expect(value('<FieldRef field="x"/>', { x: 2 }, 'dataType="string"')).toBe('2.0');
    expect(value('<FieldRef field="s"/>', { s: '2.5' }, 'dataType="double"')).toBe(2.5);
    expect(value('<FieldRef field="x"/>', { x: 0.1 }, 'dataType="float"')).toBe(Math.fround(0.1));
  });
});

test('derived fields may use each other in any order, and a 32-bit one rounds', () => {
  const derive = (name: string, type: string, from: string) =>
    `<DerivedField name="${name}" dataType="${type}" optype="continuous"><FieldRef field="${from}"/></DerivedField>`;
  const model = pmmlModel(
    pmmlDocument(
      FIELDS,
      `<RegressionModel functionName="regression">${miningSchema('x')}
        <LocalTransformations>${derive('double(float(x))', 'double', 'float(x)')}</LocalTransformations>
        <RegressionTable intercept="0"><NumericPredictor name="double(float(x))" coefficient="1"/></RegressionTable>
      </RegressionModel>`,
      `<TransformationDictionary>${derive('float(x)', 'float', 'x')}</TransformationDictionary>`,
    ),
  );
  expect(scored(model, { x: 0.1 })['predictedValue']).toBe(Math.fround(0.1));
});
