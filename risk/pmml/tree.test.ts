import fc from 'fast-check';
import { miningSchema, pmmlDocument, pmmlModel, scored } from '../../tests/support/pmml-document';
import type { PmmlRow } from '.';

const FIELDS = [
  ['temperature', 'double'],
  ['humidity', 'double'],
  ['outlook', 'string', '<Value value="sunny"/><Value value="overcast"/><Value value="rain"/>'],
  ['play', 'string'],
] as const;

const split = (field: string, operator: string, value: number | string) =>
  `<SimplePredicate field="${field}" operator="${operator}" value="${value}"/>`;
const shares = (yes: number, no: number) =>
  `<ScoreDistribution value="yes" recordCount="${yes}"/><ScoreDistribution value="no" recordCount="${no}"/>`;

/** A tree like the golf example of the standard: outlook, then temperature, then humidity. */
const golf = (attributes: string) =>
  pmmlModel(
    pmmlDocument(
      FIELDS,
      `<TreeModel functionName="classification" ${attributes}>
      ${miningSchema('temperature', 'humidity', 'outlook', 'play usageType="predicted"')}
      <Output><OutputField name="p_yes" feature="probability" value="yes"/>
        <OutputField name="confidence" feature="confidence"/><OutputField name="node" feature="entityId"/></Output>
      <Node id="1" score="yes" recordCount="100" defaultChild="2"><True/>${shares(60, 40)}
        <Node id="2" score="yes" recordCount="50" defaultChild="3">${split('outlook', 'equal', 'sunny')}${shares(40, 10)}
          <Node id="3" score="yes" recordCount="40">${split('temperature', 'lessThan', 30)}${shares(36, 4)}</Node>
          <Node id="4" score="no" recordCount="10">${split('temperature', 'greaterOrEqual', 30)}${shares(4, 6)}</Node>
        </Node>
        <Node id="5" score="no" recordCount="50">
          <CompoundPredicate booleanOperator="or">${split('outlook', 'equal', 'overcast')}
            ${split('outlook', 'equal', 'rain')}</CompoundPredicate>${shares(20, 30)}
          <Node id="6" score="no" recordCount="30">${split('humidity', 'greaterThan', 70)}${shares(6, 24)}</Node>
        </Node></Node></TreeModel>`,
    ),
  );

describe('a tree', () => {
  test.each([
    [
      { outlook: 'sunny', temperature: 20, humidity: 60 },
      { play: 'yes', p_yes: 0.9, node: '3' },
    ],
    [
      { outlook: 'sunny', temperature: 30, humidity: 60 },
      { play: 'no', p_yes: 0.4, node: '4' },
    ],
    [
      { outlook: 'rain', temperature: 30, humidity: 80 },
      { play: 'no', p_yes: 0.2, node: '6' },
    ],
  ])('ends at a leaf: %j', (row, expected) => {
    expect(scored(golf(''), row)).toMatchObject(expected);
  });

  test('says nothing when no child holds, or what the last node says, as the document wants', () => {
    const dry = { outlook: 'rain', humidity: 60 };
    expect(scored(golf(''), dry)).toMatchObject({ play: null, p_yes: null, node: null });
    expect(scored(golf('noTrueChildStrategy="returnLastPrediction"'), dry)).toMatchObject({
      play: 'no',
      p_yes: 0.4,
      node: '5',
    });
  });
});

describe('a missing value, by the strategy', () => {
  const sunny = { outlook: 'sunny', humidity: 60 };
  const nothing = { play: null, p_yes: null, node: null };

  test.each([
    ['none', sunny, nothing],
    ['nullPrediction', sunny, nothing],
    ['lastPrediction', sunny, { play: 'yes', p_yes: 0.8, node: '2' }],
    ['defaultChild', sunny, { play: 'yes', p_yes: 0.9, node: '3', confidence: 0.9 * 0.8 }],
    ['defaultChild', { humidity: 60 }, { play: 'yes', node: '3', confidence: 0.9 * 0.8 * 0.8 }],
    // (40 of 50 records) × 0.9 + (10 of 50) × 0.4
    ['weightedConfidence', sunny, { play: 'yes', p_yes: 0.8 }],
    // Half by outlook: 0.5 × 0.8, and 0.5 × (the only child of the other half, 0.2)
    ['weightedConfidence', { humidity: 80 }, { play: 'yes', p_yes: 0.5 }],
    // 36 + 4 of 50 records
    ['aggregateNodes', sunny, { play: 'yes', p_yes: 0.8 }],
    // 36 + 4 + 6 of 80 records
    ['aggregateNodes', { humidity: 80 }, { play: 'yes', p_yes: 0.575 }],
  ])('%s: %j', (strategy, row, expected) => {
    const outputs = scored(golf(`missingValueStrategy="${strategy}" missingValuePenalty="0.8"`), row);
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value === 'number') expect(outputs[name]).toBeCloseTo(value, 14);
      else expect(outputs[name]).toBe(value);
    }
  });

  test('is got round by a surrogate, at the price of the penalty', () => {
    const surrogate = pmmlModel(
      pmmlDocument(
        FIELDS,
        `<TreeModel functionName="classification" missingValueStrategy="lastPrediction" missingValuePenalty="0.5">
        ${miningSchema('temperature', 'humidity', 'play usageType="predicted"')}
        <Output><OutputField name="confidence" feature="confidence"/></Output>
        <Node score="yes"><True/>${shares(5, 5)}
          <Node score="no"><CompoundPredicate booleanOperator="surrogate">${split('temperature', 'lessThan', 10)}
            ${split('humidity', 'greaterThan', 50)}</CompoundPredicate>${shares(1, 9)}</Node>
          <Node score="yes"><True/>${shares(8, 2)}</Node></Node></TreeModel>`,
      ),
    );
    expect(scored(surrogate, { temperature: 5 })).toEqual({ play: 'no', confidence: 0.9 });
    expect(scored(surrogate, { humidity: 60 })).toEqual({ play: 'no', confidence: 0.45 });
    expect(scored(surrogate, { humidity: 40 })).toEqual({ play: 'yes', confidence: 0.8 });
    expect(scored(surrogate, {})).toEqual({ play: 'yes', confidence: 0.5 });
  });
});

