import { specificationFor } from '../../tests/support/decider-specification';
import {
  active,
  age,
  aged,
  agreementOver,
  cny,
  contract,
  LOAN,
  obey,
  opened,
  PAYOUT,
  portions,
  quoteFor,
  repaid,
  repayment,
  TERMS,
} from '../../tests/support/example-loan';
import { booked, credit, debit } from '../../tests/support/loan-servicing';
import { applicationId, businessDate, loanId, payoutId } from '../kernel';
import { type LoanEvent, loanDecider, nextAgingDate, standingOf } from '.';

const on = businessDate;
const { given } = specificationFor(loanDecider);

const agreement = agreementOver(contract);
const disbursement = { loanId: LOAN, payoutId: PAYOUT, settledOn: on('2026-02-03'), channel: 'unionlike' };
const today = (day: string) => ({ businessDate: on(day) });

describe('A contract becomes a loan', () => {
  const open = { type: 'OpenLoan', data: { loanId: LOAN, ...agreement } } as const;

  test('when its all-in rate is within the cap; its schedule stays with the offer', () => {
    const { schedule, ...signed } = contract;
    const { disbursedOn: quotedFor } = schedule;
    given([])
      .when({ ...open, facts: { cap: '0.36' } })
      .then([
        {
          type: 'LoanOpened',
          data: { ...agreement, contract: { ...signed, quotedFor }, cap: '0.36', openedOn: on('2026-03-02') },
        },
      ]);
  });

  test('also when its all-in rate is the cap to the last digit', () => {
    given([])
      .when({ ...open, facts: { cap: contract.allInRate } })
      .thenMatching([{ type: 'LoanOpened' }]);
  });

  test('never when it costs more than the cap', () => {
    given([])
      .when({ ...open, facts: { cap: '0.24' } })
      .thenRefused('CAP_EXCEEDED');
  });

  test('once', () => {
    given(opened)
      .when({ ...open, facts: { cap: '0.36' } })
      .thenRefused('ALREADY_EXISTS');
  });
});

describe('The disbursement', () => {
  const disburse = (amount: string) =>
    ({ type: 'DisburseLoan', data: { ...disbursement, amount: cny(amount) } }) as const;

  test('books the signed figures on the calendar of the day on which the money arrived', () => {
    const outcome = given(opened).when(disburse('3000.00'));
    outcome.thenMatching([
      {
        type: 'LoanDisbursed',
        data: {
          payoutId: PAYOUT,
          amount: cny('3000.00'),
          valueDate: '2026-02-03',
          channel: 'unionlike',
          outstanding: cny('3120.20'),
          principalOutstanding: cny('3000.00'),
          change: {
            status: 'active',
            installments: [
              { due: '2026-03-03', owed: { principal: '990.07', interest: '30.00', fee: '60.00' }, balance: '2009.93' },
              { due: '2026-04-03', owed: { principal: '999.97', interest: '20.10' } },
              { due: '2026-05-03', owed: { principal: '1009.96', interest: '10.10' } },
            ],
          },
          journal: booked(debit('principal-receivable', '3000.00'), credit('paid-out', '3000.00')),
        },
      },
    ]);
    expect(outcome.state().status).toBe('lent');
  });

  test('is of the amount of the contract', () => {
    given(opened).when(disburse('2999.99')).thenRefused('AMOUNT_MISMATCH');
  });

  test('neither lies in the future nor before the loan was opened', () => {
    given(opened)
      .when({ ...disburse('3000.00'), ...today('2026-02-02') })
      .thenRefused('VALUE_DATE_INVALID');
    given(opened)
      .when({
        type: 'DisburseLoan',
        data: { ...disbursement, amount: cny('3000.00'), settledOn: on('2026-01-14') },
      })
      .thenRefused('VALUE_DATE_INVALID');
  });

  test('happens once: the same payout again changes nothing, another one is refused', () => {
    given(active).when(disburse('3000.00')).thenNothing();
    given(active)
      .when({
        type: 'DisburseLoan',
        data: {
          ...disbursement,
          amount: cny('3000.00'),
          payoutId: payoutId(loanId(applicationId('other'))),
        },
      })
      .thenRefused('AMOUNT_MISMATCH');
  });

  test('comes in tranches where the contract says so, in all no more than was agreed', () => {
    const inTranches = { ...TERMS, tranches: { several: true, fullTerm: false } };
    const [first, second] = ['one', 'two'].map((key) => payoutId(loanId(applicationId(key))));
    if (first === undefined || second === undefined) throw new Error('there are two payouts');
    const open = obey([], on('2026-01-15'), {
      type: 'OpenLoan',
      data: { loanId: LOAN, ...agreementOver(quoteFor(inTranches, 300_000n, 3, on('2026-01-15'))) },
      facts: { cap: '9.99' },
    });
    const pay = (payout: typeof first, amount: string, day: string) =>
      ({
        type: 'DisburseLoan',
        data: { ...disbursement, payoutId: payout, amount: cny(amount), settledOn: on(day) },
      }) as const;
    const partly = obey(open, on('2026-01-15'), pay(first, '1000.00', '2026-01-15'));
    given(partly)
      .when({ ...pay(second, '2000.00', '2026-01-25'), ...today('2026-01-25') })
      .thenMatching([
        { type: 'LoanDisbursed', data: { amount: cny('2000.00'), principalOutstanding: cny('3000.00') } },
      ]);
    given(partly)
      .when({ ...pay(second, '2000.01', '2026-01-25'), ...today('2026-01-25') })
      .thenRefused('AMOUNT_MISMATCH');
  });

  test('never comes to a loan that does not exist or was cancelled', () => {
    given([]).when(disburse('3000.00')).thenRefused('NOT_FOUND');
    given([...opened, { type: 'LoanCancelled', data: { reason: 'card closed' } }])
      .when(disburse('3000.00'))
      .thenRefused('WRONG_STATUS');
  });
});

