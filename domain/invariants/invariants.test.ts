import { active, repaid as repays, contract as signedContract } from '../../tests/support/example-loan';
import type { LoanEvent } from '../loan';
import { INVARIANTS, type LoggedFact, watchInvariants } from '.';

const META = {
  commandId: 'c',
  fingerprint: 'f',
  valueDate: '2026-03-02',
  bookedAt: '2026-03-02T00:00:00.000Z',
  actor: { kind: 'system', id: 's' },
};
let ids = 0;

/** A fact with just the data that invariants look at. */
const fact = (type: string, stream: string, data: object, id = `e${++ids}`, meta: object = {}): LoggedFact =>
  ({ type, stream, data, id, position: '1', meta: { ...META, ...meta } }) as unknown as LoggedFact;

const cny = (amount: string) => ({ amount, currency: 'CNY' });
const entry = (cause: string, postings: readonly [string, 'debit' | 'credit', string][]): LoggedFact =>
  fact('EntryPosted', 'ledger-1', {
    entryId: `entry-${cause}`,
    cause: { eventId: cause, type: 'LoanDisbursed', stream: 'loan-1' },
    bookedOn: '2026-03-02',
    postings: postings.map(([account, side, amount]) => ({ account, side, amount: cny(amount) })),
  });

/** What a fact of a loan's account carries, as far as invariants look at it: the principal of its installments. */
const account = (principal: readonly string[], outstanding: string, transactions: readonly object[] = []) => ({
  valueDate: '2026-03-02',
  change: {
    count: principal.length,
    installments: principal.map((amount, index) => ({
      n: index + 1,
      ...{ from: '2026-03-02', due: '2026-04-02', owed: { principal: amount }, balance: amount },
    })),
    transactions,
  },
  journal: {},
  outstanding: cny(outstanding),
  principalOutstanding: cny(outstanding),
});
const lending = (amount: string) => ({ parts: { principal: amount } });
const receivable = (side: 'debit' | 'credit', amount: string) => ({ [side]: { 'principal-receivable': amount } });
const disbursed = (id = 'd1', amount = '100.00', principal = ['40.00', '60.00']) =>
  fact(
    'LoanDisbursed',
    'loan-1',
    {
      ...account(principal, amount, [lending(amount)]),
      fact: { id: 'payout', kind: 'disbursement', amount },
      journal: receivable('debit', amount),
      amount: cny(amount),
    },
    id,
  );
const repaid = (principal: string, outstanding: string, repaymentId = 'repayment-1', amount = principal) =>
  fact('RepaymentApplied', 'loan-1', {
    ...account(['40.00', '60.00'], outstanding),
    journal: receivable('credit', principal),
    repaymentId,
    amount: cny(amount),
    totals: { penalty: cny('0.00'), fee: cny('0.00'), interest: cny('0.00'), principal: cny(principal) },
    unapplied: cny('0.00'),
    recovered: cny('0.00'),
  });
const settled = (amount: string, stream = 'repayment-1') => fact('RepaymentSettled', stream, { amount: cny(amount) });
const contract = (allInRate: string) => ({ ...signedContract, allInRate, quoteHash: 'q' });
const approved = (allInRate = '0.2') =>
  fact('ApplicationApproved', 'application-1', { cap: '0.24', offer: contract(allInRate), decision: undefined });
const opened = (changes: object = {}) =>
  fact('LoanOpened', 'loan-1', {
    applicationId: 'application-1',
    contract: contract('0.2'),
    cap: '0.24',
    payee: { cardId: 'card' },
    openedOn: '2026-01-15',
    ...changes,
  });
const signed = fact('ContractSigned', 'application-1', {});
const requested = (cardId = 'card', amount = '3000.00') =>
  fact('PayoutRequested', 'payout-1', { loanId: 'loan-1', amount: cny(amount), payee: { cardId } });
const submitted = fact('ApplicationSubmitted', 'application-1', { borrowerId: 'borrower-1' });
const initiated = (stream = 'repayment-1') => fact('RepaymentInitiated', stream, {});
const drawn = fact('TrancheRequested', 'loan-1', { payoutId: 'payout-1', amount: cny('1.00') });
const payout = (type: string, effectId: string) => fact(type, 'payout-1', { loanId: 'loan-1', effectId });
const line = (type: string, data: object) => fact(type, 'creditline-1', data);
const openLine = line('CreditLineOpened', { limit: cny('100.00') });
const reserved = (amount: string, applicationId = 'application-1') =>
  line('CreditReserved', { applicationId, amount: cny(amount) });

const findingsIn = (facts: readonly LoggedFact[]): readonly string[] => {
  const watch = watchInvariants();
  return facts.flatMap((each) => watch.see(each).map(({ invariant }) => invariant));
};