describe('predicates', () => {
  const holds = (predicate: string, row: PmmlRow) => {
    const model = pmmlModel(
      pmmlDocument(
        [
          ['x', 'double'],
          ['n', 'integer'],
          ['f', 'float'],
          ['b', 'boolean'],
          ['s', 'string'],
        ],
        `<TreeModel functionName="regression">${miningSchema('x', 'n', 'f', 'b', 's')}
        <Node><True/><Node score="1">${predicate}</Node>
          <Node score="0"><CompoundPredicate booleanOperator="xor">${predicate}<True/></CompoundPredicate></Node></Node>
        </TreeModel>`,
      ),
    );
    const value = scored(model, row)['predictedValue'];
    return value === null ? undefined : value === 1;
  };
  const set = (field: string, operator: string, items: string) =>
    `<SimpleSetPredicate field="${field}" booleanOperator="${operator}"><Array type="string">${items}</Array></SimpleSetPredicate>`;
  const compound = (operator: string, ...inner: readonly string[]) =>
    `<CompoundPredicate booleanOperator="${operator}">${inner.join('')}</CompoundPredicate>`;
  const [over, under] = [split('x', 'greaterThan', 1), split('n', 'lessThan', 5)];

  test.each([
    [split('x', 'lessThan', 1), { x: 1 }, false],
    [split('x', 'lessOrEqual', 1), { x: 1 }, true],
    [split('x', 'greaterThan', 1), { x: 1.0000000000000002 }, true],
    [split('x', 'greaterOrEqual', -1), { x: -1 }, true],
    [split('x', 'equal', 0), { x: -0 }, true],
    [split('x', 'notEqual', 0), { x: 1 }, true],
    [split('x', 'equal', 0), {}, undefined],
    [split('n', 'lessOrEqual', 29.5), { n: 29 }, true],
    [split('f', 'lessThan', 0.1), { f: 0.1 }, false],
    [split('f', 'equal', 0.1), { f: '0.1' }, true],
    [split('b', 'equal', 'true'), { b: true }, true],
    [split('b', 'equal', 'true'), { b: 'FALSE' }, false],
    [split('s', 'equal', 'a'), { s: 'b' }, false],
    [split('s', 'notEqual', 'a'), { s: 'never seen' }, true],
    [split('s', 'lessThan', 'b'), { s: 'a' }, true],
    [split('s', 'isMissing', ''), {}, true],
    [split('x', 'isNotMissing', ''), { x: 2 }, true],
    [set('s', 'isIn', 'a &quot;b c&quot; &quot;d\\&quot;e&quot;'), { s: 'b c' }, true],
    [set('s', 'isIn', '&quot;d\\&quot;e&quot;'), { s: 'd"e' }, true],
    [set('s', 'isNotIn', 'a b'), { s: 'b' }, false],
    [set('n', 'isIn', '1 2 3'), { n: 2 }, true],
    [set('n', 'isIn', '1 2 3'), {}, undefined],
    [compound('and', over, under), { x: 0 }, false],
    [compound('and', over, under), { x: 2 }, undefined],
    [compound('or', over, under), { x: 2 }, true],
    [compound('or', over, under), { x: 0 }, undefined],
    [compound('xor', over, under), { x: 2, n: 9 }, true],
    [compound('xor', over, under), { x: 2 }, undefined],
    ['<False/>', {}, false],
  ])('%s of %j', (predicate, row, expected) => {
    expect(holds(predicate, row)).toBe(expected);
  });
});

type Grown =
  | { readonly score: number }
  | { readonly at: string; readonly limit: number; readonly low: Grown; readonly high: Grown };

