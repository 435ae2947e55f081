import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';

const FIELDS = [
  ['x', 'double'],
  ['class', 'string', '<Value value="a"/><Value value="b"/><Value value="c"/>'],
] as const;

/** A segment that predicts a number where x has one, and nothing where it has none. */
const number = (score: number, attributes = '', predicate = '<True/>') =>
  `<Segment ${attributes}>${predicate}<TreeModel functionName="regression">${miningSchema('x')}
    <Node><True/><Node score="${score}"><SimplePredicate field="x" operator="isNotMissing"/></Node></Node>
  </TreeModel></Segment>`;

/** A segment that predicts a class where x is below a limit. */
const vote = (shares: readonly [a: number, b: number, c: number], attributes = '', limit = 100) =>
  `<Segment ${attributes}><True/><TreeModel functionName="classification">${miningSchema('x', 'class usageType="target"')}
    <Node><True/><Node><SimplePredicate field="x" operator="lessThan" value="${limit}"/>
    ${['a', 'b', 'c'].map((each, index) => `<ScoreDistribution value="${each}" recordCount="${shares[index]}"/>`).join('')}
    </Node></Node></TreeModel></Segment>`;

const under = (limit: number) => `<SimplePredicate field="x" operator="lessThan" value="${limit}"/>`;

const regression = (method: string, ...segments: readonly string[]) =>
  pmmlModel(
    pmmlDocument(
      FIELDS,
      `<MiningModel functionName="regression">${miningSchema('x')}
        <Segmentation multipleModelMethod="${method}>${segments.join('')}</Segmentation></MiningModel>`,
    ),
  );
const classification = (method: string, ...segments: readonly string[]) =>
  pmmlModel(
    pmmlDocument(
      FIELDS,
      `<MiningModel functionName="classification">${miningSchema('x', 'class usageType="target"')}
        <Output>${['a', 'b', 'c'].map((each) => `<OutputField name="${each}" feature="probability" value="${each}"/>`).join('')}</Output>
        <Segmentation multipleModelMethod="${method}>${segments.join('')}</Segmentation></MiningModel>`,
    ),
  );

describe('numbers of several models', () => {
  const segments = [number(1, 'weight="3"'), number(2), number(6, 'weight="2"')];
  test.each([
    ['sum', 9],
    ['average', 3],
    ['weightedAverage', (3 + 2 + 12) / 6],
    ['weightedSum', 17],
    ['median', 2],
    ['weightedMedian', 1],
    ['max', 6],
    ['selectFirst', 1],
    ['selectAll', 1],
  ])('%s', (method, expected) => {
    expect(scored(regression(`${method}"`, ...segments), { x: 1 })['predictedValue']).toBeCloseTo(expected, 14);
  });

  test('are of those whose predicate holds', () => {
    const model = regression('sum"', number(1, '', under(5)), number(2, '', under(10)), number(4, '', '<False/>'));
    expect(scored(model, { x: 1 })['predictedValue']).toBe(3);
    expect(scored(model, { x: 7 })['predictedValue']).toBe(2);
    expect(scored(model, { x: 10 })['predictedValue']).toBeNull();
    expect(scored(regression('selectFirst"', number(1, '', under(5)), number(2)), { x: 7 })['predictedValue']).toBe(2);
  });
});

describe('a segment that says nothing', () => {
  const sometimes = (treatment: string, ...weights: readonly number[]) =>
    regression(
      `average" ${treatment}`,
      ...weights.map((weight, index) => number(index + 1, `weight="${weight}"`)),
    ).evaluate({});
  const partly = (treatment: string) =>
    classification(`average" ${treatment}`, vote([1, 0, 0]), vote([0, 1, 0], 'weight="3"', 0));

  test('makes all say nothing, or is left out while those left out do not weigh too much', () => {
    expect(sometimes('missingPredictionTreatment="skipSegment"', 1, 1)).toMatchObject({ predictedValue: null });
    const row = { x: 1 };
    expect(scored(partly('missingPredictionTreatment="continue"'), row)['class']).toBeNull();
    expect(scored(partly('missingPredictionTreatment="returnMissing"'), row)['class']).toBeNull();
    const skip = 'missingPredictionTreatment="skipSegment" missingThreshold=';
    expect(scored(partly(`${skip}"0.75"`), row)['class']).toBe('a');
    expect(scored(partly(`${skip}"0.7"`), row)['class']).toBeNull();
  });

  test('may win a vote', () => {
    const votes = (method: string) =>
      classification(method, vote([1, 0, 0]), vote([0, 1, 0], '', 0), vote([0, 1, 0], '', 0));
    expect(scored(votes('majorityVote"'), { x: 1 })['class']).toBeNull();
    expect(scored(votes('majorityVote" missingPredictionTreatment="skipSegment"'), { x: 1 })['class']).toBe('a');
  });
});

