import { specificationFor } from '../../tests/support/decider-specification';
import { BORROWER, cny, LOAN } from '../../tests/support/example-loan';
import type { BorrowerStanding } from '../borrower';
import { automaticRepaymentId, borrowerId, businessDate, instant, mandateId } from '../kernel';
import type { LoanDues } from '../loan';
import { type Agreement, type MandateEvent, mandateDecider } from '.';

const TODAY = '2026-03-02';
const { given } = specificationFor(mandateDecider, TODAY);

const on = businessDate;
const MANDATE = mandateId(LOAN);
const DUE = on(TODAY);
const FIRST = automaticRepaymentId(LOAN, DUE, 1);
const payer = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
const agreement: Agreement = {
  perDebit: cny('1000.00'),
  perMonth: cny('1500.00'),
  from: on('2026-02-01'),
  to: on('2027-02-01'),
  payDays: [5, 31],
  textVersion: '2026-01',
  textHash: 'a1',
};
const borrower: BorrowerStanding = { status: 'verified', cards: ['card-1'], consents: ['direct-debit'] };
const owing = (amount: string): LoanDues => ({ status: 'active', borrowerId: BORROWER, unpaid: cny(amount) });

const grantedWith = (changes: Partial<Agreement> = {}, number = 1): MandateEvent => ({
  type: 'MandateGranted',
  data: {
    ...{ loanId: LOAN, borrowerId: BORROWER, number, payer },
    ...{ agreement: { ...agreement, ...changes }, grantedOn: on('2026-02-01') },
  },
});
const granted = grantedWith();
const revoked: MandateEvent = { type: 'MandateRevoked', data: { loanId: LOAN, number: 1, reason: 'another bank' } };
const ordered = (amount = '300.00', dueDate = DUE, attempt = 1, due = amount): MandateEvent => ({
  type: 'DebitOrdered',
  data: {
    ...{ loanId: LOAN, dueDate, attempt, repaymentId: automaticRepaymentId(LOAN, dueDate, attempt) },
    ...{ borrowerId: BORROWER, payer, due: cny(due), amount: cny(amount), orderedOn: dueDate },
  },
});
const attemptOf = (dueDate = DUE, attempt = 1) => ({
  ...{ loanId: LOAN, dueDate, repaymentId: automaticRepaymentId(LOAN, dueDate, attempt), attempt },
});
const taken = (amount = '300.00', dueDate = DUE): MandateEvent => ({
  type: 'DebitTaken',
  data: { ...attemptOf(dueDate), amount: cny(amount) },
});
const failed = (
  reason: string,
  kind: 'no-funds' | 'technical' | 'closed' | 'withdrawn',
  attempt = 1,
): MandateEvent => ({
  type: 'DebitFailed',
  data: { ...attemptOf(DUE, attempt), reason, kind },
});
const retry = (attempt: number, at: string, dueDate = DUE): MandateEvent => ({
  type: 'DebitRetryPlanned',
  data: { loanId: LOAN, dueDate, attempt, at: instant(at), policy: { name: 'first-retry', version: 1 } },
});
const givenUp = (reason: 'tried-enough' | 'mandate-ended' | 'next-due-date' | 'nothing-due'): MandateEvent => ({
  type: 'DebitGivenUp',
  data: { loanId: LOAN, dueDate: DUE, reason },
});
const passedOver = (
  reason: 'nothing-due' | 'limit-reached' | 'consent-not-in-force' | 'card-unknown' | 'not-in-force',
) => [{ type: 'DebitPassedOver', data: { loanId: LOAN, dueDate: DUE, reason } }] as const satisfies MandateEvent[];

const grant = (changes: Partial<Agreement> = {}, facts: object = {}) =>
  ({
    type: 'GrantMandate',
    data: {
      ...{ mandateId: MANDATE, loanId: LOAN, borrowerId: BORROWER, cardId: 'card-1' },
      agreement: { ...agreement, ...changes },
    },
    facts: { dues: owing('0.00'), borrower, payer, ...facts },
  }) as const;
const order = (dues = owing('300.00'), changes: { dueDate?: typeof DUE; attempt?: number } = {}, who = borrower) =>
  ({
    type: 'OrderDebit',
    data: { mandateId: MANDATE, loanId: LOAN, dueDate: DUE, attempt: 1, ...changes },
    facts: { dues, borrower: who },
  }) as const;
