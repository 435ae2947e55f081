import { businessDate, creditLineId, instant, tranchePayoutId } from '../domain/kernel';
import type { PayoutEvent } from '../domain/payout';
import {
  agreementOver,
  BORROWER,
  cny,
  contract,
  disbursedLoan,
  LOAN,
  opened,
  PAYOUT,
  quoteFor,
  TERMS,
} from '../tests/support/example-loan';
import { sagaSpecification, wantsCommand, wantsDeadline, wantsEffect } from '../tests/support/saga-specification';
import { disbursement } from './disbursement';

const { given, keyOf } = sagaSpecification(disbursement);

const [loanOpened] = opened;
if (loanOpened === undefined) throw new Error('the example loan was opened');
const { applicationId, documentHash, payee } = agreementOver(contract);
const LINE = creditLineId(BORROWER);
const TODAY = businessDate('2026-03-02');
const movement = { loanId: LOAN, amount: cny('3000.00'), channel: 'unionlike', effectId: `${PAYOUT}.1` };

const requested: PayoutEvent = {
  type: 'PayoutRequested',
  data: { loanId: LOAN, borrowerId: BORROWER, amount: cny('3000.00'), payee, documentHash },
};
const failed = (attempt: number, final: boolean): PayoutEvent => ({
  type: 'PayoutFailed',
  data: { ...movement, effectId: `${PAYOUT}.${attempt}`, attempt, reason: 'card closed', final, valueDate: TODAY },
});
/** The loan begins with all that was agreed, whatever was kept back of it, and the credit line is drawn. */
const begun = [
  wantsCommand('disburse', 'DisburseLoan', {
    loanId: LOAN,
    payoutId: PAYOUT,
    amount: cny('3000.00'),
    settledOn: TODAY,
    channel: 'unionlike',
  }),
  wantsCommand('draw-credit', 'DrawCredit', {
    creditLineId: LINE,
    applicationId,
    loanId: LOAN,
    amount: cny('3000.00'),
  }),
];
const route = (attempt: number) =>
  wantsEffect('route', { kind: 'route-payout', payoutId: PAYOUT, effectId: `${PAYOUT}.${attempt}` });

