import { specificationFor } from '../../tests/support/decider-specification';
import { cny, type Given, LOAN, obey, opened, repaid } from '../../tests/support/example-loan';
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
import { businessDate, fold } from '../kernel';
import { loanDecider, standingOf } from '.';

/** How a loan ends when it goes badly, and how what was done is taken back. */

const on = businessDate;
const { given } = specificationFor(loanDecider, TODAY);

describe('A loan that goes badly', () => {
  test('is charged off: a loss of principal, no income of interest, and what comes in later is a recovery', () => {
    const off = after(late, 'ChargeOffLoan', {});
    expect(off.at(-1)).toMatchObject({
      type: 'LoanChargedOff',
      data: {
        change: { status: 'charged-off' },
        journal: booked(
          credit('principal-receivable', '3000.00'),
          credit('interest-receivable', '30.00'),
          credit('fee-receivable', '60.00'),
          credit('penalty-receivable', '6.84'),
          debit('interest-income', '30.00'),
          debit('fee-income', '60.00'),
          debit('penalty-income', '6.84'),
          debit('charge-off-expense', '3000.00'),
        ),
      },
    });
    expect(repaid(off, 'z', '100.00', TODAY).at(-1)).toMatchObject({
      type: 'RepaymentApplied',
      data: { journal: booked(debit('received', '100.00'), credit('recovery-income', '100.00')) },
    });
    const givenUp = obey(off, on(TODAY), { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } });
    expect(givenUp.find(({ type }) => type === 'LoanWrittenOff')).toMatchObject({ data: { journal: {} } });
  });

  test('is terminated: all of it is due', () => {
    given(late)
      .when(give('TerminateContract', {}))
      .thenMatching([
        {
          type: 'ContractTerminated',
          data: { change: { count: 2, installments: [{ n: 2, due: TODAY, owed: { principal: '2009.93' } }] } },
        },
      ]);
  });

  test('is settled for less, and closed', () => {
    const settled = after(late, 'SettleLoan', { amount: cny('1000.00') });
    expect(settled.slice(late.length)).toMatchObject([
      {
        type: 'LoanSettled',
        data: { outstanding: cny('0.00'), change: { transactions: [{ balance: '2096.84' }, { kind: 'write-off' }] } },
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
            journal: booked(
              debit('principal-receivable', '990.07'),
              debit('interest-receivable', '30.00'),
              debit('fee-receivable', '60.00'),
              debit('penalty-receivable', '6.84'),
              credit('received', '1080.07'),
              credit('penalty-income', '6.84'),
            ),
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
