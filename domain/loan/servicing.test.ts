import { specificationFor } from '../../tests/support/decider-specification';
import { age, cny, disbursedLoan, obey, quoteFor, repaid, TERMS } from '../../tests/support/example-loan';
import {
  after,
  booked,
  credit,
  debit,
  fee,
  give,
  lastFact,
  late,
  paying,
  TODAY,
} from '../../tests/support/loan-servicing';
import { businessDate } from '../kernel';
import { loanDecider } from '.';

/** What the staff do to a loan in its life: one fact each. */

const on = businessDate;
const { given } = specificationFor(loanDecider, TODAY);

const owed = (n: number, amounts: object, more: object = {}) => ({ n, owed: amounts, ...more });
const flat = (amount: string) => ({ kind: 'flat', amount }) as const;

describe('A credit', () => {
  test('of goodwill pays like a repayment, at our expense', () => {
    given(paying)
      .when(give('ApplyCredit', { credit: 'goodwill-credit', amount: cny('20.00') }))
      .thenMatching([
        {
          type: 'CreditApplied',
          data: {
            valueDate: TODAY,
            fact: { kind: 'credit', credit: 'goodwill-credit', amount: '20.00' },
            principalOutstanding: cny('1999.98'),
            change: { transactions: [{ lines: [{ installment: 2, principal: '9.95', interest: '10.05' }] }] },
            journal: booked(
              credit('principal-receivable', '9.95'),
              credit('interest-income', '10.05'),
              debit('goodwill-expense', '20.00'),
            ),
          },
        },
      ]);
  });

  test('of a merchant is money; it gives back interest that the amount has borne, where that was agreed', () => {
    const refund = { credit: 'merchant-refund', amount: cny('500.00') } as const;
    given(paying)
      .when(give('ApplyCredit', refund))
      .thenMatching([
        {
          type: 'CreditApplied',
          data: {
            journal: booked(
              credit('principal-receivable', '489.95'),
              debit('received', '500.00'),
              credit('interest-income', '10.05'),
            ),
          },
        },
      ]);
    given(paying)
      .when(give('ApplyCredit', { ...refund, refundsInterest: true }))
      .thenMatching([
        {
          type: 'CreditApplied',
          data: {
            change: {
              transactions: [
                { lines: [{ principal: '489.95', interest: '10.05' }] },
                { kind: 'interest-refund', amount: '6.92' },
              ],
            },
          },
        },
      ]);
  });

  test('that waives interest is income that never was', () => {
    given(paying)
      .when(give('ApplyCredit', { credit: 'interest-payment-waiver', amount: cny('5.00') }))
      .thenMatching([{ type: 'CreditApplied', data: { outstanding: cny('2035.13'), journal: booked() } }]);
  });

  test('is of an amount above zero', () => {
    given(paying)
      .when(give('ApplyCredit', { credit: 'goodwill-credit', amount: cny('0.00') }))
      .thenRefused('AMOUNT_NOT_POSITIVE');
  });
});

describe('Money that is held for the borrower', () => {
  const held = repaid(paying, 'b', '2100.00', TODAY);

  test('is given back, and the loan stays closed', () => {
    given(held)
      .when(give('RefundCreditBalance', { amount: cny('80.02') }))
      .thenMatching([
        {
          type: 'CreditBalanceRefunded',
          data: {
            change: { status: 'closed', overpaid: '0.00' },
            journal: booked(debit('overpayments', '80.02'), credit('paid-out', '80.02')),
          },
        },
      ]);
  });

  test('is all that is given back', () => {
    given(held)
      .when(give('RefundCreditBalance', { amount: cny('80.03') }))
      .thenRefused('AMOUNT_MISMATCH');
    given(paying)
      .when(give('RefundCreditBalance', { amount: cny('0.01') }))
      .thenRefused('AMOUNT_MISMATCH');
  });
});

