import fc from 'fast-check';
import { specificationFor } from '../../tests/support/decider-specification';
import { cny, LOAN } from '../../tests/support/example-loan';
import { type Actor, applicationId, businessDate, loanId, parseMoney, receiptId, receivedRepaymentId } from '../kernel';
import type { PaidInto } from '../loan';
import { type ReceiptEvent, receiptDecider } from '.';

const { given } = specificationFor(receiptDecider);

const RECEIPT = receiptId('r1');
const TODAY = businessDate('2026-03-02');
const CAME = businessDate('2026-02-27');
const OTHER = loanId(applicationId('other'));
const ME: Actor = { kind: 'finance', id: 'me' };
const COLLEAGUE: Actor = { kind: 'finance', id: 'colleague' };

const loan = (more: Partial<PaidInto> = {}): PaidInto => ({
  ...{ loanId: LOAN, status: 'active', currency: 'CNY', payoff: cny('800.00'), from: businessDate('2026-01-15') },
  ...more,
});
const LOANS = [loan(), loan({ loanId: OTHER })];

const payer = { kind: 'employer', name: 'Lantern Works', account: { bank: 'Test Bank', lastFour: '4242' } } as const;
const brought = { amount: cny('1000.00'), channel: 'bankwire', channelReference: 'in-1', payer } as const;
const record = (more: object = {}, facts: { loans?: readonly PaidInto[]; named?: PaidInto } = {}) =>
  ({
    type: 'RecordReceipt',
    data: { receiptId: RECEIPT, ...brought, receivedOn: CAME, lines: [], ...more },
    facts: { loans: LOANS, ...facts },
  }) as const;
const recorded: ReceiptEvent = { type: 'ReceiptRecorded', data: { ...brought, valueDate: CAME } };
const part = (amount: string, of = LOAN) => ({ loanId: of, amount: cny(amount) });
const assigned = (line: number, amount: string, more: object = {}): ReceiptEvent => ({
  type: 'ReceiptAssigned',
  data: {
    ...{ loanId: LOAN, line, repaymentId: receivedRepaymentId(RECEIPT, line), amount: cny(amount) },
    ...{ channel: 'bankwire', by: 'hand', valueDate: CAME, ...more },
  },
});
const match = (lines: readonly ReturnType<typeof part>[], loans: readonly PaidInto[] = LOANS) =>
  ({ type: 'MatchReceipt', data: { receiptId: RECEIPT, lines }, facts: { loans } }) as const;
const askBack = (amount: string, actor = ME) =>
  ({
    type: 'RequestReceiptRefund',
    data: { receiptId: RECEIPT, amount: cny(amount), reason: 'unknown' },
    actor,
  }) as const;
const asked = (amount: string, needsApproval = false): ReceiptEvent => ({
  type: 'ReceiptRefundRequested',
  data: { amount: cny(amount), reason: 'unknown', requestedBy: ME, needsApproval, requestedOn: TODAY },
});
const approve = (actor: Actor) =>
  ({ type: 'ApproveReceiptRefund', data: { receiptId: RECEIPT, note: 'seen' }, actor }) as const;
const approved: ReceiptEvent = { type: 'ReceiptRefundApproved', data: { approvedBy: COLLEAGUE, note: 'seen' } };
const paidBack = (settledOn = TODAY) =>
  ({
    type: 'RecordReceiptRefund',
    data: { receiptId: RECEIPT, result: { outcome: 'settled', channelReference: 'out-1', settledOn } },
  }) as const;
const notPaidBack = {
  type: 'RecordReceiptRefund',
  data: { receiptId: RECEIPT, result: { outcome: 'failed', reason: 'the account is closed' } },
} as const;
const refunded = (amount: string): ReceiptEvent => ({
  type: 'ReceiptRefunded',
  data: { amount: cny(amount), channel: 'bankwire', channelReference: 'out-1', valueDate: TODAY },
});

describe('A payment that came in by itself', () => {
  test('is in suspense where nobody knows whose it is', () => {
    given([]).when(record()).then([recorded]);
    given([recorded]).when(record()).thenRefused('ALREADY_EXISTS');
    given([])
      .when(record({ amount: cny('0.00') }))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([])
      .when(record({ receivedOn: businessDate('2026-03-03') }))
      .thenRefused('VALUE_DATE_INVALID');
  });

  test('is split as the payer’s list says; what is over stays', () => {
    given([])
      .when(record({ lines: [part('300.00'), part('500.00', OTHER)] }))
      .then([recorded, assigned(1, '300.00', { by: 'list' }), assigned(2, '500.00', { by: 'list', loanId: OTHER })]);
    given([])
      .when(record({ lines: [part('300.00'), part('700.01', OTHER)] }))
      .thenRefused('RECEIPT_EXCEEDED');
  });

  test('gives the loan that the payer’s words name what it owes, at most', () => {
    const named = (of: PaidInto) => given([]).when(record({ lines: [] }, { loans: [], named: of }));
    named(loan()).then([recorded, assigned(1, '800.00', { by: 'reference' })]);
    named(loan({ payoff: cny('5000.00') })).then([recorded, assigned(1, '1000.00', { by: 'reference' })]);
    named(loan({ payoff: undefined, status: 'written-off' })).then([recorded]);
    named(loan({ payoff: undefined, status: 'closed', from: undefined })).then([recorded]);
    named(loan({ payoff: { amount: '800', currency: 'JPY' }, currency: 'JPY' })).then([recorded]);
  });
});

