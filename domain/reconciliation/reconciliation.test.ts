import { specificationFor } from '../../tests/support/decider-specification';
import { cny } from '../../tests/support/example-loan';
import { DAY, ours, theirs } from '../../tests/support/statement-lines';
import { businessDate, reconciliationId } from '../kernel';
import {
  ageOf,
  type Break,
  type Comparison,
  compareStatement,
  type Movement,
  type ReconciliationEvent,
  reconciliationDecider,
  type SettlingAction,
  type StatementLine,
} from '.';

const { given } = specificationFor(reconciliationDecider);

const ID = reconciliationId('unionlike', DAY);
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
    valueDate: DAY,
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
