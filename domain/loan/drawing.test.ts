import { specificationFor } from '../../tests/support/decider-specification';
import { agreementOver, BORROWER, cny, LOAN, obey, quoteFor, repayment, TERMS } from '../../tests/support/example-loan';
import { dateOf } from '../calendar';
import { borrowerId, businessDate, fold, type PayoutId, parseMoney, tranchePayoutId } from '../kernel';
import type { LoanTerms } from '../schedule';
import { type LoanEvent, loanDecider } from '.';

const on = businessDate;
const { given } = specificationFor(loanDecider);

const REVOLVING: LoanTerms = {
  ...TERMS,
  charges: [],
  tranches: { several: true, fullTerm: true, revolving: true },
};
const OPENED_ON = on('2026-01-15');
const [FIRST, SECOND, THIRD] = (['one', 'two', 'three'] as const).map(tranchePayoutId) as [
  PayoutId,
  PayoutId,
  PayoutId,
];
const today = (day: string) => ({ businessDate: on(day) });

const openedWith = (terms: LoanTerms, cap = '9.99'): readonly LoanEvent[] =>
  obey([], OPENED_ON, {
    type: 'OpenLoan',
    data: { loanId: LOAN, ...agreementOver(quoteFor(terms, 300_000n, 3, OPENED_ON)) },
    facts: { cap },
  });

const draw = (payoutId: PayoutId, amount: string, borrower = BORROWER) =>
  ({ type: 'DrawTranche', data: { loanId: LOAN, borrowerId: borrower, payoutId, amount: cny(amount) } }) as const;
const settle = (payoutId: PayoutId, amount: string, day: string) =>
  ({
    type: 'DisburseLoan',
    data: { loanId: LOAN, payoutId, amount: cny(amount), settledOn: on(day), channel: 'unionlike' },
  }) as const;
const release = (payoutId: PayoutId) =>
  ({ type: 'ReleaseTranche', data: { loanId: LOAN, payoutId, reason: 'card closed' } }) as const;

const opened = openedWith(REVOLVING);
const requested = obey(opened, OPENED_ON, draw(FIRST, '1000.00'));
const lent = obey(requested, OPENED_ON, settle(FIRST, '1000.00', '2026-01-15'));