describe('disbursement', () => {
  it('requests the payout of an opened loan: the contract’s amount to the contract’s card', () =>
    given({})
      .when(LOAN, loanOpened)
      .wants([
        wantsCommand('request-payout', 'RequestPayout', {
          payoutId: PAYOUT,
          loanId: LOAN,
          borrowerId: BORROWER,
          amount: contract.principal,
          payee,
          documentHash,
        }),
      ]));

  it('pays out what is left when charges are kept back, and lends all of it', async () => {
    const calculation = { kind: 'share', of: 'principal', share: '0.02' } as const;
    const charges = [{ name: 'Service', kind: 'fee', time: 'disbursement', calculation } as const];
    const quote = quoteFor({ ...TERMS, charges }, 300_000n, 3, businessDate('2026-01-15'));
    const [openedSo] = disbursedLoan(quote, businessDate('2026-01-15'));
    if (openedSo === undefined) throw new Error('the loan was opened');
    await given({})
      .when(LOAN, openedSo)
      .wants([
        wantsCommand('request-payout', 'RequestPayout', {
          payoutId: PAYOUT,
          loanId: LOAN,
          borrowerId: BORROWER,
          amount: cny('2940.00'),
          payee,
          documentHash,
        }),
      ]);
    await given({ [LOAN]: [openedSo] })
      .when(PAYOUT, {
        type: 'PayoutSettled',
        data: { ...movement, amount: cny('2940.00'), channelReference: 'ch-1', valueDate: TODAY },
      })
      .wants(begun);
  });

  it('chooses a channel for the first attempt, and sends it when that is on record', async () => {
    await given({})
      .when(PAYOUT, requested)
      .wants([route(1)]);
    await given({})
      .when(PAYOUT, {
        type: 'PayoutSubmitted',
        data: { ...movement, attempt: 1, submittedAt: instant('2026-03-02T02:00:00.000Z'), valueDate: TODAY },
      })
      .wants([wantsEffect('send', { kind: 'send-payout', payoutId: PAYOUT, effectId: `${PAYOUT}.1`, sentOn: TODAY })]);
  });

  it('asks again, under the same effect id, while the outcome is unknown', async () => {
    const nextQueryAt = instant('2026-03-02T02:00:05.000Z');
    await given({})
      .when(PAYOUT, { type: 'PayoutUnknown', data: { ...movement, reason: 'time-out', queries: 1, nextQueryAt } })
      .wants([wantsDeadline('query', nextQueryAt, { effectId: `${PAYOUT}.1` })]);
    await given({})
      .whenDue(PAYOUT, 'query', { effectId: `${PAYOUT}.1` })
      .wants([wantsEffect('query', { kind: 'query-payout', payoutId: PAYOUT, effectId: `${PAYOUT}.1` })]);
  });

  it('looks for a channel again when none could take the payout', () =>
    given({})
      .whenDue(PAYOUT, 'route', { effectId: `${PAYOUT}.1` })
      .wants([route(1)]));

  it('tries again after a definite “no”, under another effect id, and gives up after the last', async () => {
    await given({})
      .when(PAYOUT, failed(1, false))
      .wants([route(2)]);
    await given({})
      .when(PAYOUT, failed(2, false))
      .wants([route(3)]);
    await given({ [LOAN]: opened })
      .when(PAYOUT, failed(3, true))
      .wants([wantsCommand('cancel-loan', 'CancelLoan', { loanId: LOAN, reason: 'card closed' })]);
  });

  it('begins the loan on the day the money arrived, and draws what was reserved', () =>
    given({ [LOAN]: opened })
      .when(PAYOUT, { type: 'PayoutSettled', data: { ...movement, channelReference: 'ch-1', valueDate: TODAY } })
      .wants(begun));

  it('gives back what was reserved for a loan that is cancelled', () =>
    given({ [LOAN]: [...opened, { type: 'LoanCancelled', data: { reason: 'card closed' } }] })
      .when(LOAN, { type: 'LoanCancelled', data: { reason: 'card closed' } })
      .wants([
        wantsCommand('release-credit', 'ReleaseCredit', {
          creditLineId: LINE,
          applicationId,
          reason: 'loan cancelled',
        }),
      ]));

  describe('of a loan in tranches', () => {
    const terms = { ...TERMS, tranches: { several: true, fullTerm: true, revolving: true } };
    const inTranches = disbursedLoan(quoteFor(terms, 300_000n, 3, TODAY), TODAY).slice(0, 1);
    const [openedSo] = inTranches;
    if (openedSo === undefined) throw new Error('it was opened');
    const drawn = tranchePayoutId('drawn');
    const tranche = { payoutId: drawn, amount: cny('1000.00') };

    it('waits until the borrower draws, then pays out each tranche by a payout of its own', async () => {
      await given({}).when(LOAN, openedSo).wants([]);
      const asked = { type: 'TrancheRequested', data: { ...tranche, requestedOn: TODAY } } as const;
      await given({ [LOAN]: inTranches })
        .when(LOAN, asked)
        .wants([
          wantsCommand('request-payout', 'RequestPayout', {
            ...{ payoutId: drawn, loanId: LOAN, borrowerId: BORROWER },
            ...{ amount: cny('1000.00'), payee, documentHash },
          }),
        ]);
      expect(keyOf(LOAN, asked)).toBe(drawn);
    });

    it('takes up all that was agreed with the first one, and gives it back once nothing is owed', async () => {
      const settled = { ...movement, amount: cny('1000.00'), channelReference: 'ch-1', valueDate: TODAY };
      await given({ [LOAN]: inTranches })
        .when(drawn, { type: 'PayoutSettled', data: settled })
        .wants([
          wantsCommand('disburse', 'DisburseLoan', {
            ...{ loanId: LOAN, payoutId: drawn, amount: cny('1000.00') },
            ...{ settledOn: TODAY, channel: 'unionlike' },
          }),
          wantsCommand('draw-credit', 'DrawCredit', {
            ...{ creditLineId: LINE, applicationId, loanId: LOAN, amount: cny('3000.00') },
          }),
        ]);
      const closed = { type: 'LoanClosed', data: { reason: 'repaid', closedOn: TODAY } } as const;
      await given({ [LOAN]: inTranches })
        .when(LOAN, closed)
        .wants([
          wantsCommand('restore-credit', 'RestoreCredit', {
            ...{ creditLineId: LINE, loanId: LOAN, cause: `event-of-${LOAN}-LoanClosed`, amount: cny('3000.00') },
          }),
        ]);
      await given({ [LOAN]: opened })
        .when(LOAN, closed)
        .wantsNothing();
    });

    it('frees what could not be paid out, and lets the loan stand', () =>
      given({ [LOAN]: inTranches })
        .when(drawn, failed(3, true))
        .wants([
          wantsCommand('release-tranche', 'ReleaseTranche', { loanId: LOAN, payoutId: drawn, reason: 'card closed' }),
        ]));
  });

  it('keeps the order of what happens to one payout and its loan', () => {
    expect(keyOf(LOAN, loanOpened)).toBe(PAYOUT);
    expect(keyOf(PAYOUT, requested)).toBe(PAYOUT);
  });
});
