import { parseRate } from '../../../kernel';
import type { AmountRules } from '../../cumulative/amounts';
import type { Books } from '../../cumulative/books';
import type { Row } from '../../cumulative/row';
import { chargeLines } from '../charge-lines';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine, quotient, sumOf } from '../pen';
import { placeOf } from './interest';

/** The fees or penalties of an installment, charge by charge. */
export const chargedFigure = (
  books: Books,
  row: Row,
  portion: 'fee' | 'penalty',
  rules: AmountRules,
  pen: Pen,
): Figure => {
  const { story, lateDemands } = books;
  const lines = row.charges.flatMap((charge): readonly PlainLine[] => {
    if (charge.portion !== portion) return [];
    const demand = [...story.demands, ...lateDemands].find(({ id }) => id === charge.id);
    const { id: name, amount, of } = charge;
    if (demand === undefined) return [{ does: 'add', why: 'charge', amount, name }];
    return chargeLines(
      { name, calculation: demand.calculation, amount, of },
      placeOf(rules),
      story.terms.currency,
      pen,
    );
  });
  const charged = sumOf(lines);
  const rest = row.owed[portion] - charged;
  return pen.figure(row.owed[portion], [
    ...(portion === 'penalty' ? accrued(books, row, rest, rules, pen) : [change(rest, { why: 'moved' })]),
    ...lines,
  ]);
};

/** Penalty interest on principal that was overdue: all that is not charged otherwise. */
const accrued = ({ story }: Books, row: Row, amount: bigint, rules: AmountRules, pen: Pen): readonly PlainLine[] => {
  const stretches = story.notes?.overdue.get(row) ?? [];
  if (amount === 0n || stretches.length === 0) return [change(amount, { why: 'moved' })];
  const { ratePerYear } = story.terms.penalty;
  const { numerator, denominator } = parseRate(ratePerYear);
  const principalDays = stretches.reduce((sum, { from, to, principal }) => sum + principal * BigInt(to - from), 0n);
  const exact = quotient(principalDays * numerator, denominator * 365n);
  return [
    {
      does: 'add',
      why: 'penalty-interest',
      amount,
      calculation: {
        kind: 'penalty',
        stretches: stretches.map(({ from, to, principal }) => ({
          from: pen.date(from),
          to: pen.date(to),
          days: to - from,
          principal: pen.money(principal),
        })),
        perYear: ratePerYear,
        yearDays: 365,
        rounding: pen.rounding(exact, amount, placeOf(rules)),
      },
    },
  ];
};
