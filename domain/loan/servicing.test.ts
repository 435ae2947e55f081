import { specificationFor } from '../../tests/support/decider-specification';
import { active, aged, cny, type Given, LOAN, obey, opened, repaid } from '../../tests/support/example-loan';
import { businessDate, fold } from '../kernel';
import { type LoanCommand, type LoanEvent, loanDecider, standingOf } from '.';

/**
 * What the staff do to a loan in its life: one fact each. The loan of these specifications is the one of 3,000.00 over
 * three months whose first installment was paid on its day; 2,009.93 of principal are left.
 */

const on = businessDate;
const TODAY = '2026-03-01';
const { given } = specificationFor(loanDecider, TODAY);

const paying = repaid(active, 'a', '1080.07', '2026-02-15');
/** Nothing paid: the first installment is two weeks late. */
const late = aged(TODAY);

type Type = LoanCommand['type'];
type DataOf<T extends Type> = Extract<LoanCommand, { type: T }>['data'];
type Said<T extends Type> = Omit<DataOf<T>, 'loanId' | 'valueDate'>;

const give = <T extends Type>(type: T, data: Said<T>, valueDate = TODAY) =>
  ({ type, data: { loanId: LOAN, valueDate: on(valueDate), ...data } }) as unknown as Given;
/** The facts of a loan after a command today. */
const after = <T extends Type>(events: readonly LoanEvent[], type: T, data: Said<T>): readonly LoanEvent[] =>
  obey(events, on(TODAY), give(type, data));
/** The id of the last fact. */
const lastFact = (events: readonly LoanEvent[]): string => {
  const data = events.findLast((event) => 'fact' in event.data)?.data;
  if (data === undefined || !('fact' in data)) throw new Error('there is no fact');
  return data.fact.id;
};

const debit = (role: string, amount: string) => ({ role, side: 'debit', amount });
const credit = (role: string, amount: string) => ({ role, side: 'credit', amount });
const owed = (n: number, amounts: object, more: object = {}) => ({ n, owed: amounts, ...more });
const flat = (amount: string) => ({ kind: 'flat', amount }) as const;
const fee = { charge: 'fee', calculation: flat('5.00'), dueOn: on('2026-03-10') } as const;

