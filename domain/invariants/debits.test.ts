import { BORROWER, cny, LOAN } from '../../tests/support/example-loan';
import { dayOf } from '../calendar';
import type { DomainEvent } from '../events';
import { automaticRepaymentId, businessDate, instant } from '../kernel';
import { emptyAccount } from '../loan';
import type { LoanAccount } from '../schedule';
import { debitsHaveMandates } from './debits';
import type { LoggedFact } from './invariant';

const on = businessDate;
const nothing = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
const DUE = on('2026-03-02');
/** The loan owes 300.00 from the due date on. */
const OWING: LoanAccount = {
  ...emptyAccount,
  installments: [
    {
      ...{ n: 1, kind: 'regular', from: dayOf(on('2026-02-02')), due: dayOf(DUE), balance: 0n },
      ...{ owed: { ...nothing, principal: 30_000n }, paid: nothing, waived: nothing, writtenOff: nothing },
      ...{ paidInAdvance: 0n, paidLate: 0n },
    },
  ],
};
const payer = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
const text = { textVersion: '2026-01', textHash: 'a1' };

const granted: DomainEvent = {
  type: 'MandateGranted',
  data: {
    ...{ loanId: LOAN, borrowerId: BORROWER, number: 1, payer, grantedOn: on('2026-02-01') },
    agreement: {
      ...{ perDebit: cny('500.00'), perMonth: cny('500.00'), payDays: [], ...text },
      ...{ from: on('2026-02-01'), to: on('2026-12-31') },
    },
  },
};
const revoked: DomainEvent = { type: 'MandateRevoked', data: { loanId: LOAN, number: 1, reason: 'r' } };
const ofAttempt = (attempt: number, dueDate = DUE) => ({
  ...{ loanId: LOAN, dueDate, attempt, repaymentId: automaticRepaymentId(LOAN, dueDate, attempt) },
});
const ordered = (amount = '300.00', attempt = 1, dueDate = DUE, due = '300.00'): DomainEvent => ({
  type: 'DebitOrdered',
  data: {
    ...ofAttempt(attempt, dueDate),
    ...{ borrowerId: BORROWER, payer, due: cny(due), amount: cny(amount), orderedOn: dueDate },
  },
});
const movement = { loanId: LOAN, channel: 'unionlike', effectId: 'e1' };
const initiated = (amount = '300.00', partly: { readonly mayBePartial?: true } = {}): DomainEvent => ({
  type: 'RepaymentInitiated',
  data: {
    ...{ ...movement, ...partly, amount: cny(amount), borrowerId: BORROWER, kind: 'automatic', payer },
    initiatedAt: instant('2026-03-02T02:00:00.000Z'),
  },
});
const settled = (amount = '300.00'): DomainEvent => ({
  type: 'RepaymentSettled',
  data: { ...movement, amount: cny(amount), channelReference: 'ch', valueDate: DUE },
});
const taken = (amount = '300.00'): DomainEvent => ({
  type: 'DebitTaken',
  data: { ...ofAttempt(1), amount: cny(amount) },
});
const failed: DomainEvent = { type: 'DebitFailed', data: { ...ofAttempt(1), reason: 'r', kind: 'no-funds' } };

/** What is found in a log of these facts, and how much is unfinished at its end. */
const watching = (...facts: readonly DomainEvent[]) => {
  const { check } = debitsHaveMandates;
  if (typeof check === 'string') throw new Error('it is checked by the log');
  const watcher = check({ accounts: { of: () => OWING, seenBy: () => [emptyAccount, OWING] } });
  const stream = automaticRepaymentId(LOAN, DUE, 1);
  const meta = { bookedAt: '2026-03-02T02:00:00.000Z' };
  const details = facts.flatMap((event) => watcher.see({ ...event, stream, meta } as unknown as LoggedFact) ?? []);
  return { findings: details.length, unfinished: watcher.unfinished() };
};

const SOUND = { findings: 0, unfinished: 0 };

test('a debit that was ordered, sent and taken under a live mandate is sound', () => {
  expect(watching(granted, ordered(), initiated(), settled(), taken())).toEqual(SOUND);
  expect(watching(granted, ordered(), failed, ordered('300.00', 2))).toEqual({ findings: 0, unfinished: 1 });
  const part = [granted, ordered(), initiated('300.00', { mayBePartial: true }), settled('120.00'), taken('120.00')];
  expect(watching(...part, ordered('180.00', 2, DUE, '180.00'))).toEqual({ findings: 0, unfinished: 1 });
  expect(watching(granted, ordered(), initiated())).toEqual({ findings: 0, unfinished: 1 });
  expect(watching(granted, ordered(), initiated(), revoked, settled(), taken())).toEqual(SOUND);
});

test.each<[string, readonly DomainEvent[]]>([
  ['without a mandate', [ordered()]],
  ['under one that has ended', [granted, revoked, ordered()]],
  ['before or after its days', [granted, ordered('300.00', 1, on('2027-01-02'))]],
  ['beside another one', [granted, ordered(), ordered('300.00', 1, on('2026-04-02'))]],
  ['of more than is due', [granted, ordered('300.01')]],
  ['of more than is agreed', [granted, ordered('600.00', 1, DUE, '600.00')]],
  ['for a due date that was debited', [granted, ordered(), initiated(), settled(), taken(), ordered()]],
  ['that nobody ordered', [granted, initiated()]],
  ['of another amount than was ordered', [granted, ordered(), initiated('299.99')]],
  ['of what the loan does not owe', [granted, ordered('300.01', 1, DUE, '300.01')]],
  ['of which a part is taken where all was asked for', [granted, ordered(), initiated(), settled('299.99')]],
  ['that took more than was ordered', [granted, ordered(), initiated(), settled('300.01')]],
  ['that is concluded twice', [granted, ordered(), initiated(), settled(), taken(), taken()]],
])('a debit %s is found', (_what, facts) => {
  expect(watching(...facts).findings).toBe(1);
});