describe('classes of several models', () => {
  const segments = [
    vote([0.6, 0.3, 0.1], 'weight="1"'),
    vote([0.1, 0.5, 0.4], 'weight="5"'),
    vote([0.5, 0.1, 0.4], 'weight="1"'),
  ];
  test.each([
    ['majorityVote', 'a', [2 / 3, 1 / 3, 0]],
    ['weightedMajorityVote', 'b', [2 / 7, 5 / 7, 0]],
    ['average', 'a', [0.4, 0.3, 0.3]],
    ['weightedAverage', 'b', [1.6 / 7, 2.9 / 7, 2.5 / 7]],
    // The medians are 0.5, 0.3 and 0.4; the third model gives a its median.
    ['median', 'a', [0.5, 0.1, 0.4]],
    ['max', 'a', [0.6, 0.3, 0.1]],
    ['sum', 'a', [1.2, 0.9, 0.9]],
    ['selectFirst', 'a', [0.6, 0.3, 0.1]],
  ])('%s', (method, winner, shares) => {
    const { class: predicted, a, b, c } = scored(classification(`${method}"`, ...segments), { x: 1 });
    expect(predicted).toBe(winner);
    for (const [index, value] of [a, b, c].entries()) expect(value).toBeCloseTo(shares[index] ?? 0, 14);
  });
});

describe('a chain', () => {
  const chain = (extra = '') =>
    pmmlModel(
      pmmlDocument(
        FIELDS,
        `<MiningModel functionName="classification">${miningSchema('x', 'class usageType="target"')}
        <Output><OutputField name="first" feature="predictedValue" segmentId="one"/>
          <OutputField name="decisive" feature="entityId"/></Output>
        <LocalTransformations><DerivedField name="doubled" dataType="double" optype="continuous">
          <Apply function="*"><FieldRef field="margin"/><Constant>2</Constant></Apply></DerivedField></LocalTransformations>
        <Segmentation multipleModelMethod="modelChain">
          <Segment id="one"><True/><RegressionModel functionName="regression">${miningSchema('x')}
            <Output><OutputField name="margin" dataType="double" optype="continuous" isFinalResult="false"/></Output>
            <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="1"/></RegressionTable>
          </RegressionModel></Segment>
          <Segment id="two"><True/><RegressionModel functionName="classification" normalizationMethod="softmax">
            ${miningSchema('doubled', 'class usageType="target"')}
            <Output><OutputField name="p" feature="probability" value="a"/></Output>
            <RegressionTable targetCategory="a" intercept="0"><NumericPredictor name="doubled" coefficient="1"/>
            </RegressionTable><RegressionTable targetCategory="b" intercept="0"/></RegressionModel></Segment>${extra}
        </Segmentation></MiningModel>`,
      ),
    );

  test('hands on what each model gives, and shows it', () => {
    const outputs = scored(chain(), { x: 0.5 });
    expect(outputs).toEqual({
      class: 'a',
      margin: 1.5,
      p: 1 / (1 + Math.exp(-3)),
      first: 1.5,
      decisive: 'two',
    });
  });

  test('ends with the last model that runs', () => {
    const last = `<Segment id="three">${under(0)}<TreeModel functionName="classification">
      ${miningSchema('x', 'class usageType="target"')}<Node score="c"><True/></Node></TreeModel></Segment>`;
    expect(scored(chain(last), { x: 1 })).toMatchObject({ class: 'a', decisive: 'two' });
    expect(scored(chain(last), { x: -1 })).toMatchObject({ class: 'c', decisive: 'three' });
  });
});

test('the trees of 32-bit fields are summed in 32 bits', () => {
  const xml = pmmlDocument(
    [['x', 'float']],
    `<MiningModel functionName="regression">${miningSchema('x')}<Segmentation multipleModelMethod="sum">
      ${[0.1, 0.2, 0.3].map((score) => number(score)).join('')}</Segmentation></MiningModel>`,
  );
  const { fround } = Math;
  expect(scored(pmmlModel(xml), { x: 1 })['predictedValue']).toBe(fround(fround(fround(0.1) + 0.2) + 0.3));
});

test('a chain may predict several things: its own target, and those of the models in it', () => {
  const model = pmmlModel(
    pmmlDocument(
      [
        ['x', 'double'],
        ['y', 'double'],
      ],
      `<MiningModel functionName="regression">
        ${miningSchema('x', 'kind usageType="predicted"', 'y usageType="predicted"')}
        <Segmentation multipleModelMethod="modelChain">
        <Segment><True/><TreeModel functionName="classification">${miningSchema('x', 'kind usageType="predicted"')}
          <Output><OutputField name="seen" feature="predictedValue" dataType="string" optype="categorical"/></Output>
          <Node><True/><Node score="small">${under(5)}</Node><Node score="large"><True/></Node></Node></TreeModel></Segment>
        <Segment><True/><RegressionModel functionName="regression">${miningSchema('seen', 'y usageType="predicted"')}
          <RegressionTable intercept="1"><CategoricalPredictor name="seen" value="large" coefficient="9"/>
          </RegressionTable></RegressionModel></Segment></Segmentation></MiningModel>`,
    ),
  );
  expect(model.target).toBe('y');
  expect(scored(model, { x: 7 })).toEqual({ y: 10, kind: 'large', seen: 'large' });
  expect(scored(model, { x: 1 })).toEqual({ y: 1, kind: 'small', seen: 'small' });
});
