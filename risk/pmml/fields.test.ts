import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import { isPmmlRefused, type PmmlRow } from '.';

/** A document that gives back the value of its field, after the treatments of its MiningSchema. */
const echo = (field: string, dataField: readonly [type: string, inside?: string]) =>
  pmmlModel(
    pmmlDocument(
      [['x', ...dataField]],
      `<RegressionModel functionName="regression">${miningSchema(field)}
        <Output><OutputField name="seen" feature="transformedValue"><FieldRef field="x"/></OutputField>
          <OutputField name="valid" feature="transformedValue" dataType="boolean">
            <Apply function="isValid"><FieldRef field="x"/></Apply></OutputField></Output>
        <RegressionTable intercept="0"/></RegressionModel>`,
    ),
  );

const seen = (field: string, dataField: readonly [type: string, inside?: string], x: PmmlRow[string]) => {
  const outputs = echo(field, dataField).evaluate({ x });
  return isPmmlRefused(outputs) ? outputs.code : outputs['seen'];
};

const AGES = '<Interval closure="closedOpen" leftMargin="18" rightMargin="80"/>';
const LEVELS =
  '<Value value="low"/><Value value="high"/><Value value="?" property="missing"/><Value value="bad" property="invalid"/>';
const SENTINEL = '<Value value="-999" property="missing"/>';

describe('a value of a row', () => {
  test.each<readonly [string, string, PmmlRow[string], unknown]>([
    ['double', '', '1.5e3', 1500],
    ['double', '', 2, 2],
    ['double', '', 'INF', Number.POSITIVE_INFINITY],
    ['double', '', 'NaN', null],
    ['double', '', 'abc', 'INVALID_VALUE'],
    ['double', '', 'constructor', 'INVALID_VALUE'],
    ['integer', '', '38.0', 38],
    ['integer', '', 38.5, 'INVALID_VALUE'],
    ['float', '', 0.1, Math.fround(0.1)],
    ['string', '', 7, '7'],
    ['boolean', '', 'TRUE', true],
    ['boolean', '', 1, true],
    ['boolean', '', 'yes', 'INVALID_VALUE'],
    ['date', '', '2026-02-28', '2026-02-28'],
    ['date', '', '2026-02-29', 'INVALID_VALUE'],
    ['dateTime', '', '2026-02-28T13:14:15', '2026-02-28T13:14:15'],
    ['time', '', '13:14:15', '13:14:15'],
    ['dateDaysSince[1960]', '', '1960-01-11', 10],
    ['dateTimeSecondsSince[1970]', '', '1970-01-02T00:00:01', 86401],
    ['timeSeconds', '', '00:01:01', 61],
    ['double', AGES, 18, 18],
    ['double', AGES, 80, 'INVALID_VALUE'],
    ['double', SENTINEL, '-999.0', null],
    ['double', SENTINEL, 5, 5],
    ['string', LEVELS, 'low', 'low'],
    ['string', LEVELS, 'other', 'INVALID_VALUE'],
    ['string', LEVELS, 'bad', 'INVALID_VALUE'],
    ['string', LEVELS, '?', null],
    ['string', LEVELS, null, null],
  ])('as %s with "%s": %j', (type, inside, x, expected) => {
    expect(seen('x', [type, inside], x)).toBe(expected);
  });

  test.each<readonly [string, string, PmmlRow[string], unknown]>([
    ['x missingValueReplacement="42"', AGES, null, 42],
    ['x missingValueTreatment="returnInvalid"', AGES, undefined, 'INVALID_VALUE'],
    ['x invalidValueTreatment="asMissing"', AGES, 90, null],
    ['x invalidValueTreatment="asMissing" missingValueReplacement="42"', AGES, 90, 42],
    ['x invalidValueTreatment="asIs"', AGES, 90, 90],
    ['x invalidValueTreatment="asValue" invalidValueReplacement="18"', AGES, 90, 18],
    ['x outliers="asExtremeValues" lowValue="20" highValue="60"', AGES, 19, 20],
    ['x outliers="asExtremeValues" lowValue="20" highValue="60"', AGES, 61, 60],
    ['x outliers="asMissingValues" lowValue="20" highValue="60" missingValueReplacement="1"', AGES, 61, 1],
    ['x outliers="asMissingValues" lowValue="20" highValue="60"', AGES, 60, 60],
  ])('is treated: %s with "%s": %j', (field, inside, x, expected) => {
    expect(seen(field, ['double', inside], x)).toBe(expected);
  });

  test('that is not valid and taken as it is, is known not to be valid', () => {
    const model = echo('x invalidValueTreatment="asIs"', ['double', AGES]);
    expect(scored(model, { x: 90 })).toMatchObject({ seen: 90, valid: false });
    expect(scored(model, { x: 20 })).toMatchObject({ seen: 20, valid: true });
    expect(scored(model, {})).toMatchObject({ seen: null, valid: false });
  });

  test('of one row says nothing of the next', () => {
    const model = echo('x', ['string']);
    expect(scored(model, { x: 'a' })['seen']).toBe('a');
    expect(scored(model, {})['seen']).toBeNull();
  });
});

test('a refused value names its field, and never itself', () => {
  const refused = echo('x', ['double', AGES]).evaluate({ x: 8017 });
  expect(refused).toMatchObject({
    code: 'INVALID_VALUE',
    place: { path: '/PMML/RegressionModel/MiningSchema/MiningField' },
  });
  expect(JSON.stringify(refused)).not.toContain('8017');
});

test('an inner model may treat what is missing in its own way', () => {
  const inner = (replacement: string) =>
    `<Segment><True/><RegressionModel functionName="regression">${miningSchema(`x ${replacement}`)}
      <RegressionTable intercept="0"><NumericPredictor name="x" coefficient="1"/></RegressionTable></RegressionModel></Segment>`;
  const model = pmmlModel(
    pmmlDocument(
      [['x', 'double']],
      `<MiningModel functionName="regression">${miningSchema('x')}<Segmentation multipleModelMethod="sum">
        ${inner('missingValueReplacement="3"')}${inner('missingValueReplacement="4"')}</Segmentation></MiningModel>`,
    ),
  );
  expect(scored(model, {})['predictedValue']).toBe(7);
  expect(scored(model, { x: 1 })['predictedValue']).toBe(2);
});

test('a model tells what goes in and what comes out', () => {
  const { modelClass, inputs, outputs, target } = echo('x', ['string', LEVELS]);
  expect({ modelClass, inputs, outputs, target }).toEqual({
    modelClass: 'RegressionModel',
    inputs: [{ name: 'x', type: 'string', optype: 'categorical', categories: ['low', 'high'] }],
    outputs: ['predictedValue', 'seen', 'valid'],
    target: undefined,
  });
});
