import type { Installment } from '../../progressive/life/installment';
import type { Life } from '../../progressive/life/life';
import type { LoanCharge } from '../../progressive/life/loan-charge';
import type { CalculationOf } from '../calculation';
import { chargeLines } from '../charge-lines';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine, quotient, sumOf } from '../pen';
import type { Witnessed } from './witness';

/** The fees of an installment: charge by charge, and what later facts moved. */
export const feeFigure = (witness: Witnessed, installment: Installment, pen: Pen): Figure =>
  withMoved(witness, installment, 'fee', chargesOf(witness.life, installment, 'fee', pen), pen);

/** Its penalties: on overdue principal, and those that were charged. */
export const penaltyFigure = (witness: Witnessed, installment: Installment, pen: Pen): Figure =>
  withMoved(
    witness,
    installment,
    'penalty',
    [...accrued(witness, installment, pen), ...chargesOf(witness.life, installment, 'penalty', pen)],
    pen,
  );

const withMoved = (
  { turnsOf }: Witnessed,
  installment: Installment,
  kind: 'fee' | 'penalty',
  lines: readonly PlainLine[],
  pen: Pen,
): Figure => {
  const owed = installment.owed[kind];
  const moved = owed - sumOf(lines);
  const moving = new Set(['re-age', 'termination', 'charge-off', 'chargeback']);
  const facts = turnsOf(installment).flatMap(({ fact }) =>
    fact !== undefined && moving.has(fact.kind) ? [fact.id] : [],
  );
  return pen.figure(owed, [...lines, change(moved, { why: 'moved', facts })]);
};

const chargesOf = (
  { charges, model }: Life,
  installment: Installment,
  kind: LoanCharge['kind'],
  pen: Pen,
): readonly PlainLine[] =>
  charges.flatMap(({ fact, calculation, kind: sort, shares }) => {
    const share = sort === kind ? shares.get(installment) : undefined;
    return share === undefined
      ? []
      : chargeLines(
          { name: fact, calculation, amount: share.amount, of: share.of },
          model.money,
          model.terms.currency,
          pen,
        );
  });

const accrued = ({ life, overdueOf }: Witnessed, installment: Installment, pen: Pen): readonly PlainLine[] => {
  const { accruedPenalty } = installment;
  if (accruedPenalty === 0n) return [];
  const { numerator, denominator } = life.penaltyRate;
  const overdue = overdueOf(installment);
  const overdueDays = overdue.reduce((sum, { from, to, principal }) => sum + principal * BigInt(to - from), 0n);
  const exact = quotient(overdueDays * numerator, denominator * 365n);
  const calculation: CalculationOf<'penalty'> = {
    kind: 'penalty',
    stretches: overdue.map(({ from, to, principal }) => ({
      from: pen.date(from),
      to: pen.date(to),
      days: to - from,
      principal: pen.money(principal),
    })),
    perYear: life.terms.penalty.ratePerYear,
    yearDays: 365,
    rounding: pen.rounding(exact, accruedPenalty, { rounding: life.model.money.rounding, quantum: 1n }),
  };
  return [{ does: 'add', why: 'penalty-interest', amount: accruedPenalty, calculation }];
};