/** What really happened to a loan: it was paid out, and a repayment of more than its payoff closed it. */
const livedFacts = repays(active, 'a', '3100.00', '2026-01-15').map((event) =>
  event.type === 'LoanOpened' ? opened() : fact(event.type, 'loan-1', event.data),
);
const booked = (event: LoanEvent, change: object): LoanEvent =>
  event.type === 'LoanDisbursed' ? { ...event, data: { ...event.data, ...change } } : event;
/** The plan of the contract, but with another due date. */
const replanned = active.slice(1).map((event) => {
  if (event.type !== 'LoanDisbursed') return fact(event.type, 'loan-1', event.data);
  const { change } = event.data;
  const installments = change.installments?.map((row) => ({ ...row, due: event.data.valueDate }));
  return fact(event.type, 'loan-1', booked(event, { change: { ...change, installments } }).data);
});

const soundBooks = (cause: string) =>
  entry(cause, [
    ['1101', 'debit', '100.00'],
    ['1001', 'credit', '100.00'],
  ]);

test('every invariant has a number of its own and says what it demands', () => {
  expect(new Set(INVARIANTS.map(({ id }) => id)).size).toBe(INVARIANTS.length);
  for (const { statement } of INVARIANTS) expect(statement).toMatch(/\w/);
});

test('a sound life has no findings and leaves nothing unfinished', () => {
  const watch = watchInvariants();
  const [, , ...repayment] = livedFacts;
  const life = [
    submitted,
    approved(),
    fact('OfferAccepted', 'application-1', { quoteHash: 'q' }),
    signed,
    opened(),
    requested(),
    payout('PayoutSubmitted', 'payout-1.1'),
    payout('PayoutSettled', 'payout-1.1'),
    fact('LoanDisbursed', 'loan-1', active[1]?.data ?? {}, 'd2'),
    entry('d2', [
      ['1101', 'debit', '3000.00'],
      ['1001', 'credit', '3000.00'],
    ]),
    openLine,
    reserved('60.00'),
    line('CreditDrawn', { applicationId: 'application-1', amount: cny('60.00') }),
    line('CreditRestored', { amount: cny('60.00') }),
    initiated('repayment-a'),
    settled('3100.00', 'repayment-a'),
    ...repayment,
  ];
  expect(life.flatMap((each) => watch.see(each))).toEqual([]);
  const last = repayment[0]?.id ?? '';
  expect(watch.unfinished()).toBe(1);
  expect(
    watch.see(
      entry(last, [
        ['2002', 'debit', '3040.00'],
        ['1101', 'credit', '3000.00'],
        ['2003', 'credit', '40.00'],
      ]),
    ),
  ).toEqual([]);
  expect(watch.unfinished()).toBe(0);
});

const level = (amount: string) => ({ accrued: cny(amount), suspended: cny('0.00') });
const lastAccrued = (): string => `e${ids}`;
/** A register's word on a date, of loans that have earned nothing. */
const accrued = (valueDate: string, amount: string, change = amount) =>
  fact('InterestAccrued', 'accrual-cash-cny', {
    ...{ productId: 'product-cash', currency: 'CNY', valueDate, loans: 1, through: '' },
    ...{ accrued: level(amount), change: level(change), restated: level('0.00') },
  });
const closed = (through: string, closedOn: string) => fact('PeriodClosed', 'period-house', { through, closedOn });
const bookedOn = (day: string) => {
  const posted = soundBooks('d9');
  return fact('EntryPosted', 'ledger-1', { ...posted.data, bookedOn: day });
};

const failed = (final: boolean) => fact('PayoutFailed', 'payout-1', { effectId: 'payout-1.1', final });
const released = (amount: string) => line('CreditReleased', { applicationId: 'application-1', amount: cny(amount) });
/** Time passes on a loan, and so much interest is earned. */
const earned = (amount: string) =>
  fact('LoanAged', 'loan-1', {
    ...account(['40.00', '60.00'], '100.00'),
    journal: { debit: { 'interest-receivable': amount }, credit: { 'interest-income': amount } },
  });
/** The plan of the contract, but with so much interest in its first installment. */
const withInterest = (interest: string) =>
  active.slice(1).map((event) => {
    if (event.type !== 'LoanDisbursed') return fact(event.type, 'loan-1', event.data);
    const [first, ...others] = event.data.change.installments ?? [];
    if (first?.owed === undefined) throw new Error('the example loan has a plan');
    const installments = [{ ...first, owed: { ...first.owed, interest } }, ...others];
    const change = { ...event.data.change, installments };
    return fact(event.type, 'loan-1', booked(event, { change }).data);
  });

const lent = active.slice(1).map((event) => fact(event.type, 'loan-1', event.data));
/** Nothing but the plan is other than before. */
const dearer = fact('RateChanged', 'loan-1', {
  ...account([], '3000.00'),
  change: { installments: [{ n: 1, owed: { principal: '1000.00', interest: '900.00' } }] },
});

