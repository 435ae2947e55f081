import { specificationFor } from '../../tests/support/decider-specification';
import {
  active,
  age,
  aged,
  BORROWER,
  cny,
  LOAN,
  obey,
  opened,
  outstanding,
  portions,
  repaid,
  repayment,
} from '../../tests/support/example-loan';
import { booked, credit, debit } from '../../tests/support/loan-servicing';
import { businessDate, fold, repaymentId } from '../kernel';
import { formatPortions, type LoanEvent, loanDecider, payoffOn, standingOf } from '.';

const on = businessDate;
const { given } = specificationFor(loanDecider);

const today = (day: string) => ({ businessDate: on(day) });

const lines = (installment: number, state: string, parts: object) => ({ installment, state, ...parts });
/** The repayment as a movement of the account, with where each part went. */
const to = (...all: readonly object[]) => ({ transactions: [{ lines: all }] });

describe('A repayment', () => {
  test('brings the loan up to its value date, then pays the oldest installment first: penalty, fee, interest, principal', () => {
    given(aged('2026-03-20'))
      .when({ ...repayment('a', '1500.00', '2026-03-25'), ...today('2026-03-25') })
      .thenMatching([
        // 38 days on 990.07 are 18.553 in all, of which 16.11 had been charged; 10 days on 999.97 are 4.931.
        {
          type: 'LoanAged',
          data: { journal: booked(debit('penalty-receivable', '4.90'), credit('penalty-income', '4.90')) },
        },
        {
          type: 'RepaymentApplied',
          data: {
            change: to(
              lines(1, 'past-due', { penalty: '18.55', fee: '60.00', interest: '30.00', principal: '990.07' }),
              lines(2, 'past-due', { penalty: '4.93', interest: '20.10', principal: '376.35' }),
            ),
            totals: portions('23.48', '60.00', '50.10', '1366.42'),
            unapplied: cny('0.00'),
            recovered: cny('0.00'),
            principalOutstanding: cny('1633.58'),
          },
        },
        {
          type: 'ArrearsBucketChanged',
          data: { from: '31-60', to: '1-30', daysPastDue: 10, overdue: cny('623.62'), valueDate: '2026-03-25' },
        },
      ]);
  });

  test('cures the arrears when it covers what is due', () => {
    const events = repaid(aged('2026-02-18'), 'a', '1080.07', '2026-02-18');
    expect(events.at(-1)).toMatchObject({
      type: 'ArrearsBucketChanged',
      data: { from: '1-30', to: 'current', daysPastDue: 0, overdue: cny('0.00') },
    });
    expect(outstanding(events)).toEqual({
      due: portions('0.00', '0.00', '0.00', '0.00'),
      notDue: portions('0.00', '0.00', '30.20', '2009.93'),
    });
  });

  test('within the days of grace leaves penalty on what was overdue, for as long as it was', () => {
    const partly = repaid(aged('2026-02-17'), 'a', '590.00', '2026-02-17');
    given(partly)
      .when(age('2026-02-25'))
      // 990.07 for 2 days and 490.07 for 8: 2.91
      .thenMatching([{ type: 'LoanAged', data: { change: { installments: [{ owed: { penalty: '2.91' } }] } } }]);
  });

  test('beyond what is due pays in advance: the interest of the days that were, then principal', () => {
    given(aged('2026-02-15'))
      .when(repayment('a', '2110.14', '2026-02-20'))
      .thenMatching([
        { type: 'LoanAged' },
        { type: 'ArrearsBucketChanged', data: { to: '1-30' } },
        {
          type: 'RepaymentApplied',
          data: {
            change: to(
              lines(1, 'past-due', { penalty: '2.44', fee: '60.00', interest: '30.00', principal: '990.07' }),
              // 5 of 28 days of 20.10
              lines(2, 'in-advance', { interest: '3.59', principal: '1016.48' }),
              lines(3, 'in-advance', { principal: '7.56' }),
            ),
            principalOutstanding: cny('985.89'),
          },
        },
        { type: 'ArrearsBucketChanged', data: { to: 'current' } },
      ]);
  });

  test('of the payoff closes the loan and asks for no interest of days to come', () => {
    const loan = repaid(active, 'a', '1080.07', '2026-02-15');
    // 2,009.93 of principal, and 14 of 28 days of the period's 20.10
    given(loan)
      .when(repayment('b', '2019.98', '2026-03-01'))
      .thenMatching([
        {
          type: 'RepaymentApplied',
          data: {
            change: to(
              lines(2, 'in-advance', { interest: '10.05', principal: '1010.02' }),
              lines(3, 'in-advance', { principal: '999.91' }),
            ),
            outstanding: cny('0.00'),
            unapplied: cny('0.00'),
            principalOutstanding: cny('0.00'),
          },
        },
        { type: 'LoanClosed', data: { reason: 'repaid', closedOn: '2026-03-01' } },
      ]);
  });

  test('of more than the payoff leaves the rest unapplied', () => {
    given(active)
      .when({ ...repayment('a', '3100.00', '2026-01-15'), ...today('2026-01-15') })
      .thenMatching([
        {
          type: 'RepaymentApplied',
          data: { totals: portions('0.00', '60.00', '0.00', '3000.00'), unapplied: cny('40.00') },
        },
        { type: 'LoanClosed' },
      ]);
  });

  test('of the last installment closes the loan', () => {
    let events = active;
    for (const [key, amount, day] of [
      ['a', '1080.07', '2026-02-15'],
      ['b', '1020.07', '2026-03-15'],
      ['c', '1020.06', '2026-04-15'],
    ] as const) {
      events = repaid(events, key, amount, day);
    }
    expect(events.map(({ type }) => type).slice(2)).toEqual([
      ...['LoanAged', 'RepaymentApplied'],
      ...['LoanAged', 'RepaymentApplied'],
      ...['LoanAged', 'RepaymentApplied', 'LoanClosed'],
    ]);
    expect(outstanding(events)).toEqual({
      due: portions('0.00', '0.00', '0.00', '0.00'),
      notDue: portions('0.00', '0.00', '0.00', '0.00'),
    });
  });

  test('is taken in once', () => {
    given(repaid(active, 'a', '500.00', '2026-02-20'))
      .when(repayment('a', '500.00', '2026-02-20'))
      .thenNothing();
  });

  test('for a loan that is closed is held for the borrower', () => {
    const closed = repaid(active, 'a', '3100.00', '2026-01-20');
    const late = repayment('b', '250.00', '2026-02-20');
    given(closed)
      .when(late)
      .thenMatching([
        {
          type: 'RepaymentApplied',
          data: {
            repaymentId: repaymentId('b'),
            totals: portions('0.00', '0.00', '0.00', '0.00'),
            unapplied: cny('250.00'),
            recovered: cny('0.00'),
            // With what had been paid too much before.
            change: { overpaid: '285.16' },
          },
        },
      ]);
    given(obey(closed, on('2026-02-20'), late))
      .when(late)
      .thenNothing();
  });

  test('with a value date before the loan was last aged puts things right: the penalty of those days is taken back', () => {
    given(aged('2026-03-02'))
      .when(repayment('a', '1087.39', '2026-02-16'))
      .thenMatching([
        {
          type: 'RepaymentApplied',
          data: {
            valueDate: '2026-02-16',
            // What had been the penalty of 15 days pays the next installment: 1 of 28 days of 20.10, then principal.
            totals: portions('0.00', '60.00', '30.72', '996.67'),
            journal: booked(
              credit('principal-receivable', '996.67'),
              credit('interest-receivable', '30.00'),
              credit('fee-receivable', '60.00'),
              credit('penalty-receivable', '7.32'),
              debit('received', '1087.39'),
              credit('interest-income', '0.72'),
              debit('penalty-income', '7.32'),
            ),
          },
        },
        { type: 'ArrearsBucketChanged', data: { to: 'current', valueDate: '2026-03-02' } },
      ]);
  });

  test('counts for a day between the disbursement and today', () => {
    given(active)
      .when(repayment('a', '1.00', '2026-01-14'))
      .thenRefused('VALUE_DATE_INVALID');
    given(active)
      .when(repayment('a', '1.00', '2026-03-03'))
      .thenRefused('VALUE_DATE_INVALID');
  });

  test('is money of the loan, above zero', () => {
    given(active)
      .when(repayment('a', '0.00', '2026-02-01'))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given(active)
      .when(repayment('a', '-5.00', '2026-02-01'))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given(active)
      .when({
        type: 'ApplyRepayment',
        data: {
          loanId: LOAN,
          repaymentId: repaymentId('a'),
          amount: { amount: '100', currency: 'JPY' },
          valueDate: on('2026-02-01'),
        },
      })
      .thenRefused('CURRENCY_MISMATCH');
  });

  test('is for a loan that was paid out', () => {
    given(opened)
      .when(repayment('a', '1.00', '2026-02-01'))
      .thenRefused('LOAN_NOT_ACTIVE');
    given([])
      .when(repayment('a', '1.00', '2026-02-01'))
      .thenRefused('NOT_FOUND');
  });
});

