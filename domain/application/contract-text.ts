import type { ApplicationId, BorrowerId } from '../kernel';
import type { Quote } from '../schedule';
import type { ApplicationState } from './state';

/** The version of the text below. A changed text is a new version, never an edit: old contracts keep their hash. */
export const TEMPLATE_VERSION = 'loan-contract-1';

/**
 * The contract that an offer becomes, word for word: made from the template and the application's own facts, so that
 * anybody can make it again and compare its hash. Parties appear by their references; their names are not in it.
 * Undefined while there is no offer.
 */
export const contractText = (id: ApplicationId, state: ApplicationState): string | undefined =>
  'offer' in state ? textOf(id, state.borrowerId, state.offer, state.cap) : undefined;

const textOf = (id: ApplicationId, borrower: BorrowerId, offer: Quote, cap: string): string => {
  const { principal, termMonths, terms, schedule, allInRate, quoteHash } = offer;
  const { currency } = principal;
  return [
    `LOAN CONTRACT (${TEMPLATE_VERSION})`,
    '',
    `Application: ${id}`,
    `Borrower: ${borrower}`,
    `Principal: ${principal.amount} ${currency}, paid out in one sum`,
    `Term: ${termMonths} monthly installments, counted from the day of the payout`,
    `Interest: ${terms.interest.ratePerYear} per year, ${terms.interest.method}, ${terms.interest.dayCount}`,
    `Origination fee: ${schedule.totals.fee} ${currency}, due with the first installment`,
    `Penalty: ${terms.penalty.ratePerYear} per year, simple, on overdue principal, after ${terms.penalty.graceDays} days`,
    `All-in annual rate: ${allInRate} (legal cap: ${cap})`,
    '',
    'Installment  Principal  Interest  Fee  Total  Balance',
    ...schedule.rows.map(
      ({ n, principal: part, interest, fee, total, balance }) =>
        `${n}  ${part}  ${interest}  ${fee}  ${total}  ${balance}`,
    ),
    `Total  ${schedule.totals.principal}  ${schedule.totals.interest}  ${schedule.totals.fee}  ${schedule.totals.total}`,
    '',
    'There are no other costs. What is paid early bears no further interest.',
    `Quote: ${quoteHash}`,
    '',
  ].join('\n');
};
