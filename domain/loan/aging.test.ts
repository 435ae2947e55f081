import { specificationFor } from '../../tests/support/decider-specification';
import {
  active,
  age,
  aged,
  cny,
  disbursedLoan,
  opened,
  quoteFor,
  repaid,
  TERMS,
} from '../../tests/support/example-loan';
import { booked, credit, debit } from '../../tests/support/loan-servicing';
import { businessDate, fold } from '../kernel';
import { type LoanEvent, loanDecider, nextAgingDate } from '.';

const on = businessDate;
const { given } = specificationFor(loanDecider);

const today = (day: string) => ({ businessDate: on(day) });

/** What is asked for, by number of installment. */
const owedAfter = (events: readonly LoanEvent[], n: number) => {
  const state = fold(loanDecider, events);
  return state.status === 'lent' ? state.account.installments[n - 1]?.owed : undefined;
};
type Earned = 'interest' | 'fee' | 'penalty';
const income = (...lines: readonly [Earned, string][]) =>
  booked(
    ...lines.map(([portion, amount]) => debit(`${portion}-receivable`, amount)),
    ...lines.map(([portion, amount]) => credit(`${portion}-income`, amount)),
  );

describe('Aging', () => {
  test('does nothing before the first due date', () => {
    given(active).when(age('2026-02-14')).thenNothing();
  });

  test('makes an installment due at its due date, not late', () => {
    given(active)
      .when(age('2026-02-15'))
      .thenMatching([
        {
          type: 'LoanAged',
          data: {
            valueDate: '2026-02-15',
            fellDue: [1],
            outstanding: cny('3120.20'),
            change: expect.not.objectContaining({ installments: expect.anything() }),
            journal: income(['interest', '30.00'], ['fee', '60.00']),
          },
        },
      ]);
  });

  test('makes the loan late the day after, without penalty during the days of grace', () => {
    given(aged('2026-02-15'))
      .when(age('2026-02-18'))
      .then([
        {
          type: 'ArrearsBucketChanged',
          data: {
            from: 'current',
            to: '1-30',
            daysPastDue: 1,
            overdue: cny('1080.07'),
            valueDate: on('2026-02-16'),
          },
        },
      ]);
  });

  test('charges penalty on the overdue principal from the due date once grace is over', () => {
    given(aged('2026-02-18'))
      .when(age('2026-02-19'))
      .thenMatching([
        {
          type: 'LoanAged',
          data: {
            valueDate: '2026-02-19',
            fellDue: [],
            // 990.07 × 18 % × 4/365 = 1.953
            change: { installments: [{ n: 1, owed: { penalty: '1.95' } }] },
            journal: income(['penalty', '1.95']),
          },
        },
      ]);
  });

  test('catches up on everything that was missed, each on the day it counts for', () => {
    given(active)
      .when({ ...age('2026-03-20'), ...today('2026-03-20') })
      .thenMatching([
        {
          type: 'LoanAged',
          data: {
            valueDate: '2026-03-20',
            fellDue: [1, 2],
            // 990.07 × 18 % × 33/365 = 16.112; 999.97 × 18 % × 5/365 = 2.466
            change: { installments: [{ owed: { penalty: '16.11' } }, { owed: { penalty: '2.47' } }] },
            journal: income(['interest', '50.10'], ['fee', '60.00'], ['penalty', '18.58']),
          },
        },
        { type: 'ArrearsBucketChanged', data: { to: '1-30', valueDate: '2026-02-16' } },
        {
          type: 'ArrearsBucketChanged',
          data: { from: '1-30', to: '31-60', daysPastDue: 31, overdue: cny('2100.14'), valueDate: '2026-03-18' },
        },
      ]);
  });

  test('walks through all the buckets', () => {
    const buckets = aged('2026-06-30').flatMap((event) =>
      event.type === 'ArrearsBucketChanged' ? [`${event.data.valueDate} ${event.data.to}`] : [],
    );
    expect(buckets).toEqual(['2026-02-16 1-30', '2026-03-18 31-60', '2026-04-17 61-90', '2026-05-17 90+']);
  });

  test('changes nothing when it is run twice', () => {
    given(aged('2026-03-20'))
      .when({ ...age('2026-03-20'), ...today('2026-03-20') })
      .thenNothing();
  });

  test('comes to the same penalty however the days are grouped', () => {
    const grouped = aged('2026-03-20', aged('2026-03-03', aged('2026-02-22', aged('2026-02-19'))));
    expect(owedAfter(grouped, 1)).toEqual(owedAfter(aged('2026-03-20'), 1));
  });

  test('leaves out what was paid in advance', () => {
    const paidAhead = repaid(active, 'ahead', '1080.07', '2026-02-01');
    given(paidAhead).when(age('2026-02-20')).thenNothing();
    given(repaid(active, 'ahead', '80.00', '2026-02-01'))
      .when(age('2026-02-15'))
      .thenMatching([{ type: 'LoanAged', data: { fellDue: [1], journal: income(['interest', '13.53']) } }]);
  });

  test('does not look into the future', () => {
    given(active).when(age('2026-03-03')).thenRefused('VALUE_DATE_INVALID');
  });

  test('has nothing to do with loans that are not active', () => {
    given(opened).when(age('2026-03-02')).thenNothing();
    given([]).when(age('2026-03-02')).thenRefused('NOT_FOUND');
  });
});

describe('The next day to age a loan', () => {
  const next = (events: readonly LoanEvent[]) => nextAgingDate(fold(loanDecider, events));

  test('is the next due date, the day after it, the end of grace, then every bucket and every 30 days', () => {
    expect(next(opened)).toBeUndefined();
    let events = active;
    const dates: string[] = [];
    for (let date = next(events); date !== undefined && dates.length < 14; date = next(events)) {
      dates.push(date);
      events = aged(date, events);
    }
    expect(dates).toEqual([
      // Penalty of later installments comes with the rounds of the oldest: sums are the same.
      ...['2026-02-15', '2026-02-16', '2026-02-19', '2026-03-15', '2026-03-18', '2026-04-15', '2026-04-17'],
      ...['2026-05-17', '2026-06-16', '2026-07-16', '2026-08-15', '2026-09-14', '2026-10-14', '2026-11-13'],
    ]);
  });

  test('is never one that brings nothing: no penalty is borne where no principal is overdue', () => {
    const interestOnly = { ...TERMS, charges: [], amortization: { kind: 'interest-only' } as const };
    let events = disbursedLoan(quoteFor(interestOnly, 300_000n, 5, on('2026-01-15')), on('2026-01-15'));
    const dates: string[] = [];
    for (let date = next(events); date !== undefined && dates.length < 9; date = next(events)) {
      dates.push(date);
      const before = events.length;
      events = aged(date, events);
      expect(events.length).toBeGreaterThan(before);
    }
    expect(dates).toEqual([
      ...['2026-02-15', '2026-02-16', '2026-03-15', '2026-03-18', '2026-04-15', '2026-04-17'],
      ...['2026-05-15', '2026-05-17', '2026-06-15'],
    ]);
  });

  test('passes over what was paid in advance, and ends with the loan', () => {
    expect(next(repaid(active, 'a', '1080.07', '2026-02-01'))).toBe('2026-03-15');
    expect(next(repaid(active, 'a', '9000.00', '2026-02-01'))).toBeUndefined();
  });
});
