import { specificationFor } from '../../tests/support/decider-specification';
import { cny, PAYOUT } from '../../tests/support/example-loan';
import { businessDate, parseMoney, reconciliationId } from '../kernel';
import {
  ageOf,
  type Break,
  type Comparison,
  compareStatement,
  type KnownPayment,
  type Movement,
  type ReconciliationEvent,
  reconciliationDecider,
  reconciliationEvents,
  type SettlingAction,
  type StatementLine,
} from '.';

const { given } = specificationFor(reconciliationDecider);

const DAY = businessDate('2026-03-01');
const ID = reconciliationId('unionlike', DAY);
const ours = (reference: string, amount: string, direction: Movement['direction'] = 'out'): Movement => ({
  reference,
  stream: PAYOUT,
  direction,
  amount: cny(amount),
  valueDate: DAY,
});
const theirs = (
  lineId: string,
  reference: string,
  amount: string,
  change: Partial<StatementLine> = {},
): StatementLine => ({
  lineId,
  reference,
  direction: 'out',
  amount: cny(amount),
  bookedOn: DAY,
  ...change,
});
const PAIRS = { kept: 'hash', hash: 'p1', rules: 'house@1', through: '7' } as const;
const compare = (lines: readonly StatementLine[], movements: readonly Movement[], more: Partial<Comparison> = {}) =>
  compareStatement({ businessDate: DAY, currency: 'CNY', lines, movements, ...more }).findings;
const reconcile = (lines: StatementLine[], movements: Movement[], statementHash = 'h1') => {
  const findings = compare(lines, movements);
  const about = {
    reconciliationId: ID,
    channel: 'unionlike',
    businessDate: DAY,
    currency: 'CNY',
    statementHash,
  } as const;
  const type = 'ReconcileStatement' as const;
  return { type, data: { ...about, ...findings, pairs: PAIRS, breaks: [...findings.breaks] } };
};
const explain = (breakId: string, explanation = 'corrected the day after', evidence = 'l-9') =>
  ({ type: 'ExplainBreak', data: { reconciliationId: ID, breakId, explanation, evidence } }) as const;

const imported = (lines: number, sums: { in: string; out: string }): ReconciliationEvent => ({
  type: 'StatementImported',
  data: {
    channel: 'unionlike',
    businessDate: DAY,
    lines,
    statementHash: 'h1',
    theirs: { in: cny(sums.in), out: cny(sums.out) },
  },
});
const matched = (count: number, sums: { in: string; out: string }): ReconciliationEvent => ({
  type: 'MovementsMatched',
  data: {
    matched: count,
    ours: { in: cny(sums.in), out: cny(sums.out) },
    netted: 0,
    fees: cny('0.00'),
    pairs: PAIRS,
  },
});
const closed = (breaks: number): ReconciliationEvent => ({
  type: 'ReconciliationClosed',
  data: { closedOn: businessDate('2026-03-02'), breaks },
});
const breaksOf = (lines: StatementLine[], movements: Movement[], more: Partial<Comparison> = {}): readonly Break[] =>
  compare(lines, movements, more).breaks;

