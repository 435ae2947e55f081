import { checkRules, compileRules, type Jdm, type RuleFinding, type Vocabulary } from '.';

const VOCABULARY: Vocabulary = new Map([
  ['score', { kind: 'number' }],
  ['housing', { kind: 'text', values: ['own', 'rent'] }],
  ['listed', { kind: 'boolean' }],
  ['age', { kind: 'number' }],
]);

type Cells = Readonly<Record<string, string>>;

/** A table over score, housing and whatever a free condition says; the last rule takes what is left. */
const table = (rules: readonly Cells[], hitPolicy: 'first' | 'collect' = 'first', edges: readonly object[] = []): Jdm =>
  ({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', content: {} },
      {
        id: 'table',
        name: 'Verdict',
        type: 'decisionTableNode',
        content: {
          hitPolicy,
          inputs: [
            { id: 'score', name: 'Score', field: 'score' },
            { id: 'housing', name: 'Housing', field: 'housing' },
            { id: 'free', name: 'Condition' },
          ],
          outputs: [{ id: 'outcome', name: 'Outcome', field: 'outcome' }],
          rules: rules.map((cells, index) => ({ _id: `r${index}`, ...cells })),
        },
      },
      { id: 'out', name: 'out', type: 'outputNode', content: {} },
    ],
    edges: [
      { id: 'e1', sourceId: 'in', targetId: 'table' },
      { id: 'e2', sourceId: 'table', targetId: 'out' },
      ...edges,
    ],
  }) as Jdm;

const REST = { outcome: '"refer"' };
const findings = (jdm: Jdm): readonly RuleFinding[] => checkRules(jdm, VOCABULARY, 'rules/x').findings;
const one = (cells: Cells) => findings(table([cells, REST]));

describe('rules that are checked', () => {
  it('are sound when every cell says something that can be', () => {
    const sound = table([{ score: '>= 600', housing: '"own","rent"', free: 'age > 18 and not listed', ...REST }, REST]);
    const { outputs, findings: found } = checkRules(sound, VOCABULARY, 'rules/x');
    expect(found).toEqual([]);
    expect(outputs.get('outcome')).toEqual({ kind: 'text', values: ['refer'] });
  });

  it.each([
    ['a cell that cannot be read', { score: '> > 600', ...REST }, 'SYNTAX', 'rule 1/column "Score"'],
    ['an output that cannot be read', { outcome: '"approve" +' }, 'SYNTAX', 'rule 1/column "Outcome"'],
    ['a field that is not there', { free: 'scoer > 3', ...REST }, 'UNKNOWN_FIELD', 'rule 1/column "Condition"'],
    ['a number compared with text', { score: '"high"', ...REST }, 'WRONG_TYPE', 'rule 1/column "Score"'],
    ['text compared as a number', { housing: '> 3', ...REST }, 'WRONG_TYPE', 'rule 1/column "Housing"'],
    ['a value that the field never has', { housing: '"onw"', ...REST }, 'WRONG_TYPE', 'rule 1/column "Housing"'],
    ['a condition that is no condition', { free: 'age + 1', ...REST }, 'WRONG_TYPE', 'rule 1/column "Condition"'],
    ['an output of another type', { outcome: '5' }, 'WRONG_TYPE', 'rule 2/column "Outcome"'],
    ['chance', { free: 'rand(10) > 5', ...REST }, 'UNSUPPORTED', 'rule 1/column "Condition"'],
    ['today’s date', { free: 'd() > d("2026-01-01")', ...REST }, 'UNSUPPORTED', 'rule 1/column "Condition"'],
  ])('with %s are refused, and the place is named', (_what, cells, code, place) => {
    expect(one(cells)).toMatchObject([{ code, place: `rules/x/Verdict/${place}` }]);
  });

  it('without a rule for what is left are refused', () => {
    expect(findings(table([{ score: '> 1', ...REST }]))).toMatchObject([
      { code: 'NO_CATCH_ALL', place: 'rules/x/Verdict' },
    ]);
    expect(findings(table([]))).toMatchObject([{ code: 'NO_CATCH_ALL' }]);
    expect(findings(table([{ score: '> 1', ...REST }, {}]))).toMatchObject([{ code: 'NO_CATCH_ALL' }]);
  });

  it('that run in a circle are refused', () => {
    const circle = table([REST], 'first', [{ id: 'e3', sourceId: 'table', targetId: 'table' }]);
    expect(findings(circle)).toMatchObject([{ code: 'CYCLE', detail: expect.stringContaining('"Verdict"') }]);
  });

  it('see behind an expression only what it hands on', () => {
    const chain = (passThrough: boolean, field: string): Jdm => {
      const { nodes, edges } = table([REST]);
      const expressions = [{ id: '1', key: 'half', value: 'score / 2' }];
      const content = { expressions, passThrough };
      const tables = nodes.map((node) =>
        node.type === 'decisionTableNode'
          ? { ...node, content: { ...node.content, inputs: [{ id: 'a', name: 'A', field }] } }
          : node,
      );
      return {
        nodes: [...tables, { id: 'x', name: 'Half', type: 'expressionNode', content }],
        edges: [
          { id: 'e0', sourceId: 'in', targetId: 'x' },
          { id: 'e1', sourceId: 'x', targetId: 'table' },
          ...edges.filter(({ id }) => id === 'e2'),
        ],
      } as Jdm;
    };
    expect(findings(chain(true, 'half'))).toEqual([]);
    expect(findings(chain(true, 'score'))).toEqual([]);
    expect(findings(chain(false, 'half'))).toEqual([]);
    expect(findings(chain(false, 'score'))).toMatchObject([{ code: 'UNKNOWN_FIELD' }]);
  });
});

describe('rules that are evaluated', () => {
  it('tell what they put out and which rule fired', async () => {
    const rules = compileRules(table([{ score: '> 600', _description: 'high', outcome: '"approve"' }, REST]));
    expect(await rules.evaluate({ score: 601, housing: 'own' })).toEqual({
      outputs: [{ outcome: 'approve' }],
      fired: [{ node: 'Verdict', rule: '1 high' }],
    });
  });

  it('take a missing value for no hit, and a cell that is left out for anything', async () => {
    const rules = compileRules(table([{ score: '> 600', outcome: '"approve"' }, { outcome: '"refer"' }]));
    for (const score of [null, 'text', 600]) {
      expect((await rules.evaluate({ score, housing: null })).outputs).toEqual([{ outcome: 'refer' }]);
    }
  });

  it('put out nothing where none of them fires: what that means is for whoever asked', async () => {
    const rules = compileRules(table([{ score: '> 600', outcome: '"approve"' }]));
    expect((await rules.evaluate({ score: 1, housing: 'own' })).outputs).toEqual([]);
  });
});
