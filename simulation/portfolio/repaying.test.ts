import { businessDate } from '../../domain/kernel';
import type { Conduct } from '../people';
import { type Loan, loanSchema } from './answers';
import { paymentFor, repaymentsOf } from './repaying';

const NOTHING = { penalty: '0.00', fee: '0.00', interest: '0.00', principal: '0.00' };

const installment = (n: number, due: string, paid: Partial<typeof NOTHING> = {}, penalty = '0.00') => ({
  n,
  due: businessDate(due),
  scheduled: { penalty, fee: n === 1 ? '10.00' : '0.00', interest: '12.50', principal: '300.00' },
  paid: { ...NOTHING, ...paid },
  remitted: NOTHING,
});

const loanOf = (...installments: Loan['installments']): Loan =>
  loanSchema.parse({
    id: 'loan-1',
    status: 'active',
    principal: { amount: '900.00', currency: 'CNY' },
    principalOutstanding: { amount: '900.00', currency: 'CNY' },
    installments,
  });

/** 20 April 2026 is a Monday, 17 May a Sunday, 20 June a Saturday. */
const fresh = loanOf(installment(1, '2026-04-20'), installment(2, '2026-05-17'), installment(3, '2026-06-20'));
const cny = (amount: string) => ({ kind: 'voluntary', amount: { amount, currency: 'CNY' } });

const daysOf = (...conduct: readonly Conduct[]): readonly string[] => repaymentsOf(fresh, conduct).map(({ on }) => on);

describe('the days of repayments', () => {
  test('on time is the last open day up to the due date', () => {
    const onTime: Conduct = { kind: 'pays', daysLate: 0 };
    expect(daysOf(onTime, onTime, onTime)).toEqual(['2026-04-20', '2026-05-15', '2026-06-19']);
  });

  test('late is the first open day after so many days', () => {
    expect(daysOf({ kind: 'pays', daysLate: 1 }, { kind: 'pays', daysLate: 6 })).toEqual(['2026-04-21', '2026-05-25']);
  });

  test('two parts are two visits; whoever stops or pays off comes no more', () => {
    expect(daysOf({ kind: 'pays-in-parts', firstShare: 0.5, restDaysLate: 40 }, { kind: 'stops' })).toEqual([
      '2026-04-20',
      '2026-06-01',
    ]);
    expect(repaymentsOf(fresh, [{ kind: 'pays-off' }])).toEqual([
      { on: '2026-04-20', installment: 1, pays: { kind: 'everything' } },
    ]);
  });

  test('come in their order, whichever installment they are about', () => {
    const late = repaymentsOf(fresh, [
      { kind: 'pays', daysLate: 40 },
      { kind: 'pays', daysLate: 0 },
    ]);
    expect(late.map(({ on, installment: about }) => [on, about])).toEqual([
      ['2026-05-15', 2],
      ['2026-06-01', 1],
    ]);
  });
});

describe('what is paid', () => {
  const visit = { on: businessDate('2026-04-20'), installment: 1, pays: { kind: 'due' } as const };

  test('on time: exactly what is unpaid of this installment and of those before it', () => {
    expect(paymentFor(fresh, visit)).toEqual(cny('322.50'));
    expect(paymentFor(fresh, { ...visit, installment: 2 })).toEqual(cny('635.00'));
    const partly = loanOf(
      installment(1, '2026-04-20', { fee: '10.00', interest: '2.50' }),
      installment(2, '2026-05-17'),
    );
    expect(paymentFor(partly, visit)).toEqual(cny('310.00'));
  });

  test('late: with the penalty so far and something on top, in whole yuan', () => {
    const late = loanOf(installment(1, '2026-04-20', {}, '0.62'), installment(2, '2026-05-17'));
    expect(paymentFor(late, { ...visit, pays: { kind: 'overdue' } })).toEqual(cny('327.00'));
  });

  test('a part is a share of the installment, never more than what is owed', () => {
    expect(paymentFor(fresh, { ...visit, pays: { kind: 'part', share: 0.4 } })).toEqual(cny('129.00'));
    const nearly = loanOf(installment(1, '2026-04-20', { principal: '300.00' }), installment(2, '2026-05-17'));
    expect(paymentFor(nearly, { ...visit, pays: { kind: 'part', share: 0.4 } })).toEqual(cny('22.50'));
  });

  test('more is the installment and a share on top, in whole yuan', () => {
    expect(paymentFor(fresh, { ...visit, pays: { kind: 'more', extraShare: 1 } })).toEqual(cny('645.00'));
  });

  test('the last installment on time is paid by the plan', () => {
    const all = { fee: '10.00', interest: '12.50', principal: '300.00' };
    const last = loanOf(installment(1, '2026-04-20', all), installment(2, '2026-05-17'));
    expect(paymentFor(last, { ...visit, installment: 2 })).toEqual(cny('312.50'));
  });

  test('the last installment of who is behind, and everything, are paid off to the cent', () => {
    expect(paymentFor(fresh, { ...visit, installment: 3 })).toEqual({ kind: 'payoff' });
    expect(paymentFor(fresh, { ...visit, installment: 3, pays: { kind: 'overdue' } })).toEqual({ kind: 'payoff' });
    expect(paymentFor(fresh, { ...visit, pays: { kind: 'everything' } })).toEqual({ kind: 'payoff' });
  });

  test('what was waived is not paid', () => {
    const waived = { ...installment(1, '2026-04-20'), remitted: { ...NOTHING, fee: '10.00' } };
    expect(paymentFor(loanOf(waived, installment(2, '2026-05-17')), visit)).toEqual(cny('312.50'));
  });

  test('a loan of one installment is paid off to the cent', () => {
    expect(paymentFor(loanOf(installment(1, '2026-04-20')), visit)).toEqual({ kind: 'payoff' });
  });

  test('nothing, when it has been paid in advance', () => {
    const paid = loanOf(
      installment(1, '2026-04-20', { fee: '10.00', interest: '12.50', principal: '300.00' }),
      installment(2, '2026-05-17'),
    );
    expect(paymentFor(paid, visit)).toBeUndefined();
  });
});
