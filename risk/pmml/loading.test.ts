import fc from 'fast-check';
import { miningSchema, pmmlDocument } from '../../tests/support/pmml-document';
import { compilePmml, DEFAULT_LIMITS, isPmmlRefused, type PmmlRefusalCode } from '.';

const FIELDS = [
  ['x', 'double'],
  ['y', 'double'],
] as const;
const SOUND = pmmlDocument(
  FIELDS,
  `<RegressionModel functionName="regression">${miningSchema('x', 'y usageType="target"')}
    <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel>`,
);

const refusal = (xml: string) => {
  const model = compilePmml(xml);
  if (!isPmmlRefused(model)) throw new Error('it was not refused');
  return model;
};

test('a sound document is not refused', () => {
  expect(isPmmlRefused(compilePmml(SOUND))).toBe(false);
});

describe('text that is refused', () => {
  const bomb = `<!DOCTYPE PMML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<PMML version="4.4">&b;</PMML>`;
  test.each<readonly [string, string, PmmlRefusalCode, string]>([
    ['an XML bomb', bomb, 'XML_FORBIDDEN', 'document type'],
    ['an outside entity', '<!DOCTYPE PMML SYSTEM "file:///etc/passwd"><PMML/>', 'XML_FORBIDDEN', 'document type'],
    ['an entity without a declaration', '<PMML version="4.4">&b;</PMML>', 'XML_FORBIDDEN', 'the entity b'],
    ['nothing', '', 'XML_MALFORMED', 'no element'],
    ['text that is not XML', 'PK\u0003\u0004', 'XML_MALFORMED', 'does not allow'],
    ['a tag that is not closed', '<PMML version="4.4"><Header', 'XML_MALFORMED', 'Header is not closed'],
    ['tags that cross', '<a><b></a></b>', 'XML_MALFORMED', 'the end of b'],
    ['two roots', '<a/><b/>', 'XML_MALFORMED', 'second root'],
    ['text outside', '<a/>text', 'XML_MALFORMED', 'outside the root'],
    ['an attribute twice', '<a b="1" b="2"/>', 'XML_MALFORMED', 'given twice'],
    ['an attribute without quotes', '<a b=1/>', 'XML_MALFORMED', 'broken attribute'],
    ['a lone ampersand', '<a>fish & chips</a>', 'XML_MALFORMED', 'ampersand'],
    ['a character that is none', '<a>&#0;</a>', 'XML_MALFORMED', 'character reference'],
    ['levels without end', '<a>'.repeat(1_001), 'XML_TOO_LARGE', 'levels'],
    ['another document', '<html/>', 'NOT_PMML', 'not PMML'],
    ['another version', '<PMML version="2.1"/>', 'NOT_PMML', '2.1'],
  ])('%s', (_, xml, code, what) => {
    const refused = refusal(xml);
    expect(refused.code).toBe(code);
    expect(refused.detail).toContain(what);
  });

  test('more than the limits allow', () => {
    const elements = (limits: object) => compilePmml(SOUND, { ...DEFAULT_LIMITS, ...limits });
    expect(elements({ elements: 5 })).toMatchObject({ code: 'XML_TOO_LARGE' });
    expect(elements({ characters: 50 })).toMatchObject({ code: 'XML_TOO_LARGE' });
    expect(elements({ attributes: 1 })).toMatchObject({ code: 'XML_TOO_LARGE' });
  });
});

test('reads comments, CDATA, references and prefixes', () => {
  const xml = SOUND.replaceAll(/<(\/?)(\w)/g, '<$1p:$2')
    .replace('<p:Header/>', '<p:Header><!-- a < b --><![CDATA[<&>]]>&lt;&#65;&#x42;</p:Header>')
    .replace('xmlns=', 'xmlns:p=');
  expect(isPmmlRefused(compilePmml(xml))).toBe(false);
});