describe('Drawing a tranche', () => {
  test('holds the amount for a payout of its own', () => {
    given(opened)
      .when({ ...draw(FIRST, '1000.00'), ...today('2026-01-16') })
      .then([
        { type: 'TrancheRequested', data: { payoutId: FIRST, amount: cny('1000.00'), requestedOn: on('2026-01-16') } },
      ]);
  });

  test('happens once for a payout, before and after it has settled', () => {
    given(requested).when(draw(FIRST, '1000.00')).thenNothing();
    given(lent)
      .when({ ...draw(FIRST, '1000.00'), ...today('2026-01-16') })
      .thenNothing();
  });

  test('stays within what was agreed, with all that is on its way', () => {
    given(requested)
      .when(draw(SECOND, '2000.00'))
      .thenMatching([{ type: 'TrancheRequested' }]);
    given(requested).when(draw(SECOND, '2000.01')).thenRefused('TRANCHE_NOT_AVAILABLE');
    given(lent)
      .when({ ...draw(SECOND, '2000.01'), ...today('2026-01-20') })
      .thenRefused('TRANCHE_NOT_AVAILABLE');
  });

  test('takes again what has been repaid, where the contract says so', () => {
    const full = obey(obey(lent, on('2026-01-20'), draw(SECOND, '2000.00')), on('2026-01-20'), {
      ...settle(SECOND, '2000.00', '2026-01-20'),
    });
    const after = obey(full, on('2026-02-15'), repayment('a', '1100.00', '2026-02-15'));
    given(full)
      .when({ ...draw(THIRD, '1.00'), ...today('2026-01-21') })
      .thenRefused('TRANCHE_NOT_AVAILABLE');
    given(after)
      .when({ ...draw(THIRD, '500.00'), ...today('2026-02-16') })
      .thenMatching([{ type: 'TrancheRequested' }]);
    given(obey(after, on('2026-02-16'), draw(THIRD, '500.00')))
      .when({ ...settle(THIRD, '500.00', '2026-02-16'), ...today('2026-02-16') })
      .thenMatching([{ type: 'LoanDisbursed', data: { tranche: 3 } }]);
  });

  test('takes nothing again where it does not', () => {
    const terms: LoanTerms = { ...REVOLVING, tranches: { several: true, fullTerm: false } };
    const all = obey(obey(openedWith(terms), OPENED_ON, draw(FIRST, '3000.00')), OPENED_ON, {
      ...settle(FIRST, '3000.00', '2026-01-15'),
    });
    const after = obey(all, on('2026-02-15'), repayment('a', '1100.00', '2026-02-15'));
    given(after)
      .when({ ...draw(SECOND, '1.00'), ...today('2026-02-16') })
      .thenRefused('TRANCHE_NOT_AVAILABLE');
  });

  test('of all that was agreed books the plan that was quoted', () => {
    const all = obey(opened, OPENED_ON, draw(FIRST, '3000.00'));
    const booked = fold(loanDecider, obey(all, OPENED_ON, settle(FIRST, '3000.00', '2026-01-15')));
    const rows = booked.status === 'lent' ? booked.account.installments : [];
    expect(rows.map(({ due, owed, balance }) => [dateOf(due), owed.principal, owed.interest, balance])).toEqual(
      quoteFor(REVOLVING, 300_000n, 3, OPENED_ON).schedule.rows.map(({ due, principal, interest, balance }) => [
        due,
        ...[principal, interest, balance].map((amount) => parseMoney(cny(amount)).minor),
      ]),
    );
  });

  test('is refused while something is overdue, and by a loan that was paid off', () => {
    given(lent)
      .when({ ...draw(SECOND, '100.00'), ...today('2026-02-15') })
      .thenMatching([{ type: 'TrancheRequested' }]);
    given(lent)
      .when({ ...draw(SECOND, '100.00'), ...today('2026-02-16') })
      .thenRefused('TRANCHE_NOT_AVAILABLE');
    const paidOff = obey(lent, on('2026-02-01'), repayment('a', '1100.00', '2026-02-01'));
    given(paidOff)
      .when({ ...draw(SECOND, '100.00'), ...today('2026-02-02') })
      .thenRefused('LOAN_NOT_ACTIVE');
  });

  test('is refused before money moves when it would cost more than the law allows', () => {
    const fee = { charges: [{ name: 'Fee', kind: 'fee', time: 'first-installment' }] } as const;
    const dear: LoanTerms = {
      ...REVOLVING,
      charges: [{ ...fee.charges[0], calculation: { kind: 'flat', amount: '30.00' } }],
    };
    // Over all that was agreed the fee weighs little; over a small part of it, much.
    const { allInRate } = quoteFor(dear, 300_000n, 3, OPENED_ON);
    given(openedWith(dear, allInRate)).when(draw(FIRST, '100.00')).thenRefused('CAP_EXCEEDED');
  });

  test('is nothing for others, for other currencies, and for loans in one sum', () => {
    given(opened)
      .when(draw(FIRST, '1000.00', borrowerId('other')))
      .thenRefused('NOT_FOUND');
    given([]).when(draw(FIRST, '1000.00')).thenRefused('NOT_FOUND');
    given(opened).when(draw(FIRST, '0.00')).thenRefused('AMOUNT_NOT_POSITIVE');
    given(opened)
      .when({
        type: 'DrawTranche',
        data: { loanId: LOAN, borrowerId: BORROWER, payoutId: FIRST, amount: { amount: '1.00', currency: 'USD' } },
      })
      .thenRefused('CURRENCY_MISMATCH');
    given(openedWith(TERMS)).when(draw(FIRST, '3000.00')).thenRefused('TRANCHE_NOT_AVAILABLE');
  });
});

describe('A tranche that could not be paid out', () => {
  test('is free again, once', () => {
    given(requested)
      .when(release(FIRST))
      .then([{ type: 'TrancheReleased', data: { payoutId: FIRST, amount: cny('1000.00'), reason: 'card closed' } }]);
    const after = obey(requested, OPENED_ON, release(FIRST));
    given(after).when(release(FIRST)).thenNothing();
    given(after)
      .when(draw(SECOND, '3000.00'))
      .thenMatching([{ type: 'TrancheRequested' }]);
  });

  test('was never one when it has settled', () => {
    given(lent).when(release(FIRST)).thenNothing();
    expect(fold(loanDecider, lent)).toMatchObject({ status: 'lent', requested: [] });
  });
});