/** What a tree says, by the plainest reading: undefined where a value is missing. */
const naive = (tree: Grown, row: Readonly<Record<string, number | null>>): number | null => {
  if ('score' in tree) return tree.score;
  const value = row[tree.at];
  if (value === null || value === undefined) return null;
  return naive(value <= tree.limit ? tree.low : tree.high, row);
};

const textOf = (tree: Grown, test: string, style: number): string => {
  if ('score' in tree) return `<Node score="${tree.score}">${test}</Node>`;
  const { at, limit, low, high } = tree;
  const less = `<SimplePredicate field="${at}" operator="lessOrEqual" value="${limit}"/>`;
  const more = `<SimplePredicate field="${at}" operator="greaterThan" value="${limit}"/>`;
  // As several exporters write the same split: both sides, either side first, the rest as True, or compounds.
  const [lower, higher] = [textOf(low, less, style), textOf(high, style === 2 ? '<True/>' : more, style)];
  const both =
    style === 1
      ? higher + lower
      : lower +
        (style === 3
          ? higher.replace(more, `<CompoundPredicate booleanOperator="and">${more}${more}</CompoundPredicate>`)
          : higher);
  return `<Node>${test}${both}</Node>`;
};

test('every tree, however exporters write it, says what a plain walk says', () => {
  const limits = fc.double({ min: -10, max: 10, noNaN: true });
  const { tree } = fc.letrec<{ tree: Grown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.record({ score: fc.double({ min: -1, max: 1, noNaN: true }).map((score) => score + 0) }),
      fc.record({ at: fc.constantFrom('a', 'b', 'c'), limit: limits, low: tie('tree'), high: tie('tree') }),
    ),
  }));
  const value = fc.oneof({ weight: 5, arbitrary: limits }, { weight: 1, arbitrary: fc.constant(null) });
  const rows = fc.array(fc.record({ a: value, b: value, c: value }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(tree, rows, fc.integer({ min: 0, max: 3 }), (grown, table, style) => {
      const model = pmmlModel(
        pmmlDocument(
          [
            ['a', 'double'],
            ['b', 'double'],
            ['c', 'double'],
          ],
          `<TreeModel functionName="regression" missingValueStrategy="nullPrediction">${miningSchema('a', 'b', 'c')}
            ${textOf(grown, '<True/>', style)}</TreeModel>`,
        ),
      );
      for (const row of table) expect(scored(model, row)['predictedValue']).toBe(naive(grown, row));
    }),
    { numRuns: 60 },
  );
});

test('a node of several children, of ranges or of anything else, is left by the same child', () => {
  const limits = fc.integer({ min: -3, max: 3 });
  const tests = fc.record({
    field: fc.constantFrom('a', 'b'),
    operator: fc.constantFrom('equal', 'notEqual', 'lessThan', 'lessOrEqual', 'greaterThan', 'greaterOrEqual'),
    limit: limits,
  });
  const children = fc.array(fc.array(tests, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
  const value = fc.oneof({ weight: 4, arbitrary: limits }, { weight: 1, arbitrary: fc.constant(null) });
  const rows = fc.array(fc.record({ a: value, b: value }), { minLength: 4, maxLength: 12 });
  const treeOf = (
    shape: readonly (readonly { readonly field: string; readonly operator: string; readonly limit: number }[])[],
    attributes: string,
    wrap: (predicate: string) => string,
  ) => {
    // The children of each level hang below the first child of the one before; the last of some levels takes all.
    const below = (level: number): string =>
      (shape[level] ?? [])
        .map(({ field, operator, limit }, index, { length }) => {
          const isLast = index === length - 1 && length % 2 === 1;
          const predicate = isLast ? '<True/>' : wrap(split(field, operator, limit));
          return `<Node score="${level * 10 + index}">${predicate}${index === 0 ? below(level + 1) : ''}</Node>`;
        })
        .join('');
    return pmmlModel(
      pmmlDocument(
        [
          ['a', 'double'],
          ['b', 'double'],
        ],
        `<TreeModel functionName="regression" ${attributes}>${miningSchema('a', 'b')}
          <Node score="-1"><True/>${below(0)}</Node></TreeModel>`,
      ),
    );
  };
  const twice = (predicate: string) =>
    `<CompoundPredicate booleanOperator="and">${predicate}${predicate}</CompoundPredicate>`;
  const strategies = fc.constantFrom('none', 'lastPrediction', 'nullPrediction');
  const ends = fc.constantFrom('returnLastPrediction', 'returnNullPrediction');
  fc.assert(
    fc.property(children, rows, strategies, ends, (shape, table, strategy, end) => {
      const attributes = `missingValueStrategy="${strategy}" noTrueChildStrategy="${end}"`;
      const [ranges, others] = [treeOf(shape, attributes, (each) => each), treeOf(shape, attributes, twice)];
      for (const row of table) expect(scored(ranges, row)).toEqual(scored(others, row));
    }),
    { numRuns: 200 },
  );
});