describe('What is in suspense', () => {
  test('is matched by hand, as often as there is some left, and counts from the day on which it came', () => {
    given([recorded])
      .when(match([part('400.00')]))
      .then([assigned(1, '400.00')]);
    given([recorded, assigned(1, '400.00')])
      .when(match([part('600.00', OTHER)]))
      .then([assigned(2, '600.00', { loanId: OTHER })]);
    given([recorded, assigned(1, '400.00')])
      .when(match([part('600.01')]))
      .thenRefused('RECEIPT_EXCEEDED');
    const later = loan({ from: businessDate('2026-03-01') });
    given([recorded])
      .when(match([part('400.00')], [later]))
      .then([assigned(1, '400.00', { valueDate: '2026-03-01' })]);
  });

  test.each<[string, ReturnType<typeof part>, PaidInto]>([
    ['NOT_FOUND', part('1.00'), loan({ loanId: OTHER })],
    ['NOT_FOUND', part('1.00'), loan({ status: 'unknown', from: undefined })],
    ['LOAN_NOT_ACTIVE', part('1.00'), loan({ status: 'closed', from: undefined })],
    ['CURRENCY_MISMATCH', part('1.00'), loan({ currency: 'JPY' })],
    ['CURRENCY_MISMATCH', { loanId: LOAN, amount: { amount: '1', currency: 'JPY' } }, loan()],
    ['AMOUNT_NOT_POSITIVE', part('0.00'), loan()],
  ])('is refused to a loan that it does not fit: %s', (code, wanted, of) => {
    given([recorded])
      .when(match([wanted], [of]))
      .thenRefused(code as 'NOT_FOUND');
  });

  test('goes back to who has paid it; what is on its way back is not matched', () => {
    given([recorded])
      .when(askBack('1000.00'))
      .then([asked('1000.00')]);
    given([recorded]).when(askBack('1000.01')).thenRefused('RECEIPT_EXCEEDED');
    given([recorded]).when(askBack('0.00')).thenRefused('AMOUNT_NOT_POSITIVE');
    const askedFor = [recorded, asked('700.00')];
    given(askedFor).when(askBack('1.00')).thenRefused('WRONG_STATUS');
    given(askedFor)
      .when(match([part('300.01')]))
      .thenRefused('RECEIPT_EXCEEDED');
    given(askedFor)
      .when(match([part('300.00')]))
      .then([assigned(1, '300.00')]);
    given(askedFor)
      .when(paidBack())
      .then([refunded('700.00')]);
    given([...askedFor, refunded('700.00')])
      .when(askBack('300.01'))
      .thenRefused('RECEIPT_EXCEEDED');
    given(askedFor)
      .when(paidBack(businessDate('2026-02-26')))
      .thenRefused('VALUE_DATE_INVALID');
    const failed: ReceiptEvent = {
      type: 'ReceiptRefundFailed',
      data: { amount: cny('700.00'), reason: 'the account is closed' },
    };
    given(askedFor).when(notPaidBack).then([failed]);
    given([...askedFor, failed])
      .when(match([part('1000.00')]))
      .then([assigned(1, '1000.00')]);
    given([recorded]).when(paidBack()).thenRefused('WRONG_STATUS');
  });

  test('goes back above 100,000 only once somebody else has approved it', () => {
    const much: ReceiptEvent = { ...recorded, data: { ...recorded.data, amount: cny('200000.00') } };
    given([much])
      .when(askBack('100000.00'))
      .then([asked('100000.00')]);
    given([much])
      .when(askBack('100000.01'))
      .then([asked('100000.01', true)]);
    const waits = [much, asked('100000.01', true)];
    given(waits).when(paidBack()).thenRefused('FOUR_EYES');
    given(waits).when(approve(ME)).thenRefused('FOUR_EYES');
    given(waits).when(approve(COLLEAGUE)).then([approved]);
    given([...waits, approved])
      .when(approve(COLLEAGUE))
      .thenRefused('WRONG_STATUS');
    given([...waits, approved])
      .when(paidBack())
      .then([refunded('100000.01')]);
    given([much]).when(approve(COLLEAGUE)).thenRefused('WRONG_STATUS');
  });
});

/** Whatever is asked of a receipt, in whatever order. */
const units = fc.integer({ min: -1, max: 700 }).map((amount) => `${amount}.00`);
const anything = fc.array(
  fc.oneof<fc.Arbitrary<Parameters<ReturnType<typeof given>['when']>[0]>[]>(
    units.map((amount) => match([part(amount)])),
    units.map((amount) => askBack(amount)),
    fc.constantFrom(paidBack(), notPaidBack),
  ),
  { maxLength: 12 },
);

const sumOf = (events: readonly ReceiptEvent[], type: 'ReceiptAssigned' | 'ReceiptRefunded'): bigint =>
  events.reduce((sum, event) => (event.type === type ? sum + parseMoney(event.data.amount).minor : sum), 0n);

test('law: what came in is assigned, paid back or in suspense, to the cent; every part is a repayment of its own', () => {
  fc.assert(
    fc.property(anything, (asks) => {
      let events: readonly ReceiptEvent[] = [recorded];
      for (const ask of asks) {
        const { outcome } = given(events).when(ask);
        if (!('code' in outcome)) events = [...events, ...outcome];
      }
      const state = events.reduce(receiptDecider.evolve, receiptDecider.initial);
      const left = state.status === 'none' ? -1n : state.suspense.minor;
      expect(left).toBeGreaterThanOrEqual(0n);
      expect(sumOf(events, 'ReceiptAssigned') + sumOf(events, 'ReceiptRefunded') + left).toBe(100_000n);
      const ids = events.flatMap((event) => (event.type === 'ReceiptAssigned' ? [event.data.repaymentId] : []));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