describe('A statement', () => {
  test('that shows what we have is closed at once', () => {
    given([])
      .when(
        reconcile(
          [theirs('l1', 'e1', '3000.00'), theirs('l2', 'e2', '500.00', { direction: 'in' })],
          [ours('e2', '500.00', 'in'), ours('e1', '3000.00')],
        ),
      )
      .then([imported(2, { in: '500.00', out: '3000.00' }), matched(2, { in: '500.00', out: '3000.00' }), closed(0)]);
  });

  test('of a day without movements is closed too', () => {
    given([])
      .when(reconcile([], []))
      .then([imported(0, { in: '0.00', out: '0.00' }), matched(0, { in: '0.00', out: '0.00' }), closed(0)]);
  });

  test('is reconciled once: again it changes nothing, another one for the day is refused', () => {
    const done = [imported(0, { in: '0.00', out: '0.00' }), matched(0, { in: '0.00', out: '0.00' }), closed(0)];
    given(done).when(reconcile([], [])).thenNothing();
    given(done)
      .when(reconcile([], [], 'h2'))
      .thenRefused('ALREADY_EXISTS');
  });

  test('is recorded in one currency, and only when its breaks account for the difference of the totals', () => {
    const { data, type } = reconcile([theirs('l1', 'e1', '2.00')], [ours('e1', '3.00')]);
    given([])
      .when({ type, data: { ...data, fees: { amount: '0', currency: 'JPY' } } })
      .thenRefused('CURRENCY_MISMATCH');
    given([])
      .when({ type, data: { ...data, breaks: [] } })
      .thenRefused('RECONCILIATION_UNSOUND');
    given([])
      .when({ type, data: { ...data, breaks: [...data.breaks, ...data.breaks] } })
      .thenRefused('RECONCILIATION_UNSOUND');
  });
});

describe('A difference opens a break', () => {
  test('when a movement of ours is not on the statement', () => {
    const movement = ours('e1', '3000.00');
    expect(breaksOf([], [movement])).toMatchObject([
      {
        breakId: 'missing-there-e1',
        type: 'missing-there',
        reference: 'e1',
        difference: cny('-3000.00'),
        ours: movement,
      },
    ]);
  });

  test('when a line names no movement of ours', () => {
    const line = theirs('l1', 'e1', '3000.00');
    expect(breaksOf([line], [])).toMatchObject([
      { breakId: 'missing-here-e1', type: 'missing-here', reference: 'e1', difference: cny('3000.00'), theirs: line },
    ]);
  });

  test('when the amounts differ', () => {
    const line = theirs('l1', 'e1', '3000.09');
    const movement = ours('e1', '3000.00');
    expect(breaksOf([line], [movement])).toMatchObject([
      { breakId: 'amount-e1', type: 'amount', reference: 'e1', difference: cny('0.09'), ours: movement, theirs: line },
    ]);
  });

  test('when the money went the other way', () => {
    const line = theirs('l1', 'e1', '3000.00', { direction: 'in' });
    expect(breaksOf([line], [ours('e1', '3000.00')])).toMatchObject([
      { type: 'direction', difference: cny('-6000.00') },
    ]);
  });

  test('when a line is there twice: the one that agrees is matched, the other is the duplicate', () => {
    expect(
      breaksOf([theirs('l1', 'e1', '2999.00'), theirs('l2', 'e1', '3000.00')], [ours('e1', '3000.00')]),
    ).toMatchObject([
      { breakId: 'duplicate-e1', type: 'duplicate', difference: cny('2999.00'), theirs: { lineId: 'l1' } },
    ]);
    expect(
      breaksOf(
        [theirs('l1', 'e1', '3000.00'), theirs('l2', 'e1', '3000.00'), theirs('l3', 'e1', '3000.00')],
        [ours('e1', '3000.00')],
      ).map(({ breakId, theirs: line }) => [breakId, line?.lineId]),
    ).toEqual([
      ['duplicate-e1', 'l2'],
      ['duplicate-e1-2', 'l3'],
    ]);
  });
});

