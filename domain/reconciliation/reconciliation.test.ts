import { specificationFor } from '../../tests/support/decider-specification';
import { cny, PAYOUT } from '../../tests/support/example-loan';
import { businessDate, reconciliationId } from '../kernel';
import { type Break, type Movement, type ReconciliationEvent, reconciliationDecider, type StatementLine } from '.';

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
const reconcile = (lines: StatementLine[], movements: Movement[], statementHash = 'h1') =>
  ({
    type: 'ReconcileStatement',
    data: {
      reconciliationId: ID,
      channel: 'unionlike',
      businessDate: DAY,
      currency: 'CNY',
      statementHash,
      lines,
      movements,
    },
  }) as const;
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
const matched = (pairs: [string, string][], sums: { in: string; out: string }): ReconciliationEvent => ({
  type: 'MovementsMatched',
  data: { matched: pairs.length, ours: { in: cny(sums.in), out: cny(sums.out) }, pairs },
});
const closed = (breaks: number): ReconciliationEvent => ({
  type: 'ReconciliationClosed',
  data: { closedOn: businessDate('2026-03-02'), breaks },
});
const breaksOf = (lines: StatementLine[], movements: Movement[]): readonly Break[] => {
  const { outcome } = given([]).when(reconcile(lines, movements));
  return Array.isArray(outcome)
    ? outcome.flatMap((event: ReconciliationEvent) => (event.type === 'BreakOpened' ? [event.data] : []))
    : [];
};

describe('A statement', () => {
  test('that shows what we have is closed at once', () => {
    given([])
      .when(
        reconcile(
          [theirs('l1', 'e1', '3000.00'), theirs('l2', 'e2', '500.00', { direction: 'in' })],
          [ours('e2', '500.00', 'in'), ours('e1', '3000.00')],
        ),
      )
      .then([
        imported(2, { in: '500.00', out: '3000.00' }),
        matched(
          [
            ['e2', 'l2'],
            ['e1', 'l1'],
          ],
          { in: '500.00', out: '3000.00' },
        ),
        closed(0),
      ]);
  });

  test('of a day without movements is closed too', () => {
    given([])
      .when(reconcile([], []))
      .then([imported(0, { in: '0.00', out: '0.00' }), matched([], { in: '0.00', out: '0.00' }), closed(0)]);
  });

  test('is reconciled once: again it changes nothing, another one for the day is refused', () => {
    const done = [imported(0, { in: '0.00', out: '0.00' }), matched([], { in: '0.00', out: '0.00' }), closed(0)];
    given(done).when(reconcile([], [])).thenNothing();
    given(done)
      .when(reconcile([], [], 'h2'))
      .thenRefused('ALREADY_EXISTS');
  });

  test('is in one currency', () => {
    const yen = theirs('l1', 'e1', '1.00', { amount: { amount: '100', currency: 'JPY' } });
    given([])
      .when(reconcile([yen], []))
      .thenRefused('CURRENCY_MISMATCH');
  });
});

describe('A difference opens a break', () => {
  test('when a movement of ours is not on the statement', () => {
    const movement = ours('e1', '3000.00');
    expect(breaksOf([], [movement])).toEqual([
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
    expect(breaksOf([line], [])).toEqual([
      { breakId: 'missing-here-e1', type: 'missing-here', reference: 'e1', difference: cny('3000.00'), theirs: line },
    ]);
  });

  test('when the amounts differ', () => {
    const line = theirs('l1', 'e1', '3000.09');
    const movement = ours('e1', '3000.00');
    expect(breaksOf([line], [movement])).toEqual([
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
  const { outcome } = given([]).when(
    reconcile([theirs('l1', 'e1', '3000.09')], [ours('e1', '3000.00'), ours('e2', '1.00')]),
  );
  const open: readonly ReconciliationEvent[] = Array.isArray(outcome) ? outcome : [];
  const explained = (breakId: string): ReconciliationEvent => ({
    type: 'BreakExplained',
    data: { breakId, explanation: 'corrected the day after', evidence: 'l-9' },
  });

  test('is explained by evidence; with the last one the reconciliation is closed', () => {
    given(open)
      .when(explain('amount-e1'))
      .then([explained('amount-e1')]);
    given([...open, explained('amount-e1')])
      .when(explain('missing-there-e2'))
      .then([explained('missing-there-e2'), closed(2)]);
  });

  test('is explained once', () => {
    const events = [...open, explained('amount-e1')];
    given(events).when(explain('amount-e1')).thenNothing();
    given(events).when(explain('amount-e1', 'something else')).thenRefused('BREAK_UNKNOWN');
  });

  test('must be there to be explained', () => {
    given(open).when(explain('amount-e9')).thenRefused('BREAK_UNKNOWN');
    given([]).when(explain('amount-e1')).thenRefused('BREAK_UNKNOWN');
  });
});
