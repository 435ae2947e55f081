import { applicationId, businessDate, loanId, receiptId, receivedRepaymentId } from '../domain/kernel';
import type { ReceiptEvent } from '../domain/receipt';
import { cny } from '../tests/support/example-loan';
import { documentsFrom, entriesOf } from '../tests/support/folding';
import { type ReceiptDoc, receipts } from './receipts';

const RECEIPT = receiptId('in');
const LOAN = loanId(applicationId('4q2m'));
const on = businessDate('2026-03-02');
const who = { kind: 'finance', id: 'me' } as const;

const recorded: ReceiptEvent = {
  type: 'ReceiptRecorded',
  data: {
    ...{ amount: cny('100.00'), channel: 'bankwire', channelReference: 'in-1', payer: { kind: 'person' } },
    ...{ reference: 'for W.', valueDate: on },
  },
};
const assigned = (line: number, amount: string): ReceiptEvent => ({
  type: 'ReceiptAssigned',
  data: {
    ...{ loanId: LOAN, line, repaymentId: receivedRepaymentId(RECEIPT, line), amount: cny(amount) },
    ...{ channel: 'bankwire', by: 'hand', valueDate: on },
  },
});
const asked: ReceiptEvent = {
  type: 'ReceiptRefundRequested',
  data: { amount: cny('30.00'), reason: 'in error', requestedBy: who, needsApproval: true, requestedOn: on },
};
const approved: ReceiptEvent = { type: 'ReceiptRefundApproved', data: { approvedBy: who, note: '' } };
const refunded: ReceiptEvent = {
  type: 'ReceiptRefunded',
  data: { amount: cny('30.00'), channel: 'bankwire', channelReference: 'out-1', valueDate: on },
};
const failed: ReceiptEvent = { type: 'ReceiptRefundFailed', data: { amount: cny('30.00'), reason: 'closed' } };

const folded = (...events: readonly ReceiptEvent[]) =>
  documentsFrom(
    receipts,
    events.map((event) => [RECEIPT, event] as const),
  );
const shown = (...events: readonly ReceiptEvent[]): ReceiptDoc | undefined => folded(...events).get(RECEIPT);

describe('the worklist of what came in by itself', () => {
  it('holds what nobody has found a loan for, until nothing of it is left', () => {
    expect(shown(recorded)).toMatchObject({
      state: 'suspense',
      suspense: cny('100.00'),
      reference: 'for W.',
      lines: [],
    });
    expect(shown(recorded, assigned(1, '60.00'))).toMatchObject({ state: 'suspense', suspense: cny('40.00') });
    const [done] = [shown(recorded, assigned(1, '60.00'), assigned(2, '40.00'))];
    expect(done).toMatchObject({ state: 'settled', suspense: cny('0.00'), lines: [{ line: 1 }, { line: 2 }] });
    expect(entriesOf(receipts, 'byState', folded(recorded))).toEqual([['suspense', on, RECEIPT]]);
  });

  it('tells what is on its way back, who has approved it, and what became of it', () => {
    expect(shown(recorded, asked, approved)).toMatchObject({ state: 'refunding', refund: { approvedBy: who } });
    expect(shown(recorded, asked, assigned(1, '70.00'))).toMatchObject({ state: 'refunding', suspense: cny('30.00') });
    const back = shown(recorded, asked, refunded);
    expect(back).toMatchObject({ state: 'suspense', suspense: cny('70.00'), refunded: cny('30.00') });
    expect(back?.refund).toBeUndefined();
    expect(shown(recorded, asked, failed)).toMatchObject({ state: 'suspense', refund: { failedFor: 'closed' } });
    expect(shown(recorded, assigned(1, '70.00'), asked, refunded)).toMatchObject({ state: 'settled' });
  });
});
