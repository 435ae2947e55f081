import { cny } from '../../tests/support/example-loan';
import { DAY, ours, theirs } from '../../tests/support/statement-lines';
import { businessDate, parseMoney } from '../kernel';
import {
  type Break,
  type Comparison,
  compareStatement,
  type KnownPayment,
  type Movement,
  reconciliationEvents,
  type StatementLine,
} from '.';

const breaksOf = (lines: StatementLine[], movements: Movement[], more: Partial<Comparison> = {}): readonly Break[] =>
  compareStatement({ businessDate: DAY, currency: 'CNY', lines, movements, ...more }).findings.breaks;

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