describe('A correction', () => {
  const wrong = theirs('l1', 'e1', '3000.09');
  const back = theirs('l1-c', 'e1', '0.09', { direction: 'in', corrects: 'l1' });
  const cancelled = theirs('l2-c', 'e1', '3000.00', { direction: 'in', corrects: 'l2' });

  test('is netted into the line it corrects', () => {
    expect(breaksOf([wrong, back], [ours('e1', '3000.00')])).toEqual([]);
    expect(breaksOf([back, wrong], [ours('e1', '3000.00')])).toEqual([]);
  });

  test('of the whole makes the line as if it had never been', () => {
    const lines = [theirs('l1', 'e1', '3000.00'), theirs('l2', 'e1', '3000.00'), cancelled];
    expect(breaksOf(lines, [ours('e1', '3000.00')])).toEqual([]);
    expect(breaksOf([theirs('l2', 'e1', '3000.00'), cancelled], [])).toEqual([]);
  });

  test('that leaves a difference shows the net amount', () => {
    expect(breaksOf([wrong, back], [ours('e1', '2000.00')])).toMatchObject([
      { type: 'amount', difference: cny('1000.00'), theirs: { lineId: 'l1', amount: cny('3000.00') } },
    ]);
  });

  test('of a line on an earlier statement stands for itself', () => {
    expect(breaksOf([back], [])).toMatchObject([
      { type: 'missing-here', difference: cny('-0.09'), theirs: { corrects: 'l1' } },
    ]);
  });
});

describe('A break', () => {
  const events = (lines: StatementLine[], movements: Movement[]): readonly ReconciliationEvent[] => {
    const { outcome } = given([]).when(reconcile(lines, movements));
    return Array.isArray(outcome) ? outcome : [];
  };
  const open = events([theirs('l1', 'e1', '3000.09')], [ours('e1', '3000.00'), ours('e2', '1.00')]);
  const explained = (breakId: string): ReconciliationEvent => ({
    type: 'BreakExplained',
    data: { breakId, explanation: 'corrected the day after', evidence: 'l-9' },
  });
  const assigned = (breakId: string, owner = 'li.na'): ReconciliationEvent => ({
    type: 'BreakAssigned',
    data: { breakId, owner },
  });
  const assign = (breakId: string, owner = 'li.na') =>
    ({ type: 'AssignBreak', data: { reconciliationId: ID, breakId, owner } }) as const;
  const resolve = (breakId: string, action: SettlingAction, evidence = 'ticket 7') =>
    ({ type: 'ResolveBreak', data: { reconciliationId: ID, breakId, action, evidence } }) as const;
  const resolved = (breakId: string, action: SettlingAction, difference: string): ReconciliationEvent => ({
    type: 'BreakResolved',
    data: {
      breakId,
      action,
      difference: cny(difference),
      evidence: 'ticket 7',
      valueDate: businessDate('2026-03-02'),
    },
  });

  test('is explained by evidence; with the last one the reconciliation is closed', () => {
    given(open)
      .when(explain('amount-e1'))
      .then([explained('amount-e1')]);
    given([...open, explained('amount-e1')])
      .when(explain('missing-there-e2'))
      .then([explained('missing-there-e2'), closed(2)]);
  });

  test('comes to its end once', () => {
    const ended = [...open, explained('amount-e1')];
    given(ended).when(explain('amount-e1')).thenNothing();
    given(ended).when(explain('amount-e1', 'something else')).thenRefused('BREAK_UNKNOWN');
    given(ended).when(assign('amount-e1')).thenRefused('BREAK_UNKNOWN');
    given(ended).when(resolve('amount-e1', 'claim-from-channel')).thenRefused('BREAK_UNKNOWN');
  });

  test('must be there', () => {
    given(open).when(explain('amount-e9')).thenRefused('BREAK_UNKNOWN');
    given([]).when(explain('amount-e1')).thenRefused('BREAK_UNKNOWN');
    given(open).when(assign('amount-e9')).thenRefused('BREAK_UNKNOWN');
    given(open).when(resolve('amount-e9', 'write-off-fee')).thenRefused('BREAK_UNKNOWN');
  });

  test('has one who answers for it, and may get another', () => {
    given(open)
      .when(assign('amount-e1'))
      .then([assigned('amount-e1')]);
    given([...open, assigned('amount-e1')])
      .when(assign('amount-e1'))
      .thenNothing();
    given([...open, assigned('amount-e1')])
      .when(assign('amount-e1', 'wu.wei'))
      .then([assigned('amount-e1', 'wu.wei')]);
  });

  test('is resolved by a correction, which somebody answers for', () => {
    given(open).when(resolve('amount-e1', 'write-off-fee')).thenRefused('BREAK_WITHOUT_OWNER');
    const owned = [...open, assigned('amount-e1'), explained('missing-there-e2')];
    const end = resolved('amount-e1', 'write-off-fee', '0.09');
    given(owned)
      .when(resolve('amount-e1', 'write-off-fee'))
      .then([end, closed(2)]);
    given([...owned, end, closed(2)])
      .when(resolve('amount-e1', 'write-off-fee'))
      .thenNothing();
  });

  test('is not resolved by a correction that does not fit it', () => {
    const owned = [...open, assigned('missing-there-e2')];
    given(owned).when(resolve('missing-there-e2', 'write-off-fee')).thenRefused('CORRECTION_UNFIT');
    const late = events([theirs('l1', 'e1', '1.00', { bookedOn: businessDate('2026-03-20') })], [ours('e1', '1.00')]);
    given([...late, assigned('late-e1')])
      .when(resolve('late-e1', 'book-suspense'))
      .thenRefused('CORRECTION_UNFIT');
    given([...late, assigned('late-e1')])
      .when(resolve('late-e1', 'confirm-settled'))
      .then([resolved('late-e1', 'confirm-settled', '0.00'), closed(1)]);
  });

  test('is as old as the days since it was opened', () => {
    expect(ageOf(DAY, businessDate('2026-03-09'))).toBe(8);
    expect(ageOf(DAY, businessDate('2026-02-01'))).toBe(0);
  });
});

