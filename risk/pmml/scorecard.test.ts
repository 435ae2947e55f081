import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import { compilePmml } from '.';

const simple = (field: string, operator: string, value: number | string) =>
  `<SimplePredicate field="${field}" operator="${operator}" value="${value}"/>`;
const isMissing = (field: string) => `<SimplePredicate field="${field}" operator="isMissing"/>`;

const card = (attributes: string, extra = '') =>
  pmmlDocument(
    [
      ['age', 'integer'],
      ['income', 'double'],
      ['history', 'string'],
    ],
    `<Scorecard functionName="regression" initialScore="500" ${attributes}>
    ${miningSchema('age', 'income', 'history')}
    <Output><OutputField name="score" feature="predictedValue"/>
      ${[1, 2, 3, 4].map((rank) => `<OutputField name="r${rank}" feature="reasonCode" rank="${rank}"/>`).join('')}</Output>
    <Characteristics>
      <Characteristic name="age" reasonCode="AGE" baselineScore="30">
        <Attribute partialScore="-5" reasonCode="NO_AGE">${isMissing('age')}</Attribute>
        <Attribute partialScore="10">${simple('age', 'lessThan', 25)}</Attribute>
        <Attribute partialScore="30">${simple('age', 'greaterOrEqual', 25)}</Attribute></Characteristic>
      <Characteristic name="income" reasonCode="INCOME">
        <Attribute partialScore="0">${isMissing('income')}</Attribute>
        <Attribute><CompoundPredicate booleanOperator="and">${simple('income', 'greaterThan', 0)}
            ${simple('income', 'lessThan', 10000)}</CompoundPredicate>
          <ComplexPartialScore><Apply function="*"><FieldRef field="income"/><Constant>0.01</Constant></Apply>
          </ComplexPartialScore></Attribute>
        <Attribute partialScore="100">${simple('income', 'greaterOrEqual', 10000)}</Attribute></Characteristic>
      <Characteristic name="history" reasonCode="HISTORY" baselineScore="50">
        <Attribute partialScore="50">${simple('history', 'equal', 'good')}</Attribute>
        <Attribute partialScore="30"><True/></Attribute></Characteristic>${extra}
    </Characteristics></Scorecard>`,
  );

describe('a scorecard', () => {
  const model = pmmlModel(card('baselineScore="60" reasonCodeAlgorithm="pointsBelow"'));

  test.each([
    // Below the baseline by 20, 35 and 20: the largest first, equal ones as they stand in the document.
    [
      { age: 20, income: 2500, history: 'bad' },
      { score: 565, r1: 'INCOME', r2: 'AGE', r3: 'HISTORY', r4: null },
    ],
    [
      { age: 40, income: 20000, history: 'good' },
      { score: 680, r1: 'AGE', r2: 'HISTORY', r3: null, r4: null },
    ],
    [{ income: 0, history: 'good', age: null }, null],
    [{ history: 'bad' }, { score: 525, r1: 'INCOME', r2: 'NO_AGE', r3: 'HISTORY', r4: null }],
  ])('adds up points and gives reasons: %j', (row, expected) => {
    const outputs = model.evaluate(row);
    if (expected === null) {
      expect(outputs).toMatchObject({ refused: true, code: 'INVALID_RESULT' });
      expect(outputs).toHaveProperty('place.path', '/PMML/Scorecard/Characteristics/Characteristic[2]');
    } else expect(outputs).toMatchObject(expected);
  });

  test('may count points above the baseline', () => {
    const above = pmmlModel(card('baselineScore="60" reasonCodeAlgorithm="pointsAbove"'));
    expect(scored(above, { age: 40, income: 20000, history: 'bad' })).toMatchObject({
      r1: 'INCOME',
      r2: 'AGE',
      r3: null,
    });
  });

  test('adds up what characteristics with one reason code have cost', () => {
    const twice = `<Characteristic name="again" reasonCode="AGE" baselineScore="10">
      <Attribute partialScore="-6"><True/></Attribute></Characteristic>`;
    const row = { age: 20, income: 2500, history: 'bad' };
    expect(scored(pmmlModel(card('baselineScore="60"', twice)), row)).toMatchObject({ r1: 'AGE', r2: 'INCOME' });
  });

  test('without reason codes needs no baseline; with them it does', () => {
    const outputs = scored(pmmlModel(card('useReasonCodes="false"')), { age: 40, income: 100, history: 'good' });
    expect(outputs).toEqual({ predictedValue: 581, score: 581, r1: null, r2: null, r3: null, r4: null });
    expect(compilePmml(card(''))).toMatchObject({ code: 'INVALID_DOCUMENT' });
  });
});
