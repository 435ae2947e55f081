import { businessDate, creditLineId, instant, receiptId, repaymentId } from '../domain/kernel';
import type { LoanEvent } from '../domain/loan';
import type { RepaymentEvent } from '../domain/repayment';
import { active, BORROWER, cny, LOAN, portions, repaid } from '../tests/support/example-loan';
import { sagaSpecification, wantsCommand, wantsDeadline, wantsEffect } from '../tests/support/saga-specification';
import { collection } from './collection';

const { given, keyOf } = sagaSpecification(collection);

const REPAYMENT = repaymentId('r1');
const effectId = `${REPAYMENT}.1`;
const movement = { loanId: LOAN, amount: cny('1020.07'), channel: 'unionlike', effectId };
const DUE = '2026-02-15';

const initiated: RepaymentEvent = {
  type: 'RepaymentInitiated',
  data: {
    ...movement,
    borrowerId: BORROWER,
    kind: 'voluntary',
    payer: { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' },
    initiatedAt: instant('2026-02-15T02:00:00.000Z'),
  },
};

const appliedIn = (facts: readonly LoanEvent[]): Extract<LoanEvent, { type: 'RepaymentApplied' }> => {
  const found = facts.find((fact) => fact.type === 'RepaymentApplied');
  if (found?.type !== 'RepaymentApplied') throw new Error('nothing was applied');
  return found;
};

describe('collection', () => {
  it('debits what the borrower wants to pay', () =>
    given({})
      .when(REPAYMENT, initiated)
      .wants([wantsEffect('debit', { kind: 'send-debit', repaymentId: REPAYMENT, effectId })]));

  it('asks again, under the same effect id, while the outcome is unknown; each repayment for itself', async () => {
    const nextQueryAt = instant('2026-02-15T02:00:01.000Z');
    await given({})
      .when(REPAYMENT, { type: 'RepaymentUnknown', data: { ...movement, reason: 'time-out', queries: 0, nextQueryAt } })
      .wants([wantsDeadline(`query-${REPAYMENT}`, nextQueryAt, { effectId, repaymentId: REPAYMENT })]);
    await given({})
      .whenDue(LOAN, `query-${REPAYMENT}`, { effectId, repaymentId: REPAYMENT })
      .wants([wantsEffect('query', { kind: 'query-debit', repaymentId: REPAYMENT, effectId })]);
  });

  it('sends what was held back, under the same effect id', () =>
    given({})
      .whenDue(LOAN, `send-${REPAYMENT}`, { effectId, repaymentId: REPAYMENT })
      .wants([wantsEffect('debit', { kind: 'send-debit', repaymentId: REPAYMENT, effectId })]));

  it('applies settled money to the loan, on the day that the channel says', () =>
    given({})
      .when(REPAYMENT, {
        type: 'RepaymentSettled',
        data: { ...movement, channelReference: 'ch-1', valueDate: businessDate(DUE) },
      })
      .wants([
        wantsCommand('apply', 'ApplyRepayment', {
          loanId: LOAN,
          repaymentId: REPAYMENT,
          amount: cny('1020.07'),
          valueDate: DUE,
        }),
      ]));

  it('takes in what a receipt brings for a loan as a repayment of its own, and applies it', async () => {
    const receipt = receiptId('in');
    const part = { loanId: LOAN, amount: cny('20.00'), channel: 'unionlike', valueDate: businessDate(DUE) };
    await given({})
      .when(receipt, { type: 'ReceiptAssigned', data: { ...part, line: 1, repaymentId: REPAYMENT, by: 'hand' } })
      .wants([wantsCommand('receive', 'ReceiveRepayment', { ...part, repaymentId: REPAYMENT, receiptId: receipt })]);
    await given({})
      .when(REPAYMENT, { type: 'RepaymentReceived', data: { ...part, receiptId: receipt } })
      .wants([
        wantsCommand('apply', 'ApplyRepayment', {
          ...{ loanId: LOAN, repaymentId: REPAYMENT, amount: cny('20.00'), valueDate: DUE },
        }),
      ]);
  });

  it('puts on record where the money went, and gives repaid principal back to the credit line, once per fact', async () => {
    const facts = repaid(active, 'r1', '1020.07', DUE);
    const applied = appliedIn(facts);
    expect(applied.data.totals).toEqual(portions('0.00', '60.00', '30.00', '930.07'));
    await given({ [LOAN]: facts })
      .when(LOAN, applied)
      .wants([
        wantsCommand('allocated', 'RecordAllocation', {
          repaymentId: REPAYMENT,
          totals: applied.data.totals,
          unapplied: cny('0.00'),
          recovered: cny('0.00'),
        }),
        wantsCommand('restore-credit', 'RestoreCredit', {
          creditLineId: creditLineId(BORROWER),
          loanId: LOAN,
          cause: `event-of-${LOAN}-RepaymentApplied`,
          amount: cny('930.07'),
        }),
      ]);
  });

  it('gives nothing back where no principal was repaid', async () => {
    const facts = repaid(active, 'r1', '50.00', DUE);
    const applied = appliedIn(facts);
    await given({ [LOAN]: facts })
      .when(LOAN, applied)
      .wants([
        wantsCommand('allocated', 'RecordAllocation', {
          repaymentId: REPAYMENT,
          totals: applied.data.totals,
          unapplied: cny('0.00'),
          recovered: cny('0.00'),
        }),
      ]);
  });

  it('keeps the order of what happens to one loan, whichever repayment it is', () => {
    expect(keyOf(REPAYMENT, initiated)).toBe(LOAN);
    expect(keyOf(LOAN, appliedIn(repaid(active, 'r1', '50.00', DUE)))).toBe(LOAN);
  });
});