describe('What is suggested', () => {
  const suggested = (lines: StatementLine[], movements: Movement[], known: Partial<KnownPayment> = {}) => {
    const more: Partial<Comparison> = { known: () => ({ standing: 'unheard-of', ...known }) };
    return breaksOf(lines, movements, more).map(({ priority, suggestion }) => [priority, suggestion]);
  };
  const [came, went] = [{ direction: 'in' }, { direction: 'out' }] as const;

  test('for a payment that they do not show: ask', () => {
    expect(suggested([], [ours('e1', '1.00')])).toEqual([['P2', { action: 'query-channel', reference: 'e1' }]]);
  });

  test('for a line that we do not have: what we know of the payment decides', () => {
    const line = [theirs('l1', 'e1', '1.00', came)];
    const held = { action: 'book-suspense', amount: cny('1.00') };
    const confirm = { action: 'confirm-settled', reference: 'e1', settledOn: DAY };
    expect(suggested(line, [], { standing: 'open' })).toEqual([['P2', confirm]]);
    expect(suggested(line, [], { standing: 'failed' })).toEqual([['P1', held]]);
    expect(suggested(line, [])).toEqual([['P2', held]]);
    expect(suggested([theirs('l1', 'e1', '1.00', went)], [])).toEqual([['P1', held]]);
  });

  test('for another amount: a fee is written off, more is claimed, too much is held', () => {
    const feeLimit = cny('0.50');
    const less = (amount: string) =>
      suggested([theirs('l1', 'e1', amount, came)], [ours('e1', '9.00', 'in')], { feeLimit });
    expect(less('8.50')).toEqual([['P3', { action: 'write-off-fee', amount: cny('0.50') }]]);
    expect(less('8.49')).toEqual([['P2', { action: 'claim-from-channel', amount: cny('0.51') }]]);
    expect(less('9.01')).toEqual([['P2', { action: 'book-suspense', amount: cny('0.01') }]]);
  });

  test('for a line twice: what came twice goes back, what went twice is claimed', () => {
    const twice = (way: typeof came | typeof went) =>
      suggested(
        [theirs('l1', 'e1', '1.00', way), theirs('l2', 'e1', '1.00', way)],
        [ours('e1', '1.00', way.direction)],
      );
    expect(twice(came)).toEqual([['P2', { action: 'return-double-payment', reference: 'e1', amount: cny('1.00') }]]);
    expect(twice(went)).toEqual([['P1', { action: 'claim-from-channel', amount: cny('1.00') }]]);
  });

  test('for a payment that came back: hold it; for one that is not through: ask', () => {
    const said = (status: 'returned' | 'pending') =>
      suggested([theirs('l1', 'e1', '1.00', { status })], [ours('e1', '1.00')]);
    expect(said('returned')).toEqual([['P1', { action: 'book-suspense', amount: cny('1.00') }]]);
    expect(said('pending')).toEqual([['P2', { action: 'query-channel', reference: 'e1' }]]);
  });

  test('for another currency, another direction, another day', () => {
    const yen = theirs('l1', 'e1', '1.00', { amount: { amount: '100', currency: 'JPY' } });
    expect(breaksOf([yen], [ours('e1', '1.00')])).toMatchObject([
      {
        type: 'currency',
        difference: cny('-1.00'),
        foreignDifference: { amount: '100', currency: 'JPY' },
        suggestion: { action: 'query-channel' },
      },
    ]);
    expect(suggested([theirs('l1', 'e1', '1.00', came)], [ours('e1', '1.00')])).toEqual([
      ['P1', { action: 'claim-from-channel', amount: cny('2.00') }],
    ]);
    expect(suggested([theirs('l1', 'e1', '1.00', { bookedOn: businessDate('2026-02-28') })], [])).toEqual([
      ['P3', { action: 'none', why: 'a line of another day' }],
    ]);
  });

  test('for what the books say otherwise, and it traces to the event', () => {
    const movement = { ...ours('e1', '3.00'), eventId: 'event-1' };
    const booked = [{ entryId: 'n1', eventId: 'event-1', amount: parseMoney(cny('-2.00')) }];
    expect(breaksOf([theirs('l1', 'e1', '3.00')], [movement], { booked })).toMatchObject([
      {
        type: 'ledger',
        difference: cny('0.00'),
        ledgerDifference: cny('-1.00'),
        ours: { eventId: 'event-1' },
        suggestion: { action: 'correct-amount', by: cny('-1.00') },
      },
    ]);
  });
});