describe('A charge', () => {
  const charged = after(paying, 'AddCharge', fee);

  test('falls due with the installment of its day, and is income then', () => {
    given(paying)
      .when(give('AddCharge', fee))
      .thenMatching([
        {
          type: 'ChargeAdded',
          data: {
            outstanding: cny('2045.13'),
            change: { installments: [owed(2, { principal: '999.97', interest: '20.10', fee: '5.00' })] },
            journal: booked(),
          },
        },
      ]);
    given(paying)
      .when(give('AddCharge', { ...fee, charge: 'penalty', dueOn: on(TODAY) }))
      .thenMatching([
        {
          type: 'ChargeAdded',
          data: { journal: booked(debit('penalty-receivable', '5.00'), credit('penalty-income', '5.00')) },
        },
      ]);
  });

  test('never makes the loan dearer than the cap', () => {
    given(paying)
      .when(give('AddCharge', { ...fee, calculation: flat('3000.00') }))
      .thenRefused('CAP_EXCEEDED');
  });

  test('is waived, also one of the terms', () => {
    given(charged)
      .when(give('WaiveCharge', { of: lastFact(charged) }))
      .thenMatching([{ type: 'ChargeWaived', data: { outstanding: cny('2040.13'), journal: booked() } }]);
    given(late)
      .when(give('WaiveCharge', { of: 'Origination fee' }))
      .thenMatching([
        {
          type: 'ChargeWaived',
          data: { journal: booked(credit('fee-receivable', '60.00'), debit('fee-income', '60.00')) },
        },
      ]);
  });

  test('is lowered', () => {
    given(charged)
      .when(give('AdjustCharge', { of: lastFact(charged), amount: cny('2.00') }))
      .thenMatching([{ type: 'ChargeAdjusted', data: { outstanding: cny('2043.13'), journal: booked() } }]);
  });

  test('is one: nothing else is waived or lowered', () => {
    for (const other of ['nothing', 'repayment-a']) {
      given(charged)
        .when(give('WaiveCharge', { of: other }))
        .thenRefused('FACT_UNKNOWN');
      given(charged)
        .when(give('AdjustCharge', { of: other, amount: cny('1.00') }))
        .thenRefused('FACT_UNKNOWN');
    }
  });
});

describe('A chargeback', () => {
  const back = (amount: string, of = 'repayment-a') => give('ChargeBackRepayment', { of, amount: cny(amount) });

  test('makes what had been repaid owed again', () => {
    given(paying)
      .when(back('1080.07'))
      .thenMatching([
        {
          type: 'RepaymentChargedBack',
          data: {
            principalOutstanding: cny('3090.00'),
            journal: booked(debit('principal-receivable', '1080.07'), credit('paid-out', '1080.07')),
          },
        },
      ]);
  });

  test('brings a closed loan back', () => {
    given(repaid(paying, 'b', '2019.98', TODAY))
      .when(back('100.00'))
      .thenMatching([{ type: 'RepaymentChargedBack' }, { type: 'LoanReopened', data: { reopenedOn: TODAY } }]);
  });

  test('is of a repayment, and never of more than that', () => {
    given(paying).when(back('1080.08')).thenRefused('AMOUNT_MISMATCH');
    const half = after(paying, 'ChargeBackRepayment', { of: 'repayment-a', amount: cny('600.00') });
    given(half).when(back('480.08')).thenRefused('AMOUNT_MISMATCH');
    given(paying).when(back('1.00', 'repayment-z')).thenRefused('FACT_UNKNOWN');
    given(paying).when(back('1.00', 'payout-4q2m')).thenRefused('FACT_UNKNOWN');
  });
});

