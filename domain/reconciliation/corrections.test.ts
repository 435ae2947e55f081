import { specificationFor } from '../../tests/support/decider-specification';
import { businessDate, type MoneyText, reconciliationId } from '../kernel';
import { entryFor, isBalanced, outsideCustody } from '../ledger';
import { type ReconciliationEvent, reconciliationDecider, SETTLING_ACTIONS, type SettlingAction } from '.';
import { judge, type KnownPayment } from './corrections';
import { BREAK_TYPES } from './matching';

const { given } = specificationFor(reconciliationDecider, '2026-03-03');
const DAY = businessDate('2026-03-02');
const ID = reconciliationId('quickpay', DAY);
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** Every type of break, either way round, whatever is known of the payment. */
const CASES = BREAK_TYPES.flatMap((type) =>
  (['in', 'out'] as const).flatMap((direction) =>
    (['open', 'failed', 'settled', 'unheard-of'] as const).map((standing) => [type, direction, standing] as const),
  ),
);

const breakOf = (type: (typeof BREAK_TYPES)[number], direction: 'in' | 'out', known: KnownPayment) => {
  const line = { lineId: 'l', reference: 'r', direction, amount: cny('5.00'), bookedOn: DAY };
  const difference = cny(direction === 'in' ? '-5.00' : '5.00');
  const found = { type, reference: 'r', difference, theirs: line, ledgerDifference: cny('1.00') };
  return { breakId: 'b', ...found, ...judge(found, known) };
};

const isSettling = (action: string): action is SettlingAction => SETTLING_ACTIONS.some((each) => each === action);

describe('a break', () => {
  test.each(CASES)('%s, money %s, the payment %s: what is suggested can be done, and is booked in balance', (...of) => {
    const [type, direction, standing] = of;
    const found = breakOf(type, direction, { standing });
    const { action } = found.suggestion;
    const sums = { in: cny('0.00'), out: cny('0.00') };
    const events: readonly ReconciliationEvent[] = [
      {
        type: 'StatementImported',
        data: { channel: 'quickpay', businessDate: DAY, lines: 1, statementHash: 'h', theirs: sums },
      },
      { type: 'BreakOpened', data: found },
      { type: 'BreakAssigned', data: { breakId: 'b', owner: 'finance-1' } },
    ];
    const about = { reconciliationId: ID, breakId: 'b', evidence: 'a letter' };
    // What is asked again or waits is explained in the end.
    if (!isSettling(action)) {
      const data = { ...about, explanation: 'found out' };
      given(events)
        .when({ type: 'ExplainBreak', data })
        .thenMatching([{ type: 'BreakExplained' }, {}]);
      return;
    }
    const resolved = given(events).when({ type: 'ResolveBreak', data: { ...about, action } });
    resolved.thenMatching([{ type: 'BreakResolved' }, { type: 'ReconciliationClosed' }]);
    const [fact] = 'code' in resolved.outcome ? [] : resolved.outcome;
    const entry = fact && entryFor({ id: 'e', stream: ID, ...fact });
    if (entry === undefined) return;
    expect(isBalanced(entry.postings)).toBe(true);
    expect(outsideCustody(entry.postings).size).toBe(0);
  });
});