describe('A bulk line that is off', () => {
  test('is one break, which names its members', () => {
    const batch = ['e1', 'e2', 'e3'].map((reference) => ({ ...ours(reference, '1.00'), group: 'b1' }));
    expect(breaksOf([theirs('l1', 'b1', '2.00')], batch)).toMatchObject([
      {
        breakId: 'amount-e1',
        difference: cny('-1.00'),
        members: { ours: 3, theirs: 1, references: ['e1', 'e2', 'e3'], lineIds: ['l1'] },
      },
    ]);
  });
});

describe('Facts of earlier versions', () => {
  const lifted = (type: 'MovementsMatched' | 'BreakOpened', data: Record<string, unknown>) => {
    const { upcasters = [], data: schema } = reconciliationEvents[type];
    return schema.parse(upcasters.reduce((older, step) => step(older), data));
  };

  test('are read as today: the list of pairs as it is, breaks judged afterwards', () => {
    const sums = { in: cny('3000.00'), out: cny('0.00') };
    expect(lifted('MovementsMatched', { matched: 1, ours: sums, pairs: [['e1', 'l1']] })).toEqual({
      matched: 1,
      ours: sums,
      netted: 0,
      fees: cny('0.00'),
      pairs: { kept: 'list', pairs: [['e1', 'l1']] },
    });
    const line = theirs('l1', 'e1', '3.00');
    const found = { breakId: 'b', type: 'missing-here', reference: 'e1', difference: cny('3.00'), theirs: line };
    expect(lifted('BreakOpened', found)).toEqual({
      ...found,
      priority: 'P1',
      suggestion: { action: 'book-suspense', amount: cny('3.00') },
    });
  });
});
