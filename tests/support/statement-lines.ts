import { businessDate } from '../../domain/kernel';
import type { Movement, StatementLine } from '../../domain/reconciliation';
import { cny, PAYOUT } from './example-loan';

/** The day of the statements of the tests. */
export const DAY = businessDate('2026-03-01');

/** A movement of ours on the day. */
export const ours = (reference: string, amount: string, direction: Movement['direction'] = 'out'): Movement => ({
  reference,
  stream: PAYOUT,
  direction,
  amount: cny(amount),
  valueDate: DAY,
});

/** A line of theirs on the day. */
export const theirs = (
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
