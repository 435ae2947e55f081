import type { ApplicationId, BorrowerId } from '../kernel';
import { type LoanTerms, paidOutOf, type Quote } from '../schedule';
import type { ApplicationState } from './state';

/** The version of the text below. A changed text is a new version, never an edit: old contracts keep their hash. */
export const TEMPLATE_VERSION = 'loan-contract-2';

/**
 * The contract that an offer becomes, word for word: made from the template and the application's own facts, so that
 * anybody can make it again and compare its hash. Parties appear by their references; their names are not in it.
 * Undefined while there is no offer.
 */
export const contractText = (id: ApplicationId, state: ApplicationState): string | undefined =>
  'offer' in state ? textOf(id, state.borrowerId, state.offer, state.cap) : undefined;

const textOf = (id: ApplicationId, borrower: BorrowerId, offer: Quote, cap: string): string => {
  const { principal, installments, terms, schedule, allInRate, quoteHash } = offer;
  const { currency } = principal;
  return [
    `LOAN CONTRACT (${TEMPLATE_VERSION})`,
    '',
    `Application: ${id}`,
    `Borrower: ${borrower}`,
    `Principal: ${principal.amount} ${currency}`,
    ...keptBackText(offer),
    ...tranchesText(terms),
    `Term: ${installments} × ${periodText(terms)}, counted from the day of the payout`,
    `Interest: ${rateText(terms)} per year, ${terms.interest.method}, ${terms.amortization.kind}, ${terms.interest.dayCount}`,
    ...terms.charges.map((charge) => `${charge.name}: ${calculationText(charge)} (${charge.kind}, ${charge.time})`),
    `Penalty: ${terms.penalty.ratePerYear} per year, simple, on overdue principal, after ${terms.penalty.graceDays} days`,
    `All-in annual rate: ${allInRate} (legal cap: ${cap})`,
    '',
    `As if paid out on ${schedule.disbursedOn}; on another day the same terms make its figures.`,
    'Installment  Due  Principal  Interest  Fee  Total  Balance',
    ...schedule.rows.map(
      ({ n, due, principal: part, interest, fee, total, balance }) =>
        `${n}  ${due}  ${part}  ${interest}  ${fee}  ${total}  ${balance}`,
    ),
    `Total  ${schedule.totals.principal}  ${schedule.totals.interest}  ${schedule.totals.fee}  ${schedule.totals.total}`,
    '',
    'There are no other costs.',
    `Quote: ${quoteHash}`,
    '',
  ].join('\n');
};

/** What of the principal does not reach the borrower. */
const keptBackText = (offer: Quote): readonly string[] => {
  const { keptBack } = offer;
  if (keptBack === undefined) return [];
  const { amount, currency } = paidOutOf(offer);
  return [`Kept back for charges: ${keptBack.amount} ${currency}`, `Paid out: ${amount} ${currency}`];
};

const periodText = ({ dueDates: { period } }: LoanTerms): string =>
  period.every === 1 ? period.unit : `${period.every} ${period.unit}`;

/** Nothing is said of tranches where there is one. */
const tranchesText = ({ tranches: { several, fullTerm, revolving } }: LoanTerms): readonly string[] =>
  several
    ? [
        `Drawn in tranches, ${revolving ? 'outstanding at most' : 'in all at most'} the principal; ` +
          `${fullTerm ? 'each is repaid over the full term from its own day' : 'all are repaid by the last due date'}. ` +
          'The figures below are those of one tranche over all of it.',
      ]
    : [];

const rateText = ({ rate }: LoanTerms): string =>
  rate.kind === 'fixed' ? rate.perYear : `${rate.index} + ${rate.margin} (${rate.table.at(-1)?.perYear ?? ''} today)`;

const calculationText = ({ calculation }: LoanTerms['charges'][number]): string =>
  calculation.kind === 'flat' ? calculation.amount : `${calculation.share} of ${calculation.of}`;