const unbalanced = entry('x', [
  ['1001', 'debit', '1.00'],
  ['4001', 'credit', '0.99'],
]);

test.each([
  ['I-01', 'an entry that does not balance', [unbalanced]],
  [
    'I-01',
    'an entry without a cause',
    [
      entry('', [
        ['1001', 'debit', '1.00'],
        ['4001', 'credit', '1.00'],
      ]),
    ],
  ],
  ['I-02', 'books that are off', [unbalanced]],
  [
    'I-08',
    'a loan that is paid out of the house’s own pocket',
    [
      entry('x', [
        ['2003', 'debit', '1.00'],
        ['3001', 'credit', '1.00'],
      ]),
    ],
  ],
  ['I-06', 'a fact that is booked twice', [disbursed('d1'), soundBooks('d1'), soundBooks('d1')]],
  ['I-05', 'an entry that changes a receivable as no loan does', [soundBooks('nothing')]],
  [
    'I-05',
    'an entry of another amount than its fact',
    [
      disbursed('d1'),
      entry('d1', [
        ['1101', 'debit', '99.00'],
        ['1001', 'credit', '99.00'],
      ]),
    ],
  ],
  [
    'I-05',
    'a register whose entry says another amount',
    [
      accrued('2026-03-01', '1.00'),
      entry(lastAccrued(), [
        ['1105', 'debit', '0.99'],
        ['4001', 'credit', '0.99'],
      ]),
    ],
  ],
  ['I-14', 'interest of loans that are not there', [accrued('2026-03-01', '1.00')]],
  ['I-14', 'a date registered twice', [accrued('2026-03-01', '0.00'), accrued('2026-03-01', '0.00')]],
  ['I-14', 'a change that is none', [accrued('2026-03-01', '0.00', '0.01')]],
  ['I-42', 'an entry in books that are closed', [closed('2026-03-31', '2026-04-01'), bookedOn('2026-03-31')]],
  ['I-42', 'a period closed before it is over', [closed('2026-03-31', '2026-03-31')]],
  ['I-42', 'a period closed twice', [closed('2026-03-31', '2026-04-01'), closed('2026-03-31', '2026-04-02')]],
  ['I-09', 'a plan that does not repay the principal', [disbursed('d1', '100.01')]],
  [
    'I-09',
    'a change of plan that asks for a cent more than was lent',
    [disbursed(), fact('LoanReAmortized', 'loan-1', account(['40.00', '30.00', '30.01'], '100.00'))],
  ],
  [
    'I-09',
    'a shorter plan that forgets a part of what was lent',
    [disbursed(), fact('LoanReAmortized', 'loan-1', account(['40.00'], '100.00'))],
  ],
  ['I-04', 'more repaid than lent', [disbursed(), settled('100.01'), repaid('100.01', '-0.01')]],
  [
    'I-04',
    'more principal outstanding than there is in all',
    [disbursed(), fact('LoanAged', 'loan-1', { ...account(['40.00', '60.00'], '100.00'), outstanding: cny('99.99') })],
  ],
  ['I-04', 'a loan closed with debt', [disbursed(), fact('LoanClosed', 'loan-1', {})]],
  ['I-12', 'an offer above the cap', [approved('0.240001')]],
  ['I-12', 'a contract above the cap', [approved(), opened({ contract: contract('0.240001') })]],
  ['I-13', 'another quote accepted', [approved(), fact('OfferAccepted', 'application-1', { quoteHash: 'other' })]],
  [
    'I-13',
    'a contract that was not offered',
    [approved(), opened({ contract: { ...contract('0.2'), quoteHash: 'other' } })],
  ],
  ['I-13', 'another plan booked', [approved(), opened(), ...replanned]],
  [
    'I-15',
    'a repayment applied twice',
    [disbursed(), settled('40.00'), repaid('40.00', '60.00'), repaid('40.00', '20.00')],
  ],
  ['I-15', 'a repayment applied before it settled', [disbursed(), repaid('40.00', '60.00')]],
  [
    'I-15',
    'a cent that is allocated nowhere',
    [disbursed(), settled('40.01'), repaid('40.00', '60.00', 'repayment-1', '40.01')],
  ],
  ['I-18', 'a payout without a signed contract', [approved(), opened(), requested()]],
  ['I-18', 'a payout to another card', [approved(), signed, opened(), requested('other')]],
  ['I-20', 'two payouts in flight', [payout('PayoutSubmitted', 'a'), payout('PayoutSubmitted', 'b')]],
  [
    'I-20',
    'a second payout of a loan that is paid out in one sum',
    [
      ...[approved(), signed, opened(), requested()],
      fact('PayoutRequested', 'payout-2', { loanId: 'loan-1', amount: cny('3000.00'), payee: { cardId: 'card' } }),
    ],
  ],
  ['I-20', 'a tranche drawn twice', [drawn, drawn]],
  ['I-20', 'a loan paid out twice', [payout('PayoutSettled', 'a'), payout('PayoutSettled', 'b')]],
  ['I-20', 'a payout after a settled one', [payout('PayoutSettled', 'a'), payout('PayoutSubmitted', 'b')]],
  ['I-22', 'a line that is exceeded', [openLine, reserved('60.00', 'a'), reserved('40.01', 'b')]],
  [
    'I-22',
    'a release of more than was reserved',
    [openLine, reserved('60.00'), line('CreditReleased', { applicationId: 'application-1', amount: cny('60.01') })],
  ],
  [
    'I-38',
    'a source asked without consent',
    [
      fact('ApplicationSubmitted', 'application-1', { borrowerId: 'borrower-1' }),
      fact('ApplicationReferred', 'application-1', {
        decision: {
          outcome: 'refer',
          reasons: ['BUREAU_UNAVAILABLE'],
          policy: { hash: 'h' },
          features: { age: 1 },
          sources: [{ source: 'bureau', consentId: 'none' }],
        },
      }),
    ],
  ],
  [
    'I-37',
    'a no without a reason',
    [
      fact('ApplicationRejected', 'application-1', {
        decision: { outcome: 'reject', reasons: [], policy: { hash: 'h' }, features: { age: 1 }, sources: [] },
      }),
    ],
  ],
  ['I-03', 'an amount finer than its currency', [line('CreditLineOpened', { limit: cny('100.001') })]],
  ['I-03', 'an amount of no currency', [line('CreditLineOpened', { limit: { amount: '1.00', currency: '' } })]],
  ['I-07', 'an entry of a fact that is not on record', [soundBooks('nothing')]],
  ['I-07', 'a fact that nobody wanted', [fact('CreditLineOpened', 'creditline-1', {}, 'e', { commandId: '' })]],
  ['I-10', 'a portion below nothing', [disbursed('d1', '100.00', ['140.00', '-40.00'])]],
  [
    'I-10',
    'something left after the last installment',
    [disbursed('d1', '100.00', ['40.00', '60.00']), fact('LoanReAmortized', 'loan-1', account(['40.00'], '100.00'))],
  ],
  ['I-11', 'interest of a cent an installment too much', [submitted, approved(), opened(), ...withInterest('12.00')]],
  ['I-16', 'a change that makes a loan dearer than the law allows', [opened(), ...lent, dearer]],
  ['I-17', 'interest on a loan that is closed', [disbursed(), fact('LoanClosed', 'loan-1', {}), earned('0.01')]],
  ['I-17', 'interest before anything is paid out', [opened(), earned('0.01')]],
  ['I-19', 'a payout of another amount than the contract’s', [signed, opened(), requested('card', '3000.01')]],
  ['I-19', 'a payout of another amount than was drawn', [signed, opened(), drawn, requested('card', '1.01')]],
  ['I-21', 'a life that begins in its middle', [approved()]],
  ['I-21', 'a second beginning', [submitted, submitted]],
  [
    'I-21',
    'a way out of an end',
    [submitted, fact('ApplicationExpired', 'application-1', {}), fact('OfferAccepted', 'application-1', {})],
  ],
  ['I-21', 'another attempt after the last', [requested(), failed(true), payout('PayoutSubmitted', 'payout-1.4')]],
  [
    'I-23',
    'a reservation given back while its application goes on',
    [submitted, openLine, reserved('60.00'), released('60.00')],
  ],
  ['I-23', 'a reservation given back twice', [openLine, reserved('60.00'), released('60.00'), released('60.00')]],
  ['I-25', 'a loan closed while something is receivable', [disbursed(), fact('LoanClosed', 'loan-1', {})]],
  [
    'I-27',
    'a command that takes effect twice',
    ['a', 'b', 'a'].map((commandId) => fact('CreditLineFrozen', 'creditline-1', {}, `e-${commandId}`, { commandId })),
  ],
  [
    'I-27',
    'a command that is two different ones',
    ['f', 'g'].map((fingerprint) => fact('CreditLineFrozen', 'creditline-1', {}, `e-${fingerprint}`, { fingerprint })),
  ],
  ['I-29', 'an event that is there twice', [fact('A', 'a-1', {}, 'same'), fact('A', 'a-1', {}, 'same')]],
  ['I-33', 'a settlement after a “no”', [requested(), failed(false), payout('PayoutSettled', 'payout-1.1')]],
  ['I-33', 'a “no” after a settlement', [requested(), payout('PayoutSettled', 'payout-1.1'), failed(false)]],
] as const)('%s finds %s', (invariant, _what, facts) => {
  expect(findingsIn(facts)).toContain(invariant);
});