describe('Cancelling', () => {
  const cancel = { type: 'CancelLoan', data: { loanId: LOAN, reason: 'card closed' } } as const;
  const cancelled: LoanEvent = { type: 'LoanCancelled', data: { reason: 'card closed' } };

  test('ends a loan that was never disbursed, once', () => {
    given(opened).when(cancel).then([cancelled]);
    given([...opened, cancelled])
      .when(cancel)
      .thenNothing();
  });

  test('is too late once the money is out', () => {
    given(active).when(cancel).thenRefused('WRONG_STATUS');
    given([]).when(cancel).thenRefused('NOT_FOUND');
  });
});

describe('Writing off', () => {
  const writeOff = { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } } as const;

  test('gives up all that is owed and planned, as of today', () => {
    const outcome = given(aged('2026-02-15')).when(writeOff);
    outcome.thenMatching([
      {
        type: 'LoanAged',
        data: { journal: booked(debit('penalty-receivable', '7.32'), credit('penalty-income', '7.32')) },
      },
      { type: 'ArrearsBucketChanged', data: { to: '1-30' } },
      {
        type: 'LoanWrittenOff',
        data: {
          amounts: portions('7.32', '60.00', '60.20', '3000.00'),
          reason: 'insolvency',
          valueDate: '2026-03-02',
          outstanding: cny('0.00'),
        },
      },
      { type: 'ArrearsBucketChanged', data: { to: 'current', overdue: cny('0.00') } },
    ]);
    const after = outcome.state();
    expect(standingOf(after, on('2026-03-02'))).toMatchObject({ status: 'written-off', payoff: undefined });
    expect(nextAgingDate(after)).toBeUndefined();
  });

  test('happens once; money that comes in later is recovered', () => {
    const written = obey(active, on('2026-02-20'), writeOff);
    given(written).when(writeOff).thenNothing();
    given(written).when(age('2026-03-02')).thenNothing();
    given(written)
      .when(repayment('a', '50.00', '2026-03-01'))
      .thenMatching([{ type: 'RepaymentApplied', data: { unapplied: cny('0.00'), recovered: cny('50.00') } }]);
  });

  test('is for loans that owe', () => {
    given(opened).when(writeOff).thenRefused('LOAN_NOT_ACTIVE');
    given(repaid(active, 'a', '3100.00', '2026-01-20'))
      .when(writeOff)
      .thenRefused('LOAN_NOT_ACTIVE');
    given([]).when(writeOff).thenRefused('NOT_FOUND');
  });
});
