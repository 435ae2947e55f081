import fc from 'fast-check';
import { businessDate, fold, formatMoney, moneyOf, parseMoney } from '../domain/kernel';
import { type LoanEvent, loanDecider, outstandingOf, PORTIONS, type Portion } from '../domain/loan';
import { active, aged, BORROWER, cny, contract, LOAN, obey, opened, repaid } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { lifePlan, playLife } from '../tests/support/loan-lives';
import { type LoanDoc, loans } from './loans';
import { receivables } from './receivables';

const on = (events: readonly LoanEvent[]) => events.map((event) => [LOAN, event] as const);
const docOf = (events: readonly LoanEvent[]): LoanDoc => {
  const doc = documentsFrom(loans, on(events)).get(LOAN);
  if (doc === undefined) throw new Error('there is no loan');
  return doc;
};
const row = (doc: LoanDoc, n: number) => doc.installments.find((installment) => installment.n === n);
const parts = (penalty: string, fee: string, interest: string, principal: string) => ({
  penalty,
  fee,
  interest,
  principal,
});

describe('the loans', () => {
  it('show one that was opened, and its plan once the money has arrived', () => {
    expect(docOf(opened)).toMatchObject({ status: 'opened', borrowerId: BORROWER, installments: [] });
    const doc = docOf(active);
    expect(doc).toMatchObject({
      status: 'active',
      principal: cny('3000.00'),
      principalOutstanding: cny('3000.00'),
      disbursedOn: '2026-01-15',
      allInRate: contract.allInRate,
      bucket: 'current',
    });
    expect(doc.installments.map(({ due }) => due)).toEqual(['2026-02-15', '2026-03-15', '2026-04-15']);
    expect(row(doc, 1)).toMatchObject({
      scheduled: parts('0.00', '60.00', '30.00', '990.07'),
      paid: parts('0.00', '0.00', '0.00', '0.00'),
    });
  });

  it('show a partial repayment where it went', () => {
    const doc = docOf(repaid(active, 'r1', '100.00', '2026-02-15'));
    expect(row(doc, 1)).toMatchObject({ paid: parts('0.00', '60.00', '30.00', '10.00') });
    expect(doc).toMatchObject({
      principalOutstanding: cny('2990.00'),
      repayments: [{ id: 'repayment-r1', on: '2026-02-15', amount: cny('100.00'), unapplied: cny('0.00') }],
    });
  });

  it('show what was paid in advance', () => {
    const doc = docOf(repaid(active, 'r1', '1080.07', '2026-01-20'));
    // Interest of 5 of the 31 days of the period's 30.00.
    expect(row(doc, 1)).toMatchObject({ paid: parts('0.00', '60.00', '4.84', '1015.23') });
  });

  it('show what is late, and the penalty on top of what it was booked with', () => {
    const late = aged('2026-02-19', aged('2026-02-16'));
    expect(docOf(aged('2026-02-16'))).toMatchObject({ bucket: '1-30', daysPastDue: 1 });
    // 990.07 × 18 % × 4/365
    expect(row(docOf(late), 1)?.scheduled).toEqual(parts('1.95', '60.00', '30.00', '990.07'));
    expect(docOf(repaid(late, 'r1', '1082.02', '2026-02-19'))).toMatchObject({ bucket: 'current' });
  });

  it('show a loan paid off early as owing nothing: the interest it saved is asked of nobody', () => {
    const doc = docOf(repaid(active, 'r1', '4000.00', '2026-02-15'));
    expect(doc).toMatchObject({ status: 'closed', closedOn: '2026-02-15', principalOutstanding: cny('0.00') });
    expect(doc.credit).toEqual(cny('910.00'));
    for (const { scheduled, paid } of doc.installments) expect(paid).toEqual(scheduled);
    expect(row(doc, 3)?.scheduled.interest).toBe('0.00');
  });

  it('show what was given up', () => {
    const facts = obey(aged('2026-02-19'), businessDate('2026-02-19'), {
      type: 'WriteOffLoan',
      data: { loanId: LOAN, reason: 'insolvency' },
    });
    expect(docOf(facts)).toMatchObject({
      status: 'written_off',
      closedOn: '2026-02-19',
      principalOutstanding: cny('0.00'),
    });
  });

  it('tell a loan that was settled below what was owed from one that was given up', () => {
    const facts = obey(aged('2026-02-19'), businessDate('2026-02-19'), {
      type: 'SettleLoan',
      data: { loanId: LOAN, valueDate: businessDate('2026-02-19'), amount: cny('500.00') },
    });
    expect(docOf(facts)).toMatchObject({ status: 'settled', closedOn: '2026-02-19' });
  });

  it('are found by borrower, status, and, as long as they run, by how late they are', () => {
    const documents = documentsFrom(loans, on(aged('2026-02-16')));
    expect(entriesOf(loans, 'byBorrower', documents)).toEqual([[BORROWER, LOAN]]);
    expect(entriesOf(loans, 'byStatus', documents)).toEqual([['active', LOAN]]);
    expect(entriesOf(loans, 'byBucket', documents)).toEqual([['1-30', LOAN]]);
    const closed = documentsFrom(loans, on(repaid(active, 'r1', '4000.00', '2026-02-15')));
    expect(entriesOf(loans, 'byBucket', closed)).toEqual([]);
  });
});

describe('in any life of a loan', () => {
  const minor = (amount: string): bigint => parseMoney({ amount, currency: 'CNY' }).minor;
  const unpaid = (doc: LoanDoc, portion: Portion): bigint =>
    doc.installments.reduce(
      (sum, { scheduled, paid, remitted }) =>
        sum + minor(scheduled[portion]) - minor(paid[portion]) - minor(remitted[portion]),
      0n,
    );

  it('what is shown is what the loan itself says it owes, portion by portion', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const { events, state } = playLife(plan);
        if (state.status !== 'lent') throw new Error('the loan was paid out');
        const { due, notDue } = outstandingOf(state);
        const doc = docOf(events);
        for (const portion of PORTIONS) {
          expect(unpaid(doc, portion)).toBe(due[portion].minor + notDue[portion].minor);
        }
        expect(minor(doc.principalOutstanding.amount)).toBe(due.principal.minor + notDue.principal.minor);
        if (state.closedOn === undefined) expect(doc.bucket).toBe(state.bucket);
      }),
      { numRuns: 60 },
    );
  });

  it('what all loans owe is what this one owes and has become due, and all of its principal', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const { events } = playLife(plan);
        const state = fold(loanDecider, events);
        if (state.status === 'none') throw new Error('the loan was opened');
        const { due, notDue } = outstandingOf(state);
        const doc = documentsFrom(receivables, on(events)).get('CNY');
        const cnyOf = (amount: bigint) => formatMoney(moneyOf(amount, 'CNY'));
        expect(doc?.portions).toEqual({
          penalty: cnyOf(due.penalty.minor),
          fee: cnyOf(due.fee.minor),
          interest: cnyOf(due.interest.minor),
          principal: cnyOf(due.principal.minor + notDue.principal.minor),
        });
      }),
      { numRuns: 60 },
    );
  });
});
