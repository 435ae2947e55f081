import type { Day } from '../../../calendar';
import { amountRulesOf } from '../../cumulative/amounts';
import { type Books, keepBooks, openOf } from '../../cumulative/books';
import { earlySettlement } from '../../cumulative/early-settlement';
import { endOfPayoff } from '../../cumulative/payoff';
import { noNotes } from '../../cumulative/plan-notes';
import { left } from '../../cumulative/row';
import { tell } from '../../cumulative/tell';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement, LoanFact, PortionAmounts } from '../../replay';
import type { ExplainedPayoff } from '../payoff-explanation';
import type { Pen, PlainLine } from '../pen';
import { interestFigure } from './interest';

/** What closes a loan on a day: all that is left of a plan that ends there. Undefined before it is lent. */
export const explainedPayoff = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  on: Day,
  pen: Pen,
): ExplainedPayoff | undefined => {
  const told = tell(terms, agreement, facts, on);
  if (told.tranches.length === 0) return undefined;
  const story = { ...told, demands: [...told.demands, ...earlySettlement(told, on)], notes: noNotes() };
  const through = endOfPayoff(story, on);
  const books = keepBooks(story, through);
  const open = openOf(books.rows);
  const figure = (portion: keyof PortionAmounts) => pen.figure(open[portion], owedLines(books, portion));
  return {
    interestThrough: pen.date(through ?? on),
    principal: figure('principal'),
    interest: figure('interest'),
    fee: figure('fee'),
    penalty: figure('penalty'),
    installments: installmentsOf(books, pen),
  };
};

const owedLines = ({ rows }: Books, portion: keyof PortionAmounts): readonly PlainLine[] =>
  rows.map((row, index) => ({
    does: 'add',
    why: 'still-owed',
    amount: left(row, portion),
    name: `installment ${index + 1}`,
  }));

const installmentsOf = ({ rows, story }: Books, pen: Pen): ExplainedPayoff['installments'] =>
  rows.flatMap((row, index) => {
    if (left(row, 'interest') === 0n) return [];
    return [
      {
        n: index + 1,
        from: pen.date(row.from),
        due: pen.date(row.due),
        interest: interestFigure(row, story.notes?.inOrder[index], amountRulesOf(story.terms), pen),
        paid: pen.money(row.paid.interest),
      },
    ];
  });
