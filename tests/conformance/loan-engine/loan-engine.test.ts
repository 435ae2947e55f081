import { type Engine, runLoanCase } from './index';

const unused = (): never => {
  throw new Error('a case that is not selected does not reach the engine');
};
const noEngine: Engine = { plan: unused, replay: unused, payoff: unused };

const aCase = {
  id: 'A',
  knobs: ['scheduleType=PROGRESSIVE', 'repayEvery=1MONTHS'],
  terms: {
    ratePercent: '12',
    interestMethod: 'DECLINING_BALANCE',
    amortization: 'EQUAL_INSTALLMENTS',
    interestCalculationPeriod: 'DAILY',
    dayCount: '30/360',
    scheduleType: 'PROGRESSIVE',
    repayEvery: { length: 1, unit: 'MONTHS' },
    numberOfRepayments: 3,
  },
  steps: [{ op: 'setBusinessDate', date: '2026-01-10' }],
};

describe('what a loan case asks for that this house has not is named', () => {
  const missingIn = (changed: object): unknown => {
    const verdict = runLoanCase(noEngine, { ...aCase, ...changed });
    return verdict.kind === 'unselected' ? verdict.missing : verdict.kind;
  };

  it('selects a case of known knobs, terms and steps', () => {
    expect(missingIn({})).toBe('passed');
  });

  it.each([
    ['a knob', { knobs: ['tides'] }, ['tides']],
    ["a knob's value", { knobs: ['scheduleType=ORGANIC'] }, ['scheduleType=ORGANIC']],
    ['a term', { terms: { ...aCase.terms, tide: 'HIGH' } }, ['terms.tide']],
    ["a term's value", { terms: { ...aCase.terms, amortization: 'BY_FEEL' } }, ['terms.amortization=BY_FEEL']],
    [
      'a term within another',
      { terms: { ...aCase.terms, downPayment: { percent: 5 } } },
      ['terms.downPayment.auto=undefined'],
    ],
    ['an operation', { steps: [{ op: 'buyDownFee', amount: '5.00' }] }, ['op=buyDownFee']],
    ["an operation's field", { steps: [{ op: 'undoReAmortize', twice: true }] }, ['op=undoReAmortize.twice']],
    ['a charge', { steps: [{ op: 'addCharge', charge: 'TOLL' }] }, ['charge=TOLL']],
    [
      'the books',
      { steps: [{ op: 'expectJournal', transaction: { type: 'REPAYMENT', date: '2026-01-10' }, entries: [] }] },
      ['journal'],
    ],
    ['all of them', { knobs: ['fog'], terms: { ...aCase.terms, tide: 'HIGH' } }, ['fog', 'terms.tide']],
  ])('%s', (_, changed, missing) => {
    expect(missingIn(changed)).toEqual(missing);
  });

  it('takes null for not stated', () => {
    expect(missingIn({ terms: { ...aCase.terms, installmentMultipleOf: null, tide: null } })).toBe('passed');
  });
});

it('counts an engine that breaks as a failure, with what it said', () => {
  const steps = [
    ...aCase.steps,
    { op: 'approve', date: '2026-01-10', amount: '300.00' },
    { op: 'disburse', date: '2026-01-10', amount: '300.00' },
    { op: 'expectAmount', measure: 'totalOutstanding', amount: '306.00' },
  ];
  expect(runLoanCase(noEngine, { ...aCase, steps })).toMatchObject({
    kind: 'failed',
    difference: { at: 'while running', got: expect.stringContaining('does not reach the engine') },
  });
});

it.each([
  ['EUR', 2, 'EUR'],
  ['EUR', 0, 'JPY'],
  ['USD', 3, 'KWD'],
])('counts %s of %i decimals as %s does', (currency, decimals, counted) => {
  const seen: string[] = [];
  const watching: Engine = {
    ...noEngine,
    replay: (terms) => {
      seen.push(terms.currency);
      return unused();
    },
  };
  const steps = [
    ...aCase.steps,
    { op: 'approve', date: '2026-01-10', amount: '300' },
    { op: 'disburse', date: '2026-01-10', amount: '300' },
    { op: 'expectAmount', measure: 'totalOutstanding', amount: '306' },
  ];
  runLoanCase(watching, { ...aCase, terms: { ...aCase.terms, currency, decimals }, steps });
  expect(new Set(seen)).toEqual(new Set([counted]));
});
