import { type BusinessDate, formatMoney, moneyOf, parseMoney, unreachable } from '../../domain/kernel';
import type { StatementLine } from '../../domain/reconciliation';
import { type Executed, isMoneyIn, movedBy } from './movement-book';

/** What a wrong amount is wrong by, in minor units. */
const WRONG_BY = 9n;

const directionOf = (movement: Executed): StatementLine['direction'] => (isMoneyIn(movement.movement) ? 'in' : 'out');

const lineOf = (movement: Executed): StatementLine => ({
  lineId: `${movement.reference}-1`,
  reference: movement.key,
  direction: directionOf(movement),
  amount: movedBy(movement),
  bookedOn: movement.bookedOn,
});

const tooMuch = (movement: Executed): StatementLine => {
  const { minor, currency } = parseMoney(movedBy(movement));
  return { ...lineOf(movement), amount: formatMoney(moneyOf(minor + WRONG_BY, currency)) };
};

const linesOf = (movement: Executed): readonly StatementLine[] => {
  const line = lineOf(movement);
  const kind = movement.fault?.kind;
  switch (kind) {
    case undefined:
      return [line];
    case 'wrong-amount':
      return [tooMuch(movement)];
    case 'duplicate':
      return [line, { ...line, lineId: `${movement.reference}-2` }];
    case 'missing':
      return [];
    default:
      return unreachable(kind);
  }
};

/**
 * A correction books the difference back: the opposite direction, by as much as the wrong line said too much. A line
 * that was missing is delivered late, under its own booking date. So the lines of all statements add up to the money
 * that moved.
 */
const correctionOf = (movement: Executed, on: BusinessDate): StatementLine => {
  const line = lineOf(movement);
  const back = {
    lineId: `${movement.reference}-c`,
    reference: movement.key,
    direction: line.direction === 'out' ? 'in' : 'out',
    bookedOn: on,
  } as const;
  const kind = movement.fault?.kind;
  switch (kind) {
    case undefined:
    case 'missing':
      return line;
    case 'wrong-amount':
      return {
        ...back,
        amount: formatMoney(moneyOf(WRONG_BY, movement.amount.currency)),
        corrects: line.lineId,
      };
    case 'duplicate':
      return { ...back, amount: movedBy(movement), corrects: `${movement.reference}-2` };
    default:
      return unreachable(kind);
  }
};

/** The channel's statement of a date: its movements, as wrong as planted, and the corrections of earlier ones. */
export const channelLines = (
  date: BusinessDate,
  booked: readonly Executed[],
  corrected: readonly Executed[],
): readonly StatementLine[] => [
  ...booked.flatMap(linesOf),
  ...corrected.map((movement) => correctionOf(movement, date)),
];

/** The custody bank's statement: the money that moved, line by line. */
export const custodyLines = (booked: readonly Executed[]): readonly StatementLine[] =>
  booked.map((movement) => ({ ...lineOf(movement), lineId: `cu-${movement.reference}` }));
