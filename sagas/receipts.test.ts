import { addDays, type BusinessDate, businessDateAt, receiptId, receivedRepaymentId, startOf } from '../domain/kernel';
import { LOAN, type SagaHouse, sagaHouse } from '../tests/support/saga-house';

const RECEIPT = receiptId('in');
const PART = receivedRepaymentId(RECEIPT, 1);
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });

let house: SagaHouse;
beforeEach(async () => {
  house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
});
afterEach(() => house.close());

const today = (): BusinessDate => businessDateAt(house.clock.now());

/** Somebody sends money by themselves. */
const sends = (key: string, amount: string, movement: 'received' | 'returned' = 'received') =>
  house.sandbox.transfer('channel', { key, movement, amount: cny(amount), businessDate: today() });

const recorded = async (amount: string, more: object = {}, receivedOn = today()): Promise<void> => {
  const about = {
    receiptId: RECEIPT,
    channel: house.channel,
    channelReference: 'in-1',
    payer: { kind: 'person' },
  } as const;
  await house.must(
    { type: 'RecordReceipt', data: { ...about, amount: cny(amount), receivedOn, lines: [], ...more } },
    'in',
  );
  await house.settled();
};

const nextDay = (): Promise<void> => house.pass(Date.parse(startOf(addDays(today(), 1))) - house.clock.now());

describe('money that comes in by itself', () => {
  it('reaches the loan that it names as a repayment, once, and is on the statements as it is on record', async () => {
    sends('in-1', '100.00');
    await recorded('100.00', { reference: LOAN.toUpperCase() });
    expect(await house.typesOf(RECEIPT)).toEqual(['ReceiptRecorded', 'ReceiptAssigned']);
    expect(await house.typesOf(PART)).toEqual(['RepaymentReceived', 'RepaymentAllocated']);
    expect(await house.loan()).toMatchObject({ applied: [PART] });
    const entries = await house.eventsOf(`ledger-${RECEIPT}`, 'EntryPosted');
    expect(entries.flatMap(({ data }) => data.postings)).toMatchObject([
      { account: '1001', side: 'debit', amount: cny('100.00') },
      { account: '2101', side: 'credit', amount: cny('100.00') },
    ]);
    const date = today();
    await nextDay();
    expect(await house.night.close(date)).toMatchObject({ unavailable: [], opened: 0 });
    expect(await house.sagas.listParked()).toEqual([]);
  });

  it('that nobody has told of is a break, which its record explains; matched later, it counts from when it came', async () => {
    const came = today();
    sends('in-1', '100.00');
    await nextDay();
    // The channel and the custody bank both show it.
    expect(await house.night.close(came)).toMatchObject({ unavailable: [], opened: 2 });
    await recorded('100.00', { reference: 'from me' }, came);
    const date = today();
    await nextDay();
    expect(await house.night.close(date)).toMatchObject({ unavailable: [], opened: 2, explained: 4 });
    const lines = [{ loanId: LOAN, amount: cny('100.00') }];
    await house.must({ type: 'MatchReceipt', data: { receiptId: RECEIPT, lines } }, 'match');
    await house.settled();
    const [applied] = await house.eventsOf(LOAN, 'RepaymentApplied');
    expect(applied?.data).toMatchObject({ repaymentId: PART, valueDate: came });
  });

  it('that is paid back leaves by a line of its own', async () => {
    sends('in-1', '100.00');
    await recorded('100.00');
    const refund = { receiptId: RECEIPT, amount: cny('100.00'), reason: 'not for us' };
    await house.must({ type: 'RequestReceiptRefund', data: refund }, 'ask back');
    sends('out-1', '100.00', 'returned');
    const result = { outcome: 'settled', channelReference: 'out-1', settledOn: today() } as const;
    await house.must({ type: 'RecordReceiptRefund', data: { receiptId: RECEIPT, result } }, 'paid back');
    await house.settled();
    const date = today();
    await nextDay();
    expect(await house.night.close(date)).toMatchObject({ unavailable: [], opened: 0 });
  });
});