describe('A change of conditions', () => {
  test('of the rate counts from its day', () => {
    // 14 days of 28 at 12 %, the rest at 6 %
    given(paying)
      .when(give('ChangeRate', { perYear: '0.06' }))
      .thenMatching([
        {
          type: 'RateChanged',
          data: {
            change: {
              installments: [
                owed(2, { principal: '1000.13', interest: '14.72' }),
                owed(3, { principal: '1009.80', interest: '5.05' }),
              ],
            },
            journal: booked(),
          },
        },
      ]);
    given(paying)
      .when(give('ChangeRate', { perYear: '90' }))
      .thenRefused('CAP_EXCEEDED');
  });

  test('of a due date moves those after it', () => {
    const move = (from: string) => give('MoveDueDate', { from: on(from), to: on('2026-03-20') });
    given(paying)
      .when(move('2026-03-15'))
      .thenMatching([
        {
          type: 'DueDateMoved',
          data: {
            change: {
              installments: [
                owed(2, { principal: '996.73', interest: '23.34' }, { due: '2026-03-20' }),
                owed(3, { principal: '1013.20', interest: '10.13' }, { due: '2026-04-20' }),
              ],
            },
          },
        },
      ]);
    for (const paidOrNone of ['2026-02-15', '2026-03-16'])
      given(paying).when(move(paidOrNone)).thenRefused('FACT_UNKNOWN');
  });

  test('of the term spreads the principal over more installments', () => {
    const extend = (from: string) => give('ExtendTerm', { from: on(from), installments: 2 });
    given(paying)
      .when(extend('2026-03-15'))
      .thenMatching([
        {
          type: 'TermExtended',
          data: {
            change: {
              installments: [{ n: 2 }, { n: 3 }, { n: 4 }, { n: 5, due: '2026-06-15' }],
            },
          },
        },
      ]);
    given(paying).when(extend('2026-03-16')).thenRefused('FACT_UNKNOWN');
  });

  test('grants grace from an installment that is still to be paid', () => {
    const grace = (from: string) => give('GrantGrace', { from: on(from), principal: 1, interest: 0 });
    given(paying)
      .when(grace('2026-03-15'))
      .thenMatching([{ type: 'GraceGranted', data: { fact: { kind: 'grace', from: '2026-03-15', principal: 1 } } }]);
    given(paying).when(grace('2026-02-15')).thenRefused('FACT_UNKNOWN');
  });

  test('re-ages: all that is owed, in new installments', () => {
    const period = { every: 1, unit: 'months' } as const;
    given(late)
      .when(give('ReAgeLoan', { period, startsOn: on('2026-03-20'), installments: 4, interest: 'default' }))
      .thenMatching([
        {
          type: 'LoanReAged',
          data: {
            principalOutstanding: cny('3000.00'),
            change: {
              installments: [{ n: 1 }, { n: 2 }, ...[3, 4, 5, 6].map((n) => ({ n, kind: 're-aged' }))],
            },
            journal: booked(credit('interest-receivable', '30.00'), debit('interest-income', '30.00')),
          },
        },
      ]);
  });

  test('re-amortizes: what is overdue is spread over what is to come', () => {
    given(late)
      .when(give('ReAmortizeLoan', { interest: 'default' }))
      .thenMatching([
        {
          type: 'LoanReAmortized',
          data: {
            change: { installments: [{ n: 1, balance: '3000.00' }, { n: 2 }, { n: 3 }] },
          },
        },
      ]);
  });

  test('pauses interest', () => {
    given(paying)
      .when(give('PauseInterest', { through: on('2026-03-14') }))
      .thenMatching([
        {
          type: 'InterestPaused',
          data: { change: { installments: [owed(2, { principal: '1010.02', interest: '10.05' }), {}] } },
        },
      ]);
  });

  test('counts for a day between the disbursement and today', () => {
    for (const day of ['2026-01-14', '2026-03-02']) {
      given(paying)
        .when(give('ChangeRate', { perYear: '0.06' }, day))
        .thenRefused('VALUE_DATE_INVALID');
    }
  });
});

describe('Once every installment has fallen due', () => {
  const matured = obey(late, on('2026-05-01'), age('2026-05-01'));
  const may = specificationFor(loanDecider, '2026-05-01');

  test('none is left to take what is overdue: the loan is re-aged instead', () => {
    may
      .given(matured)
      .when(give('ReAmortizeLoan', { interest: 'default' }, '2026-05-01'))
      .thenRefused('LOAN_MATURED');
    const plan = { period: { every: 1, unit: 'months' }, installments: 3, interest: 'default' } as const;
    may
      .given(matured)
      .when(give('ReAgeLoan', { ...plan, startsOn: on('2026-06-01') }, '2026-05-01'))
      .thenMatching([{ type: 'LoanReAged' }]);
  });
});

test('A charge that is taken back is on record no more', () => {
  const charged = after(paying, 'AddCharge', fee);
  const loan = given(charged)
    .when(give('ReverseFact', { of: lastFact(charged) }))
    .state();
  expect(loan).toMatchObject({ account: { charges: [{ fact: 'Origination fee' }] } });
});

describe('A loan that is planned period by period', () => {
  const contract = quoteFor({ ...TERMS, planning: 'cumulative' }, 300_000n, 3, on('2026-01-15'));
  const byPeriods = disbursedLoan(contract, on('2026-01-15'));

  test('keeps the plan that it began with', () => {
    const period = { every: 1, unit: 'months' } as const;
    for (const command of [
      give('ReAgeLoan', { period, startsOn: on('2026-03-15'), installments: 6, interest: 'default' }),
      give('ReAmortizeLoan', { interest: 'default' }),
      give('TerminateContract', {}),
    ]) {
      given(byPeriods).when(command).thenRefused('PLANNED_BY_PERIODS');
    }
  });

  test('gives no interest back with a refund: it does not know what the refunded money has borne', () => {
    const refund = { credit: 'merchant-refund', amount: cny('500.00') } as const;
    given(byPeriods)
      .when(give('ApplyCredit', { ...refund, refundsInterest: true }))
      .thenRefused('PLANNED_BY_PERIODS');
  });

  test('owes again what a payer takes back', () => {
    const paid = repaid(byPeriods, 'a', '1000.00', '2026-02-15');
    given(paid)
      .when(give('ChargeBackRepayment', { of: 'repayment-a', amount: cny('100.00') }))
      .thenMatching([{ type: 'LoanAged' }, { type: 'ArrearsBucketChanged' }, { type: 'RepaymentChargedBack' }]);
  });
});
