import { active, repaid } from '../../tests/support/example-loan';
import { businessDate, fold } from '../kernel';
import {
  explainedArrears,
  explainedInstallment,
  explainedPayoff,
  explainedTransaction,
  loanDecider,
  payoffOn,
} from './index';

const day = businessDate;
/** The first installment paid on its day, 300.00 two weeks before the second. */
const loan = fold(loanDecider, repaid(repaid(active, 'r1', '1080.07', '2026-02-15'), 'r2', '300.00', '2026-03-01'));
const opened = fold(loanDecider, active.slice(0, 1));

describe('a payment, explained', () => {
  it('says where each part of it went, what was left of it then, and by which rule', () => {
    const explanation = explainedTransaction(loan, day('2026-03-01'), 'repayment-r1');
    expect(explanation).toMatchObject({ kind: 'repayment', amount: '1080.07', undone: false, overpaid: '0.00' });
    expect(explanation?.lines).toEqual([
      { installment: 1, due: '2026-02-15', state: 'due', portion: 'fee', amount: '60.00', left: '1020.07' },
      { installment: 1, due: '2026-02-15', state: 'due', portion: 'interest', amount: '30.00', left: '990.07' },
      { installment: 1, due: '2026-02-15', state: 'due', portion: 'principal', amount: '990.07', left: '0.00' },
    ]);
    expect(explanation?.rule).toMatchObject({ kind: 'by-order', processing: 'horizontal', orders: [{}] });
  });

  it('is none before it came, and none of a fact that moved no money', () => {
    expect(explainedTransaction(loan, day('2026-02-20'), 'repayment-r2')).toBeUndefined();
    expect(explainedTransaction(loan, day('2026-03-20'), 'repayment-r9')).toBeUndefined();
  });
});

describe('a payoff, explained', () => {
  it('is what closes the loan on that day: the principal that is left, and interest to the day', () => {
    const on = day('2026-03-20');
    const explanation = explainedPayoff(loan, on);
    expect(explanation?.total).toBe(payoffOn(loan, on)?.total.amount);
    expect(explanation?.principal).toMatchObject({
      lines: [
        { does: 'add', why: 'lent', amount: '3000.00' },
        { does: 'subtract', why: 'paid', amount: '1280.02' },
      ],
    });
    // Five days of the third period, on what is left once the second installment is due.
    const third = explanation?.installments.find(({ n }) => n === 3);
    expect(third?.interest.lines[0]?.calculation).toMatchObject({ segments: [{ days: 5, to: '2026-03-20' }] });
  });
});

describe('arrears, explained', () => {
  it('are counted from the oldest installment that is due and not paid', () => {
    expect(explainedArrears(loan, day('2026-04-20'))).toMatchObject({
      daysPastDue: 36,
      bucket: '31-60',
      overdue: [
        { n: 2, due: '2026-03-15', fee: '0.00', counts: true },
        { n: 3, due: '2026-04-15', fee: '0.00', counts: false },
      ],
    });
  });

  it('are none on the day that an installment is due', () => {
    expect(explainedArrears(loan, day('2026-03-15'))).toMatchObject({ daysPastDue: 0, bucket: 'current', overdue: [] });
  });
});

it('nothing is explained of a loan that was not lent by then', () => {
  for (const [state, on] of [
    [opened, '2026-02-01'],
    [loan, '2026-01-14'],
  ] as const) {
    expect(explainedInstallment(state, day(on), 1)).toBeUndefined();
    expect(explainedPayoff(state, day(on))).toBeUndefined();
    expect(explainedArrears(state, day(on))).toBeUndefined();
    expect(explainedTransaction(state, day(on), 'repayment-r1')).toBeUndefined();
  }
  expect(explainedInstallment(loan, day('2026-02-01'), 4)).toBeUndefined();
});