describe('a document that is refused, with the place', () => {
  const change = (from: string, to: string) => SOUND.replace(from, to);
  const predictor = '<NumericPredictor name="x" coefficient="2"/>';
  test.each<readonly [string, string, PmmlRefusalCode, string]>([
    [
      'a field that is not there',
      change('predictor', '').replace('name="x" coe', 'name="w" coe'),
      'UNKNOWN_FIELD',
      'NumericPredictor',
    ],
    ['an attribute missing', change(' coefficient="2"', ''), 'INVALID_DOCUMENT', 'NumericPredictor'],
    ['a number that is none', change('"2"', '"two"'), 'INVALID_DOCUMENT', 'NumericPredictor'],
    [
      'a data type that is none',
      change('dataType="double"', 'dataType="quaternion"'),
      'INVALID_DOCUMENT',
      'DataField[1]',
    ],
    [
      'a method that is none',
      change('functionName="regression"', 'functionName="regression" normalizationMethod="magic"'),
      'INVALID_DOCUMENT',
      'RegressionModel',
    ],
    ['a class of models', SOUND.replaceAll('RegressionModel', 'NeuralNetwork'), 'UNSUPPORTED_MODEL', 'NeuralNetwork'],
    ['no model', pmmlDocument(FIELDS, ''), 'UNSUPPORTED_MODEL', 'PMML'],
    [
      'a model that is not to be scored',
      change('functionName', 'isScorable="false" functionName'),
      'INVALID_DOCUMENT',
      'RegressionModel',
    ],
    [
      'a function of models',
      change('functionName="regression"', 'functionName="clustering"'),
      'INVALID_DOCUMENT',
      'RegressionModel',
    ],
    [
      'no table',
      change(/<RegressionTable.*<\/RegressionTable>/.exec(SOUND)?.[0] ?? predictor, ''),
      'INVALID_DOCUMENT',
      'RegressionModel',
    ],
  ])('%s', (_, xml, code, element) => {
    const { code: got, place } = refusal(xml);
    expect(got).toBe(code);
    expect(place.path.split('/').at(-1)).toBe(element);
    expect(place.line).toBeGreaterThan(0);
  });

  const derived = (expression: string, more = '') =>
    refusal(
      pmmlDocument(
        FIELDS,
        `<RegressionModel functionName="regression">${miningSchema('x')}
          <LocalTransformations><DerivedField name="d" dataType="double" optype="continuous">${expression}</DerivedField>
          ${more}</LocalTransformations>
          <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable>
        </RegressionModel>`,
      ),
    );

  test('an unknown function, by its name', () => {
    const { code, detail } = derived('<Apply function="java.lang.Runtime.exec"><FieldRef field="x"/></Apply>');
    expect({ code, detail }).toMatchObject({ code: 'UNKNOWN_FUNCTION', detail: expect.stringContaining('Runtime') });
  });

  test.each(['constructor', '__proto__', 'toString'])('the function "%s", which JavaScript would know', (name) => {
    expect(derived(`<Apply function="${name}"><FieldRef field="x"/></Apply>`).code).toBe('UNKNOWN_FUNCTION');
  });

  test.each(['TextIndex', 'Aggregate', 'Lag'])('the expression %s', (name) => {
    const { code, place } = derived(`<${name} field="x" textField="x"/>`);
    expect(code).toBe('UNSUPPORTED_ELEMENT');
    expect(place.path).toContain(name);
  });

  test('fields and functions that define each other', () => {
    const other = '<DerivedField name="e" dataType="double" optype="continuous"><FieldRef field="d"/></DerivedField>';
    expect(derived('<FieldRef field="e"/>', other).code).toBe('CYCLIC_DEFINITION');
  });

  test('a function that calls itself', () => {
    const call = (argument: string) => `<Apply function="f"><FieldRef field="${argument}"/></Apply>`;
    const xml = pmmlDocument(
      FIELDS,
      `<RegressionModel functionName="regression">${miningSchema('x')}
        <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable></RegressionModel>`,
      `<TransformationDictionary><DefineFunction name="f" optype="continuous"><ParameterField name="a"/>${call('a')}
        </DefineFunction><DerivedField name="d" dataType="double" optype="continuous">${call('x')}</DerivedField>
        </TransformationDictionary>`,
    );
    expect(refusal(xml).code).toBe('CYCLIC_DEFINITION');
  });

  test('a wrong number of arguments, and a regular expression that is none', () => {
    expect(derived('<Apply function="ln"/>').code).toBe('INVALID_DOCUMENT');
    const pattern = '<Apply function="matches"><FieldRef field="x"/><Constant dataType="string">(</Constant></Apply>';
    expect(derived(pattern).code).toBe('INVALID_DOCUMENT');
  });
});

test('a bomb of functions that call each other twice is refused', () => {
  const level = (index: number) => {
    const call = `<Apply function="f${index - 1}"><FieldRef field="a"/></Apply>`;
    const body = index === 0 ? '<FieldRef field="a"/>' : `<Apply function="+">${call}${call}</Apply>`;
    return `<DefineFunction name="f${index}" optype="continuous"><ParameterField name="a"/>${body}</DefineFunction>`;
  };
  const xml = pmmlDocument(
    FIELDS,
    `<RegressionModel functionName="regression">${miningSchema('x')}
      <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable></RegressionModel>`,
    `<TransformationDictionary>${Array.from({ length: 60 }, (_, index) => level(index)).join('')}
      <DerivedField name="d" dataType="double" optype="continuous"><Apply function="f59"><FieldRef field="x"/></Apply>
      </DerivedField></TransformationDictionary>`,
  );
  expect(refusal(xml)).toMatchObject({ code: 'INVALID_DOCUMENT', detail: expect.stringContaining('calls') });
});

test('a long document without a line end is read like another', () => {
  const xml = `<PMML version="4.4">${'<Extension/>text'.repeat(100_000)}</PMML>`;
  expect(refusal(xml).code).toBe('UNSUPPORTED_MODEL');
});

test('wherever a document is cut off, it is refused', () => {
  for (let length = 0; length < SOUND.trimEnd().length; length += 1) {
    expect(isPmmlRefused(compilePmml(SOUND.slice(0, length)))).toBe(true);
  }
});

test('however a document is damaged, the answer is a model or a refusal', () => {
  const damage = fc.record({
    at: fc.nat(SOUND.length),
    removed: fc.nat(12),
    put: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('<', '>', '&', '"', '/', '<Node>', 'x', '<!--', ']]>', '='),
    ),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
      const text = damages.reduce(
        (xml, { at, removed, put }) => xml.slice(0, at) + put + xml.slice(at + removed),
        SOUND,
      );
      const model = compilePmml(text);
      if (!isPmmlRefused(model)) expect(typeof model.evaluate({ x: 1 })).toBe('object');
    }),
    { numRuns: 400 },
  );
});