describe('The payoff quote', () => {
  const payoff = (events: readonly LoanEvent[], day: string) => {
    const quote = payoffOn(fold(loanDecider, events), on(day));
    return quote && { total: quote.total.amount, portions: formatPortions(quote.portions) };
  };

  test('is the principal and the fee on the day of the disbursement', () => {
    expect(payoff(active, '2026-01-15')).toEqual({
      total: '3060.00',
      portions: portions('0.00', '60.00', '0.00', '3000.00'),
    });
  });

  test('adds the interest of the running period up to the day', () => {
    // 15 of 31 days of 30.00
    expect(payoff(active, '2026-01-30')).toMatchObject({ total: '3074.52' });
  });

  test('takes in what falls due and what penalty is charged up to the day, though the loan was not aged', () => {
    expect(payoff(active, '2026-02-25')).toEqual({
      // 10 days on 990.07; 10 of 28 days of 20.10
      total: '3102.06',
      portions: portions('4.88', '60.00', '37.18', '3000.00'),
    });
  });

  test('is less by what was paid in advance', () => {
    const ahead = repaid(active, 'a', '1090.07', '2026-01-20');
    expect(payoff(ahead, '2026-01-20')).toMatchObject({ total: '1974.77' });
  });

  test('is for active loans alone', () => {
    expect(payoff(opened, '2026-03-01')).toBeUndefined();
  });

  test('goes to whoever takes money for the loan', () => {
    const standing = (events: readonly LoanEvent[]) => standingOf(fold(loanDecider, events), on('2026-01-15'));
    expect(standing(active)).toEqual({
      status: 'active',
      borrowerId: BORROWER,
      payoff: cny('3060.00'),
      payer: { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' },
    });
    expect(standing(opened)).toMatchObject({ status: 'opened', payoff: undefined });
    expect(standing([])).toEqual({ status: 'unknown', borrowerId: undefined, payoff: undefined, payer: undefined });
  });
});