describe('A credit', () => {
  test('of goodwill pays like a repayment, at our expense', () => {
    given(paying)
      .when(give('ApplyCredit', { credit: 'goodwill-credit', amount: cny('20.00') }))
      .thenMatching([
        {
          type: 'CreditApplied',
          data: {
            fact: { kind: 'credit', credit: 'goodwill-credit', on: TODAY, knownOn: TODAY, amount: '20.00' },
            principalOutstanding: cny('1999.98'),
            change: { transactions: [{ kind: 'goodwill-credit', parts: { principal: '9.95', interest: '10.05' } }] },
            journal: [
              credit('principal-receivable', '9.95'),
              credit('interest-income', '10.05'),
              debit('goodwill-expense', '20.00'),
            ],
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
            journal: [
              credit('principal-receivable', '489.95'),
              debit('received', '500.00'),
              credit('interest-income', '10.05'),
            ],
          },
        },
      ]);
    given(paying)
      .when(give('ApplyCredit', { ...refund, refundsInterest: true }))
      .thenMatching([
        {
          type: 'CreditApplied',
          data: {
            change: { transactions: [{ kind: 'merchant-refund' }, { kind: 'interest-refund', amount: '6.92' }] },
          },
        },
      ]);
  });

  test('that waives interest is income that never was', () => {
    given(paying)
      .when(give('ApplyCredit', { credit: 'interest-payment-waiver', amount: cny('5.00') }))
      .thenMatching([{ type: 'CreditApplied', data: { outstanding: cny('2035.13'), journal: [] } }]);
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
            journal: [debit('overpayments', '80.02'), credit('paid-out', '80.02')],
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
            journal: [],
          },
        },
      ]);
    given(paying)
      .when(give('AddCharge', { ...fee, charge: 'penalty', dueOn: on(TODAY) }))
      .thenMatching([{ type: 'ChargeAdded', data: { journal: [debit('penalty-receivable', '5.00'), {}] } }]);
  });

  test('never makes the loan dearer than the cap', () => {
    given(paying)
      .when(give('AddCharge', { ...fee, calculation: flat('3000.00') }))
      .thenRefused('CAP_EXCEEDED');
  });

  test('is waived, also one of the terms', () => {
    given(charged)
      .when(give('WaiveCharge', { of: lastFact(charged) }))
      .thenMatching([{ type: 'ChargeWaived', data: { outstanding: cny('2040.13'), journal: [] } }]);
    given(late)
      .when(give('WaiveCharge', { of: 'Origination fee' }))
      .thenMatching([
        {
          type: 'ChargeWaived',
          data: { journal: [credit('fee-receivable', '60.00'), debit('fee-income', '60.00')] },
        },
      ]);
  });

  test('is lowered', () => {
    given(charged)
      .when(give('AdjustCharge', { of: lastFact(charged), amount: cny('2.00') }))
      .thenMatching([{ type: 'ChargeAdjusted', data: { outstanding: cny('2043.13'), journal: [] } }]);
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
            journal: [debit('principal-receivable', '1080.07'), credit('paid-out', '1080.07')],
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
            journal: [],
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
              count: 5,
              installments: [
                { n: 2, balance: '1514.92' },
                { n: 3 },
                { n: 4 },
                { n: 5, due: '2026-06-15', balance: '0.00' },
              ],
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
              count: 6,
              installments: [{ n: 1 }, { n: 2 }, ...[3, 4, 5, 6].map((n) => ({ n, kind: 're-aged' }))],
            },
            journal: [credit('interest-receivable', '30.00'), debit('interest-income', '30.00')],
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
            change: { count: 3, installments: [{ n: 1, balance: '3000.00' }, { n: 2 }, { n: 3, balance: '0.00' }] },
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

describe('A loan that goes badly', () => {
  test('is charged off: a loss in the books, while collecting goes on', () => {
    const off = after(late, 'ChargeOffLoan', {});
    expect(off.at(-1)).toMatchObject({
      type: 'LoanChargedOff',
      data: {
        change: { status: 'charged-off' },
        journal: [
          credit('principal-receivable', '3000.00'),
          credit('interest-receivable', '30.00'),
          credit('fee-receivable', '60.00'),
          credit('penalty-receivable', '6.84'),
          debit('charge-off-expense', '3096.84'),
        ],
      },
    });
    expect(repaid(off, 'z', '100.00', TODAY).at(-1)).toMatchObject({
      type: 'RepaymentApplied',
      data: { journal: [debit('received', '100.00'), credit('charge-off-expense', '100.00')] },
    });
  });

  test('is terminated: all of it is due', () => {
    given(late)
      .when(give('TerminateContract', {}))
      .thenMatching([
        {
          type: 'ContractTerminated',
          data: { change: { count: 2, installments: [{ n: 2, due: TODAY, balance: '0.00' }] } },
        },
      ]);
  });

  test('is settled for less, and closed', () => {
    const settled = after(late, 'SettleLoan', { amount: cny('1000.00') });
    expect(settled.slice(late.length)).toMatchObject([
      {
        type: 'LoanSettled',
        data: { outstanding: cny('0.00'), change: { transactions: [{ kind: 'settlement' }, { kind: 'write-off' }] } },
      },
      { type: 'ArrearsBucketChanged', data: { to: 'current' } },
      { type: 'LoanClosed', data: { reason: 'settled', closedOn: TODAY } },
    ]);
    expect(standingOf(fold(loanDecider, settled), on(TODAY)).payoff).toBeUndefined();
    // A recovery does not bring it back; taking the settlement back does.
    expect(repaid(settled, 'z', '10.00', TODAY).slice(settled.length)).toMatchObject([
      { type: 'RepaymentApplied', data: { recovered: cny('10.00') } },
    ]);
    given(settled)
      .when(give('ReverseFact', { of: lastFact(settled) }))
      .thenMatching([{ type: 'FactReversed' }, { type: 'ArrearsBucketChanged' }, { type: 'LoanReopened' }]);
  });

  test('is not settled for what is owed, or more', () => {
    given(late)
      .when(give('SettleLoan', { amount: cny('9000.00') }))
      .thenRefused('AMOUNT_MISMATCH');
  });
});

describe('Taking a fact back', () => {
  const reverse = (of: string) => give('ReverseFact', { of });

  test('leaves the loan as if it had never been; the difference is booked today', () => {
    given(paying)
      .when(reverse('repayment-a'))
      .thenMatching([
        {
          type: 'FactReversed',
          data: {
            change: { transactions: [{ fact: '000002.repayment-a', undone: true }] },
            journal: [
              debit('principal-receivable', '990.07'),
              debit('interest-receivable', '30.00'),
              debit('fee-receivable', '60.00'),
              debit('penalty-receivable', '6.84'),
              credit('received', '1080.07'),
              credit('penalty-income', '6.84'),
            ],
          },
        },
        { type: 'ArrearsBucketChanged', data: { to: '1-30', valueDate: '2026-02-16' } },
      ]);
  });

  test('can be taken back itself', () => {
    const reversed = after(paying, 'ReverseFact', { of: 'repayment-a' });
    given(reversed)
      .when(reverse(lastFact(reversed)))
      .thenMatching([
        { type: 'FactReversed', data: { outstanding: cny('2040.13') } },
        { type: 'ArrearsBucketChanged', data: { to: 'current' } },
      ]);
  });

  test('brings a closed loan back', () => {
    given(repaid(paying, 'b', '2100.00', TODAY))
      .when(reverse('repayment-b'))
      .thenMatching([
        { type: 'FactReversed', data: { principalOutstanding: cny('2009.93') } },
        { type: 'LoanReopened', data: { reopenedOn: TODAY } },
      ]);
  });

  test('is for facts that stand, and never for the payout', () => {
    given(paying).when(reverse('repayment-z')).thenRefused('FACT_UNKNOWN');
    given(after(paying, 'ReverseFact', { of: 'repayment-a' }))
      .when(reverse('repayment-a'))
      .thenRefused('FACT_UNKNOWN');
    given(paying).when(reverse('payout-4q2m')).thenRefused('WRONG_STATUS');
  });
});

describe('Whatever is done to a loan', () => {
  const ended = repaid(paying, 'b', '2019.98', TODAY);
  const writtenOff = obey(late, on(TODAY), { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } });
  const all: readonly Given[] = [
    give('AddCharge', fee),
    give('WaiveCharge', { of: 'Origination fee' }),
    give('AdjustCharge', { of: 'Origination fee', amount: cny('1.00') }),
    give('ChangeRate', { perYear: '0.06' }),
    give('MoveDueDate', { from: on('2026-03-15'), to: on('2026-03-20') }),
    give('ExtendTerm', { from: on('2026-03-15'), installments: 1 }),
    give('GrantGrace', { from: on('2026-03-15'), principal: 1, interest: 0 }),
    give('ReAmortizeLoan', { interest: 'default' }),
    give('PauseInterest', { through: on('2026-03-14') }),
    give('ChargeOffLoan', {}),
    give('TerminateContract', {}),
    give('SettleLoan', { amount: cny('1.00') }),
  ];

  test.each(all)('$type is for a loan that owes', (command) => {
    for (const events of [ended, writtenOff, opened]) given(events).when(command).thenRefused('LOAN_NOT_ACTIVE');
    given([]).when(command).thenRefused('NOT_FOUND');
  });
});
