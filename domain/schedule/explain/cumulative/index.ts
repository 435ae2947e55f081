import type { Day } from '../../../calendar';
import { parseRate } from '../../../kernel';
import { type AmountRules, amountOf, amountRulesOf } from '../../cumulative/amounts';
import { downPaymentOf, sharePaidDown } from '../../cumulative/begin';
import { type Books, keepBooks } from '../../cumulative/books';
import { noNotes, type RowNote } from '../../cumulative/plan-notes';
import type { Row } from '../../cumulative/row';
import { tell } from '../../cumulative/tell';
import type { LoanTerms } from '../../loan-terms';
import { decimalOf, times, whole } from '../../progressive/model/precision';
import type { LoanAgreement, LoanFact } from '../../replay';
import type { CalculationOf } from '../calculation';
import type { ExplainedFigures } from '../explanation';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine, sumOf } from '../pen';
import { chargedFigure } from './charges';
import { interestFigure, placeOf } from './interest';
import { installmentFigure, principalLines } from './principal';

export { explainedPayoff } from './payoff';

/** Plans and keeps the books of a loan once more, and writes down how. Undefined before it is lent. */
export const noted = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
): Books | undefined => {
  const story = tell(terms, agreement, facts, asOf);
  return story.tranches.length === 0 ? undefined : keepBooks({ ...story, notes: noNotes() });
};

/** Where the figures of an installment come from; undefined where there is none of that number. */
export const explained = (books: Books, n: number, pen: Pen): ExplainedFigures | undefined => {
  const row = books.rows[n - 1];
  if (row === undefined) return undefined;
  const note = books.story.notes?.inOrder[n - 1];
  const rules = amountRulesOf(books.story.terms);
  const installment = note && installmentFigure(note, rules, pen);
  const opening = note && openingFigure(note, pen);
  return {
    ...(opening !== undefined && { opening }),
    interest: interestFigure(row, note, rules, pen),
    ...(installment !== undefined && { installment }),
    principal: principalFigure(books, row, note, rules, pen),
    fee: chargedFigure(books, row, 'fee', rules, pen),
    penalty: chargedFigure(books, row, 'penalty', rules, pen),
  };
};

/** What bears interest when the period begins: what was paid out, less what installments have asked for. */
const openingFigure = ({ interest, principal }: RowNote, pen: Pen): Figure | undefined => {
  const opening = interest?.kind === 'days' ? interest.runs[0]?.balance : undefined;
  if (opening === undefined || principal === undefined) return undefined;
  const { planned, outstanding } = principal;
  return pen.figure(opening, [
    { does: 'add', why: 'paid-out', amount: planned + outstanding },
    { does: 'subtract', why: 'asked-so-far', amount: planned },
    change(opening - outstanding, { why: 'bears-otherwise' }),
  ]);
};

const principalFigure = (
  { posted, story }: Books,
  row: Row,
  note: RowNote | undefined,
  rules: AmountRules,
  pen: Pen,
): Figure => {
  const lines = note === undefined ? downPaymentLines(story, row, rules, pen) : principalLines(note, rules, pen);
  const planned = sumOf(lines);
  const facts = posted.filter(({ kind }) => GIVES_BACK.has(kind)).map(({ fact }) => fact);
  return pen.figure(row.owed.principal, [...lines, change(row.owed.principal - planned, { why: 'put-back', facts })]);
};

const GIVES_BACK: ReadonlySet<string> = new Set(['chargeback', 'credit-balance-refund']);

/** A share of what was paid out that day. */
const downPaymentLines = (story: Books['story'], row: Row, rules: AmountRules, pen: Pen): readonly PlainLine[] => {
  const { downPayment } = story.terms;
  if (row.kind !== 'down-payment' || downPayment === undefined) return [];
  const tranche = story.tranches.find(
    ({ on, amount }) => on === row.due && downPaymentOf(story, amount) === row.owed.principal,
  );
  if (tranche === undefined) return [];
  const exact = times(whole(tranche.amount), decimalOf(downPayment.share));
  const { numerator, denominator } = parseRate(downPayment.share);
  const { installmentMultiple: multiple } = rules;
  const calculation = {
    kind: 'share' as const,
    basis: 'paid-out',
    of: pen.money(tranche.amount),
    share: downPayment.share,
    rounding: pen.rounding(exact, amountOf(tranche.amount * numerator, denominator, rules), placeOf(rules)),
    ...(multiple !== undefined && { multiple: pen.money(multiple) }),
  } satisfies CalculationOf<'share'>;
  const amount = sharePaidDown(story, tranche.amount);
  return [
    { does: 'add', why: 'down-payment', amount, facts: [tranche.id], calculation },
    { does: 'at-most', why: 'all-there-is', amount: tranche.amount },
  ];
};
