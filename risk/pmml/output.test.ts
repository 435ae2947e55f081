import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import { compilePmml } from '.';

const regression = (targets: string, output = '') =>
  pmmlModel(
    pmmlDocument(
      [
        ['x', 'double'],
        ['y', 'double'],
      ],
      `<RegressionModel functionName="regression">${miningSchema('x', 'y usageType="target"')}
        <Output>${output}</Output><Targets><Target field="y" ${targets}</Targets>
        <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel>`,
    ),
  );

describe('targets', () => {
  test.each([
    ['rescaleFactor="2"/>', 3, 6],
    ['rescaleFactor="2" rescaleConstant="10"/>', 3, 16],
    ['min="-1" max="1" rescaleFactor="2"/>', 3, 2],
    ['min="-1" max="1"/>', -3, -1],
    ['castInteger="round"/>', 2.5, 3],
    ['castInteger="ceiling"/>', 2.1, 3],
    ['castInteger="floor" rescaleConstant="0.9"/>', 2.2, 3],
    ['><TargetValue defaultValue="7"/></Target>', null, 7],
    ['/>', null, null],
  ])('%s of %j', (targets, x, expected) => {
    expect(scored(regression(targets), { x })['y']).toBe(expected);
  });

  test('a way of rounding that is none is refused', () => {
    expect(() => regression('castInteger="up"/>')).toThrow('castInteger');
  });
});

describe('output fields', () => {
  const field = (name: string, attributes: string, inside = '') =>
    `<OutputField name="${name}" ${attributes}>${inside}</OutputField>`;

  test('of a regression: the value, what is made of it, and what it is beside the actual value', () => {
    const twice = '<Apply function="*"><FieldRef field="raw"/><Constant>2</Constant></Apply>';
    const band = `<Discretize field="twice"><DiscretizeBin binValue="approve"><Interval closure="closedClosed" leftMargin="5"/>
      </DiscretizeBin><DiscretizeBin binValue="refer"><Interval closure="openOpen" rightMargin="5"/></DiscretizeBin></Discretize>`;
    const model = regression(
      '/>',
      field('raw', 'feature="predictedValue" dataType="double"') +
        field('twice', 'feature="transformedValue" dataType="double"', twice) +
        field('what', 'feature="decision" dataType="string"', band) +
        field('off', 'feature="residual"') +
        field('care', 'feature="warning"'),
    );
    expect(scored(model, { x: 3, y: 4 })).toEqual({ y: 3, raw: 3, twice: 6, what: 'approve', off: 1, care: null });
    expect(scored(model, { x: 1 })).toEqual({ y: 1, raw: 1, twice: 2, what: 'refer', off: null, care: null });
    expect(scored(model, {})).toEqual({ y: null, raw: null, twice: null, what: null, off: null, care: null });
  });

  test('of a classification: the class as it is and as it is shown, its probability and that of others', () => {
    const model = pmmlModel(
      pmmlDocument(
        [
          ['x', 'double'],
          ['y', 'integer', '<Value value="0"/><Value value="1" displayValue="bad"/>'],
        ],
        `<TreeModel functionName="classification">${miningSchema('x', 'y usageType="target"')}
          <Output>${field('shown', 'feature="predictedDisplayValue"')}${field('p', 'feature="probability"')}
            ${field('p0', 'feature="probability" value="0"')}${field('p9', 'feature="probability" value="9"')}
            ${field('off', 'feature="residual"')}</Output>
          <Targets><Target field="y"><TargetValue value="0" displayValue="good"/></Target></Targets>
          <Node><True/><Node score="0"><SimplePredicate field="x" operator="lessThan" value="1"/>
              <ScoreDistribution value="0" probability="0.75"/><ScoreDistribution value="1" probability="0.25"/></Node>
            <Node score="1"><True/></Node></Node></TreeModel>`,
      ),
    );
    expect(scored(model, { x: 0, y: 0 })).toEqual({ y: 0, shown: 'good', p: 0.75, p0: 0.75, p9: 0, off: 0.25 });
    expect(scored(model, { x: 2, y: 0 })).toEqual({ y: 1, shown: 'bad', p: 1, p0: 0, p9: 0, off: -1 });
  });

  test('of a feature that is not there are refused', () => {
    const xml = pmmlDocument(
      [['x', 'double']],
      `<RegressionModel functionName="regression">${miningSchema('x')}
        <Output>${field('e', 'feature="standardError"')}</Output><RegressionTable intercept="0"/></RegressionModel>`,
    );
    expect(compilePmml(xml)).toMatchObject({
      code: 'UNSUPPORTED_ELEMENT',
      place: { path: expect.stringContaining('OutputField') },
    });
  });
});
