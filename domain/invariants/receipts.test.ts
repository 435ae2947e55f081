import type { DomainEvent } from '../events';
import { applicationId, businessDate, loanId, receiptId, receivedRepaymentId } from '../kernel';
import { entryFor } from '../ledger';
import { emptyAccount } from '../loan';
import type { LoggedFact } from './invariant';
import { receiptsAreConserved } from './receipts';

const RECEIPT = receiptId('r1');
const LOAN = loanId(applicationId('4q2m'));
const on = businessDate('2026-03-02');
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });
const repaymentId = receivedRepaymentId(RECEIPT, 1);

const recorded: DomainEvent = {
  type: 'ReceiptRecorded',
  data: { amount: cny('100.00'), channel: 'c', channelReference: 'in-1', payer: { kind: 'person' }, valueDate: on },
};
const assigned = (amount: string): DomainEvent => ({
  type: 'ReceiptAssigned',
  data: { loanId: LOAN, line: 1, repaymentId, amount: cny(amount), channel: 'c', by: 'hand', valueDate: on },
});
const refunded = (amount: string): DomainEvent => ({
  type: 'ReceiptRefunded',
  data: { amount: cny(amount), channel: 'c', channelReference: 'out-1', valueDate: on },
});
const received = (amount: string): DomainEvent => ({
  type: 'RepaymentReceived',
  data: { loanId: LOAN, amount: cny(amount), channel: 'c', receiptId: RECEIPT, valueDate: on },
});

/** What is found in a log of these facts, each of a receipt booked as it should be unless it is said otherwise. */
const watching = (facts: readonly DomainEvent[], booksOff = false) => {
  const { check } = receiptsAreConserved;
  if (typeof check === 'string') throw new Error('it is checked by the log');
  const watcher = check({ accounts: { of: () => emptyAccount, seenBy: () => [] } });
  const findings: string[] = [];
  for (const [index, event] of facts.entries()) {
    const id = `e${index}`;
    const stream = event.type === 'RepaymentReceived' ? repaymentId : RECEIPT;
    findings.push(...[watcher.see({ ...event, stream, id } as unknown as LoggedFact) ?? []].flat());
    const entry = entryFor({ ...event, stream, id });
    if (entry === undefined) continue;
    const postings = booksOff ? entry.postings.map((each) => ({ ...each, account: '1301' as const })) : entry.postings;
    const posted = { type: 'EntryPosted', stream: 'ledger-1', id: `${id}b`, data: { ...entry, postings } };
    findings.push(...[watcher.see(posted as unknown as LoggedFact) ?? []].flat());
  }
  return { findings: findings.length, unfinished: watcher.unfinished() };
};

test('a receipt whose parts reach their loans, go back or stay is sound', () => {
  const split = [recorded, assigned('60.00'), received('60.00'), refunded('30.00')];
  expect(watching(split)).toEqual({ findings: 0, unfinished: 0 });
  expect(watching([recorded, assigned('60.00')])).toEqual({ findings: 0, unfinished: 1 });
});

test.each<[string, readonly DomainEvent[], boolean]>([
  ['that gives more than it has brought', [recorded, assigned('60.00'), refunded('40.01')], false],
  ['whose part is assigned twice', [recorded, assigned('10.00'), assigned('10.00')], false],
  ['whose part reaches its loan twice', [recorded, assigned('10.00'), received('10.00'), received('10.00')], false],
  ['whose part reaches its loan as another amount', [recorded, assigned('10.00'), received('10.01')], false],
  ['that has assigned nothing to what a loan received', [recorded, received('10.00')], false],
  ['that is booked elsewhere than in suspense', [recorded], true],
])('a receipt %s is found', (_what, facts, booksOff) => {
  expect(watching(facts, booksOff).findings).toBe(1);
});
