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
  repaid,
  repayment,
} from '../../tests/support/example-loan';
import { applicationId, businessDate, loanId, payoutId } from '../kernel';
import { type LoanEvent, loanDecider, nextAgingDate } from '.';

const on = businessDate;
const { given } = specificationFor(loanDecider);

const agreement = agreementOver(contract);
const disbursement = { loanId: LOAN, payoutId: PAYOUT, settledOn: on('2026-02-03'), channel: 'unionlike' };
const today = (day: string) => ({ businessDate: on(day) });

describe('A contract becomes a loan', () => {
  const open = { type: 'OpenLoan', data: { loanId: LOAN, ...agreement } } as const;

  test('when its all-in rate is within the cap', () => {
    given([])
      .when({ ...open, facts: { cap: '0.36' } })
      .then([{ type: 'LoanOpened', data: { ...agreement, cap: '0.36', openedOn: on('2026-03-02') } }]);
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
          fee: cny('60.00'),
          schedule: {
            disbursedOn: '2026-02-03',
            rows: [
              { due: '2026-03-03', principal: '990.07', interest: '30.00', fee: '60.00', total: '1080.07' },
              { due: '2026-04-03', principal: '999.97', interest: '20.10', fee: '0.00', total: '1020.07' },
              { due: '2026-05-03', principal: '1009.96', interest: '10.10', fee: '0.00', total: '1020.06' },
            ],
          },
        },
      },
    ]);
    expect(outcome.state().status).toBe('active');
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
      .thenRefused('WRONG_STATUS');
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

  test('gives up all principal and what has fallen due of the rest, as of today', () => {
    const outcome = given(aged('2026-02-15')).when(writeOff);
    outcome.thenMatching([
      { type: 'ArrearsBucketChanged', data: { to: '1-30' } },
      { type: 'PenaltyCharged', data: { days: 15 } },
      {
        type: 'LoanWrittenOff',
        data: { amounts: portions('7.32', '60.00', '30.00', '3000.00'), reason: 'insolvency', valueDate: '2026-03-02' },
      },
    ]);
    const after = outcome.state();
    expect(after.status).toBe('written-off');
    expect(nextAgingDate(after)).toBeUndefined();
  });

  test('happens once; money that comes later is held', () => {
    const written = obey(active, on('2026-02-20'), writeOff);
    given(written).when(writeOff).thenNothing();
    given(written).when(age('2026-03-02')).thenNothing();
    given(written)
      .when(repayment('a', '50.00', '2026-03-01'))
      .thenMatching([{ type: 'RepaymentApplied', data: { lines: [], unapplied: cny('50.00') } }]);
  });

  test('is for loans that owe', () => {
    given(opened).when(writeOff).thenRefused('LOAN_NOT_ACTIVE');
    given(repaid(active, 'a', '3100.00', '2026-01-20'))
      .when(writeOff)
      .thenRefused('LOAN_NOT_ACTIVE');
    given([]).when(writeOff).thenRefused('NOT_FOUND');
  });
});
