import { dateOf, dayOf } from '../domain/calendar';
import { addDays, assert, businessDate, fold, repaymentId } from '../domain/kernel';
import { type LoanEvent, type LoanState, loanDecider } from '../domain/loan';
import { type LoanFact, plainTerms, replayLoan } from '../domain/schedule';
import { answer, cny, disbursedLoan, LOAN, quoteFor } from '../tests/support/example-loan';

const LENT_ON = businessDate('2026-01-15');
const PRINCIPAL = 100_000_000n;
const DAYS = 1_000;
const TODAY = addDays(LENT_ON, DAYS);

/** A loan of three years that was paid in so many small payments, as it is on record. */
const wellPaid = (payments: number): LoanState => {
  const terms = plainTerms('CNY', '0.12');
  const lent = fold(loanDecider, disbursedLoan(quoteFor(terms, PRINCIPAL, 36, LENT_ON), LENT_ON, '9.99'));
  assert(lent.status === 'lent', 'it was paid out');
  const start = dayOf(LENT_ON);
  const paid = Array.from({ length: payments }, (_, index): LoanFact => {
    const on = start + Math.floor((index * DAYS) / payments);
    const id = `${String(index + 2).padStart(6, '0')}.r`;
    return { kind: 'credit', credit: 'repayment', id, on, knownOn: on, amount: 23_000n };
  });
  const facts = [...lent.facts, ...paid];
  const agreement = { principal: PRINCIPAL, installments: 36, submittedOn: start };
  return { ...lent, facts, account: replayLoan(terms, agreement, facts, start + DAYS), agedThrough: TODAY };
};

/** Takes a payment into that loan which had come long before: all that came after it is worked out anew, and booked. */
export const restatingA = (payments: number): ((index: number) => readonly LoanEvent[]) => {
  const loan = wellPaid(payments);
  return (index) =>
    answer(loan, TODAY, {
      type: 'ApplyRepayment',
      data: {
        loanId: LOAN,
        repaymentId: repaymentId(`late${index}`),
        amount: cny('123.45'),
        valueDate: dateOf(dayOf(LENT_ON) + 10),
      },
    });
};