const revoke = {
  type: 'RevokeMandate',
  data: { mandateId: MANDATE, borrowerId: BORROWER, reason: 'another bank' },
} as const;
type Result =
  | { outcome: 'failed' | 'withdrawn'; reason: string }
  | { outcome: 'taken'; amount: ReturnType<typeof cny> };
const hear = (result: Result, repaymentId = FIRST) =>
  ({ type: 'RecordDebit', data: { mandateId: MANDATE, repaymentId, result } }) as const;
const no = (reason: string) => hear({ outcome: 'failed', reason });

describe('A mandate', () => {
  test('is granted by the borrower of the loan, for a card of theirs, under a consent', () => {
    given([])
      .when(grant())
      .thenMatching([{ type: 'MandateGranted', data: { number: 1, payer, grantedOn: TODAY } }]);
    given([])
      .when(grant({}, { borrower: { ...borrower, consents: [] } }))
      .thenRefused('CONSENT_NOT_IN_FORCE');
    given([])
      .when(grant({}, { payer: undefined }))
      .thenRefused('CARD_UNKNOWN');
    given([])
      .when(grant({}, { dues: { ...owing('1.00'), borrowerId: borrowerId('another') } }))
      .thenRefused('NOT_FOUND');
    given([])
      .when(grant({}, { dues: { ...owing('1.00'), status: 'closed' } }))
      .thenRefused('LOAN_NOT_ACTIVE');
    given([])
      .when(grant({}, { dues: { ...owing('1.00'), unpaid: { amount: '1', currency: 'JPY' } } }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  test('agrees with itself', () => {
    for (const flaw of [
      { perDebit: cny('2000.00') },
      { perDebit: cny('0.00') },
      { perMonth: { amount: '9000', currency: 'JPY' } as const },
      { from: on('2027-03-01') },
      { to: on('2026-03-01') },
      { payDays: [5, 5] },
    ]) {
      given([]).when(grant(flaw)).thenRefused('MANDATE_TERMS_INVALID');
    }
  });

  test('is one at a time, and can be granted again once it has ended', () => {
    given([granted]).when(grant()).thenRefused('ALREADY_EXISTS');
    given([granted, revoked])
      .when(grant())
      .thenMatching([{ type: 'MandateGranted', data: { number: 2 } }]);
  });

  test('is revoked by its borrower at any time, and what was being tried again with it', () => {
    given([granted]).when(revoke).then([revoked]);
    given([granted, revoked]).when(revoke).thenNothing();
    given([granted])
      .when({ ...revoke, data: { ...revoke.data, borrowerId: borrowerId('another') } })
      .thenRefused('NOT_FOUND');
    given([granted, ordered(), failed('insufficient-funds', 'no-funds'), retry(2, '2026-03-02T10:00:00.000Z')])
      .when(revoke)
      .then([revoked, givenUp('mandate-ended')]);
    given([]).when(revoke).thenRefused('NOT_FOUND');
  });

  test('expires after its last day, and not another one in its place', () => {
    const expire = (number: number) => ({ type: 'ExpireMandate', data: { mandateId: MANDATE, number } }) as const;
    const short = grantedWith({ to: on('2026-03-01') });
    given([short])
      .when(expire(1))
      .then([{ type: 'MandateExpired', data: { loanId: LOAN, number: 1, expiredOn: DUE } }]);
    given([granted]).when(expire(1)).thenNothing();
    given([short, revoked, grantedWith({}, 2)])
      .when(expire(1))
      .thenNothing();
  });
});

describe('A debit', () => {
  test('is announced once, as far as the limit goes', () => {
    const announce = (unpaid: string) =>
      ({
        type: 'AnnounceDebit',
        data: { mandateId: MANDATE, loanId: LOAN, dueDate: on('2026-03-05') },
        facts: { dues: owing(unpaid) },
      }) as const;
    const told: MandateEvent = {
      type: 'DebitAnnounced',
      data: {
        ...{ loanId: LOAN, borrowerId: BORROWER, payer, dueDate: on('2026-03-05') },
        ...{ amount: cny('1000.00'), announcedOn: DUE },
      },
    };
    given([granted]).when(announce('1200.00')).then([told]);
    given([granted, told]).when(announce('1200.00')).thenNothing();
    given([granted]).when(announce('0.00')).thenNothing();
    given([granted, revoked]).when(announce('1200.00')).thenNothing();
    given([grantedWith({ from: on('2026-03-06') })])
      .when(announce('1200.00'))
      .thenNothing();
  });

  test('takes what is due and unpaid, and no more', () => {
    given([granted]).when(order()).then([ordered()]);
    given([granted])
      .when(order(owing('1200.00')))
      .then([ordered('1000.00', DUE, 1, '1200.00')]);
    given([granted, ordered('700.00', on('2026-03-01')), taken('700.00', on('2026-03-01'))])
      .when(order(owing('900.00')))
      .then([ordered('800.00', DUE, 1, '900.00')]);
  });

  test('is ordered once for a due date, whoever orders it how often', () => {
    given([granted, ordered()]).when(order()).thenNothing();
    given([granted, ordered(), taken()]).when(order()).thenNothing();
    given([granted, ordered()])
      .when(order(owing('300.00'), { attempt: 2 }))
      .thenNothing();
    given([granted, ...passedOver('nothing-due')])
      .when(order())
      .thenNothing();
    given([granted])
      .when(order(owing('300.00'), { dueDate: on('2026-01-31') }))
      .thenNothing();
  });

  test('is ordered under a live mandate only, and not before the day', () => {
    given([granted, revoked]).when(order()).thenRefused('MANDATE_NOT_LIVE');
    given([]).when(order()).thenRefused('NOT_FOUND');
    given([granted])
      .when(order(owing('1.00'), { dueDate: on('2026-03-03') }))
      .thenRefused('VALUE_DATE_INVALID');
  });

  test('is passed over, with the reason, where something stands in its way', () => {
    given([granted])
      .when(order(owing('0.00')))
      .then(passedOver('nothing-due'));
    given([granted])
      .when(order(owing('1.00'), {}, { ...borrower, consents: [] }))
      .then(passedOver('consent-not-in-force'));
    given([granted])
      .when(order(owing('1.00'), {}, { ...borrower, cards: [] }))
      .then(passedOver('card-unknown'));
    given([grantedWith({ to: on('2026-03-01') })])
      .when(order())
      .then(passedOver('not-in-force'));
    given([
      grantedWith({ perDebit: cny('1500.00') }),
      ordered('1500.00', on('2026-03-01')),
      taken('1500.00', on('2026-03-01')),
    ])
      .when(order())
      .then(passedOver('limit-reached'));
  });

  test('waits for one whose outcome is not known, and follows it', () => {
    const before = [granted, ordered('200.00', on('2026-03-01'))];
    const behind = automaticRepaymentId(LOAN, on('2026-03-01'), 1);
    const deferred: MandateEvent = { type: 'DebitDeferred', data: { loanId: LOAN, dueDate: DUE, behind } };
    given(before).when(order()).then([deferred]);
    given([...before, deferred])
      .when(order())
      .thenNothing();
    const settled = taken('200.00', on('2026-03-01'));
    given([...before, deferred])
      .when(hear({ outcome: 'taken', amount: cny('200.00') }, behind))
      .then([settled, retry(1, '2026-03-02T02:00:00.000Z')]);
    given([...before, deferred, settled, retry(1, '2026-03-02T02:00:00.000Z')])
      .when(order())
      .then([ordered()]);
  });
});

describe('What became of a debit', () => {
  const tried = [granted, ordered()];

  test('is taken once', () => {
    given(tried)
      .when(hear({ outcome: 'taken', amount: cny('300.00') }))
      .then([taken()]);
    given([...tried, taken()])
      .when(hear({ outcome: 'taken', amount: cny('300.00') }))
      .thenNothing();
    given(tried)
      .when(hear({ outcome: 'taken', amount: cny('300.01') }))
      .thenRefused('AMOUNT_MISMATCH');
  });

  test('no money: later the same day, then on the pay days, four times in all', () => {
    const first = [failed('insufficient-funds', 'no-funds'), retry(2, '2026-03-02T10:00:00.000Z')];
    given(tried).when(no('insufficient-funds')).then(first);
    const again = [...tried, ...first, ordered('300.00', DUE, 2)];
    const second = automaticRepaymentId(LOAN, DUE, 2);
    const refusedAt = (at: string) => ({
      ...hear({ outcome: 'failed', reason: 'insufficient-funds' }, second),
      at: instant(at),
    });
    given(again)
      .when(refusedAt('2026-03-02T10:00:05.000Z'))
      .then([failed('insufficient-funds', 'no-funds', 2), retry(3, '2026-03-05T02:00:00.000Z')]);
    given(again)
      .when(refusedAt('2026-03-20T10:00:05.000Z'))
      .then([failed('insufficient-funds', 'no-funds', 2), givenUp('tried-enough')]);
    const tired = [1, 2, 3].flatMap((attempt) => [
      ordered('300.00', DUE, attempt),
      failed('insufficient-funds', 'no-funds', attempt),
      retry(attempt + 1, '2026-03-05T02:00:00.000Z'),
    ]);
    given([granted, ...tired, ordered('300.00', DUE, 4)])
      .when(hear({ outcome: 'failed', reason: 'insufficient-funds' }, automaticRepaymentId(LOAN, DUE, 4)))
      .then([failed('insufficient-funds', 'no-funds', 4), givenUp('tried-enough')]);
  });

  test('without pay days, every three days', () => {
    const evening = { ...no('insufficient-funds'), at: instant('2026-03-02T11:00:00.000Z') };
    given([grantedWith({ payDays: [] }), ordered()])
      .when(evening)
      .then([failed('insufficient-funds', 'no-funds'), retry(2, '2026-03-05T02:00:00.000Z')]);
  });

  test('the way to it failed: at once, three times more', () => {
    given(tried)
      .when(no('technical-error'))
      .then([failed('technical-error', 'technical'), retry(2, '2026-03-02T02:01:00.000Z')]);
    const attempts = [1, 2, 3].flatMap((attempt) => [
      ordered('300.00', DUE, attempt),
      failed('technical-error', 'technical', attempt),
      retry(attempt + 1, '2026-03-02T02:01:00.000Z'),
    ]);
    given([granted, ...attempts, ordered('300.00', DUE, 4)])
      .when(hear({ outcome: 'failed', reason: 'technical-error' }, automaticRepaymentId(LOAN, DUE, 4)))
      .then([failed('technical-error', 'technical', 4), givenUp('tried-enough')]);
  });

  test('the account is not to be debited: that ends the mandate', () => {
    const refused: MandateEvent = {
      type: 'MandateRefused',
      data: { loanId: LOAN, number: 1, repaymentId: FIRST, reason: 'account-closed' },
    };
    given(tried)
      .when(no('account-closed'))
      .then([failed('account-closed', 'closed'), refused, givenUp('mandate-ended')]);
  });

  test('a part of it was taken: the rest is tried as if there had been no money', () => {
    given(tried)
      .when(hear({ outcome: 'taken', amount: cny('120.00') }))
      .then([taken('120.00'), retry(2, '2026-03-02T10:00:00.000Z')]);
  });

  test('it was never sent: nothing more is tried', () => {
    given(tried)
      .when(hear({ outcome: 'withdrawn', reason: 'LOAN_NOT_ACTIVE' }))
      .then([failed('LOAN_NOT_ACTIVE', 'withdrawn')]);
  });

  test('after the mandate has ended is still recorded, and nothing is tried again', () => {
    given([...tried, revoked])
      .when(no('insufficient-funds'))
      .then([failed('insufficient-funds', 'no-funds'), givenUp('mandate-ended')]);
    given([...tried, revoked])
      .when(hear({ outcome: 'taken', amount: cny('300.00') }))
      .then([taken()]);
  });

  test('what was not taken does not count against the month', () => {
    given([
      grantedWith({ perMonth: cny('1000.00') }),
      ordered('1000.00'),
      failed('insufficient-funds', 'no-funds'),
      retry(2, '2026-03-02T10:00:00.000Z'),
    ])
      .when(order(owing('1000.00'), { attempt: 2 }))
      .thenMatching([{ type: 'DebitOrdered', data: { amount: cny('1000.00') } }]);
  });

  test('another due date takes the place of what is still being tried', () => {
    const next = on('2026-03-12');
    const before = [...tried, failed('insufficient-funds', 'no-funds'), retry(2, '2026-03-31T02:00:00.000Z')];
    given(before)
      .when({ ...order(owing('600.00'), { dueDate: next }), businessDate: next })
      .then([givenUp('next-due-date'), ordered('600.00', next)]);
  });
});
