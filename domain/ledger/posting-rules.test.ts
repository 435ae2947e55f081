import fc from 'fast-check';
import { issuedOn } from '../../tests/support/decider-specification';
import {
  active,
  aged,
  cny,
  disbursedLoan,
  LOAN,
  obey,
  PAYOUT,
  quoteFor,
  repaid,
  TERMS,
} from '../../tests/support/example-loan';
import { type Life, lifePlan, playLife } from '../../tests/support/loan-lives';
import {
  businessDate,
  fold,
  formatMinor,
  formatMoney,
  instant,
  isRefusal,
  ledgerId,
  type MoneyText,
  moneyOf,
  parseMoney,
} from '../kernel';
import { BOOK_ROLES, type BookLine, type BookRole, type LoanEvent, loanDecider, outstandingOf } from '../loan';
import type { PayoutEvent } from '../payout';
import type { SettlingAction } from '../reconciliation';
import type { RepaymentEvent } from '../repayment';
import { type LoanTerms, paidOutOf } from '../schedule';
import {
  type AccountCode,
  type Balances,
  entryFor,
  FINANCIAL_EVENTS,
  heldIn,
  isBalanced,
  type LedgerState,
  ledgerDecider,
  ledgerEvents,
  ledgerIdFor,
  trialBalance,
} from '.';

type MoneyEvent = LoanEvent | PayoutEvent | RepaymentEvent;

const recorded = (event: MoneyEvent, index = 0, stream: string = LOAN) => ({ ...event, id: `event-${index}`, stream });
const postingsOf = (event: MoneyEvent) =>
  entryFor(recorded(event))?.postings.map(({ side, account, amount }) => `${side} ${account} ${amount.amount}`);

const day = businessDate('2026-03-02');
const movement = (amount: MoneyText) => ({ loanId: LOAN, amount, channel: 'unionlike', effectId: 'e1' });
const submitted = (amount: MoneyText): PayoutEvent => ({
  type: 'PayoutSubmitted',
  data: { ...movement(amount), attempt: 1, submittedAt: instant('2026-03-02T02:00:00.000Z'), valueDate: day },
});
const paidOut = (amount: MoneyText): PayoutEvent => ({
  type: 'PayoutSettled',
  data: { ...movement(amount), channelReference: 'ch-1', valueDate: day },
});
const payoutFailed = (amount: MoneyText): PayoutEvent => ({
  type: 'PayoutFailed',
  data: { ...movement(amount), attempt: 1, reason: 'card closed', final: false, valueDate: day },
});
const debited = (amount: MoneyText): RepaymentEvent => ({
  type: 'RepaymentSettled',
  data: { ...movement(amount), channelReference: 'ch-2', valueDate: day },
});
const on = businessDate;
const writeOff = { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } } as const;
/** What the last command led to in the books, one list for each of its facts. */
const bookedSince = (before: readonly LoanEvent[], after: readonly LoanEvent[]) =>
  after.slice(before.length).flatMap((event) => postingsOf(event) ?? []);
/** A fact of a loan that is this in the books. */
const inTheBooks = (lines: readonly BookLine[]): LoanEvent => {
  const [, disbursed] = active;
  if (disbursed?.type !== 'LoanDisbursed') throw new Error('a loan is paid out first');
  const journal: Record<'debit' | 'credit', Partial<Record<BookRole, string>>> = { debit: {}, credit: {} };
  for (const { role, side, amount } of lines) {
    const { minor, currency } = parseMoney(cny(journal[side][role] ?? '0.00'));
    journal[side][role] = formatMinor(minor + parseMoney(cny(amount)).minor, currency);
  }
  return { ...disbursed, data: { ...disbursed.data, journal } };
};

const moved = (to: BookRole, from: BookRole, amount: string): readonly BookLine[] => [
  { role: to, side: 'debit', amount },
  { role: from, side: 'credit', amount },
];

const keptBackOf = ({ state }: Life): bigint =>
  state.status === 'lent' ? state.account.disbursements.reduce((sum, { kept = 0n }) => sum + kept, 0n) : 0n;

describe('The posting rules', () => {
  test('hold a payout in flight until its outcome is known', () => {
    expect(postingsOf(submitted(cny('3000.00')))).toEqual(['debit 1201 3000.00', 'credit 2001 3000.00']);
    const reversed = ['debit 2001 3000.00', 'credit 1201 3000.00'];
    expect(postingsOf(paidOut(cny('3000.00')))).toEqual(reversed);
    expect(postingsOf(payoutFailed(cny('3000.00')))).toEqual(reversed);
  });

  test('turn cash into principal receivable at the disbursement', () => {
    expect(active.slice(1).map(postingsOf)).toEqual([['debit 1101 3000.00', 'credit 1001 3000.00']]);
  });

  test('earn at once what is kept back of a disbursement: so much less cash leaves the house', () => {
    const charges: LoanTerms['charges'] = [
      {
        name: 'Service',
        kind: 'fee',
        time: 'disbursement',
        calculation: { kind: 'share', of: 'principal', share: '0.02' },
      },
      { name: 'Transfer', kind: 'fee', time: 'tranche', calculation: { kind: 'flat', amount: '5.00' } },
    ];
    const quote = quoteFor({ ...TERMS, charges }, 300_000n, 3, on('2026-01-15'));
    expect(paidOutOf(quote)).toEqual(cny('2935.00'));
    const lent = disbursedLoan(quote, on('2026-01-15'));
    expect(bookedSince(lent.slice(0, 1), lent)).toEqual([
      'debit 1101 3000.00',
      'credit 1001 2935.00',
      'credit 4002 65.00',
    ]);
    const given = (events: readonly LoanEvent[]) => fold(loanDecider, events);
    const repaidInFull = repaid(aged('2026-02-15', lent), 'a', '3200.00', '2026-02-15');
    expect(bookedSince(aged('2026-02-15', lent), repaidInFull)).toEqual([
      ...['credit 1101 3000.00', 'credit 1102 30.00', 'credit 2003 170.00', 'debit 2002 3200.00'],
    ]);
    expect(given(repaidInFull)).toMatchObject({ status: 'lent', account: { disbursements: [{ kept: 6500n }] } });
  });

  test('earn interest and fee when they fall due, and penalty when it is charged', () => {
    const due = aged('2026-02-15');
    expect(bookedSince(active, due)).toEqual([
      ...['debit 1102 30.00', 'debit 1103 60.00'],
      ...['credit 4001 30.00', 'credit 4002 60.00'],
    ]);
    // 990.07 × 18 % × 15/365
    expect(bookedSince(due, aged('2026-03-02', due))).toEqual(['debit 1104 7.32', 'credit 4003 7.32']);
  });

  test('pay what is due from its receivable, and earn at once what is paid in advance', () => {
    expect(postingsOf(debited(cny('2110.14')))).toEqual(['debit 1001 2110.14', 'credit 2002 2110.14']);
    expect(repaid(aged('2026-02-15'), 'a', '2200.00', '2026-02-20').map(postingsOf).at(-2)).toEqual([
      // principal of the first and, in advance, of the next; 5 of the 28 days of its 20.10 are earned
      ...['credit 1101 2103.97', 'credit 1102 30.00', 'credit 1103 60.00', 'credit 1104 2.44'],
      'debit 2002 2200.00',
      'credit 4001 3.59',
    ]);
  });

  test('hold what was paid too much for the borrower', () => {
    const closed = repaid(active, 'a', '3100.00', '2026-01-15');
    expect(bookedSince(active, closed)).toEqual([
      ...['credit 1101 3000.00', 'credit 2003 40.00', 'debit 2002 3100.00', 'credit 4002 60.00'],
    ]);
    expect(bookedSince(closed, repaid(closed, 'b', '250.00', '2026-02-20'))).toEqual([
      ...['credit 2003 250.00', 'debit 2002 250.00'],
    ]);
  });

  test('take a debt that is given up out of the receivables, and earn what comes in for it all the same', () => {
    const late = aged('2026-03-02');
    const given = obey(late, day, writeOff);
    expect(bookedSince(late, given)).toEqual([
      ...['credit 1101 3000.00', 'credit 1102 30.00', 'credit 1103 60.00', 'credit 1104 7.32', 'debit 5001 3097.32'],
    ]);
    expect(bookedSince(given, repaid(given, 'b', '250.00', '2026-03-10'))).toEqual([
      ...['debit 2002 250.00', 'credit 4004 250.00'],
    ]);
  });

  test('take back what was booked when a fact is taken back', () => {
    const paid = repaid(aged('2026-02-15'), 'a', '1080.07', '2026-02-15');
    const taken = {
      type: 'ReverseFact',
      data: { loanId: LOAN, valueDate: on('2026-02-15'), of: 'repayment-a' },
    } as const;
    expect(bookedSince(paid, obey(paid, on('2026-02-15'), taken))).toEqual([
      ...['debit 1101 990.07', 'debit 1102 30.00', 'debit 1103 60.00', 'credit 2002 1080.07'],
    ]);
  });

  test('have an account for every role that a loan knows', () => {
    for (const role of BOOK_ROLES) {
      const lines = [
        { role, side: 'debit', amount: '1.00' },
        { role: 'received', side: 'credit', amount: '1.00' },
      ] as const;
      expect(postingsOf(inTheBooks(lines))?.toSorted()).toEqual([
        'credit 2002 1.00',
        expect.stringMatching(/^debit [1-5]\d{3} 1.00$/),
      ]);
    }
  });

  test('leave out what is nothing', () => {
    expect(
      postingsOf(
        inTheBooks([
          { role: 'interest-receivable', side: 'debit', amount: '30.00' },
          { role: 'fee-receivable', side: 'debit', amount: '0.00' },
          { role: 'interest-income', side: 'credit', amount: '30.00' },
        ]),
      ),
    ).toEqual(['debit 1102 30.00', 'credit 4001 30.00']);
    expect(postingsOf(inTheBooks([{ role: 'received', side: 'debit', amount: '0.00' }]))).toBeUndefined();
    expect(postingsOf(inTheBooks([]))).toBeUndefined();
  });

  test('book a fact once, in the books of its loan', () => {
    const event = recorded(paidOut(cny('3000.00')), 7, PAYOUT);
    expect(entryFor(event)).toMatchObject({
      entryId: 'event-7',
      cause: { eventId: 'event-7', type: 'PayoutSettled', stream: PAYOUT },
      valueDate: day,
    });
    expect(ledgerIdFor(event)).toBe(ledgerId(LOAN));
    expect(ledgerIdFor(recorded(inTheBooks([{ role: 'received', side: 'debit', amount: '1.00' }])))).toBe(
      ledgerId(LOAN),
    );
  });

  test('make cash what the statement says when a break is resolved, in the books of the reconciliation', () => {
    const books = (action: SettlingAction, difference: string) => {
      const data = { breakId: 'b1', action, difference: cny(difference), evidence: 'ticket 7', valueDate: day };
      const fact = { type: 'BreakResolved', data, id: 'event-1', stream: 'reconciliation-unionlike-2026-03-01' };
      expect(ledgerIdFor(fact)).toBe('ledger-unionlike-2026-03-01');
      return entryFor(fact)?.postings.map(({ side, account, amount }) => `${side} ${account} ${amount.amount}`);
    };
    expect(books('write-off-fee', '0.30')).toEqual(['debit 5002 0.30', 'credit 1001 0.30']);
    expect(books('claim-from-channel', '7.00')).toEqual(['debit 1301 7.00', 'credit 1001 7.00']);
    expect(books('book-suspense', '-7.00')).toEqual(['debit 1001 7.00', 'credit 2101 7.00']);
    expect(books('return-double-payment', '-7.00')).toEqual(['debit 1001 7.00', 'credit 2101 7.00']);
    const kept = { matched: 1, netted: 0, fees: cny('0.25'), valueDate: day };
    const fact = { type: 'MovementsMatched', data: kept, id: 'e1', stream: 'reconciliation-unionlike-2026-03-01' };
    expect(entryFor(fact)?.postings).toMatchObject([
      { account: '5002', side: 'debit', amount: cny('0.25') },
      { account: '1001', side: 'credit', amount: cny('0.25') },
    ]);
    expect(entryFor({ ...fact, data: { ...kept, fees: cny('0.00') } })).toBeUndefined();
    expect(books('confirm-settled', '-7.00')).toBeUndefined();
    expect(books('correct-amount', '0.00')).toBeUndefined();
  });

  test('know nothing of facts that move no money', () => {
    const stranger = { id: 'event-1', stream: 'product-cash', type: 'ProductRetired', data: { reason: 'old' } };
    expect(entryFor(stranger)).toBeUndefined();
    expect(ledgerIdFor(stranger)).toBeUndefined();
    expect(entryFor(recorded({ type: 'LoanCancelled', data: { reason: 'card closed' } }))).toBeUndefined();
    expect(FINANCIAL_EVENTS).toEqual([
      ...['PayoutSubmitted', 'PayoutSettled', 'PayoutFailed'],
      ...['LoanDisbursed', 'LoanAged', 'RepaymentApplied', 'CreditApplied', 'CreditBalanceRefunded'],
      ...['ChargeAdded', 'ChargeWaived', 'ChargeAdjusted', 'RepaymentChargedBack', 'RateChanged', 'DueDateMoved'],
      ...['TermExtended', 'GraceGranted', 'LoanReAged', 'LoanReAmortized', 'InterestPaused', 'LoanChargedOff'],
      ...['LoanWrittenOff', 'ContractTerminated', 'LoanSettled', 'FactReversed'],
      'RepaymentSettled',
      ...['ReceiptRecorded', 'ReceiptAssigned', 'ReceiptRefunded'],
      ...['MovementsMatched', 'BreakResolved'],
      'InterestAccrued',
      ...['CustodyInstructionSubmitted', 'CustodyInstructionSettled', 'CustodyInstructionFailed'],
    ]);
  });

  test('balance for any amounts', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 20n }).map((minor) => formatMoney(moneyOf(minor, 'CNY')));
    const text = fc.bigInt({ min: 0n, max: 10n ** 20n }).map((minor) => formatMinor(minor, 'CNY'));
    const both = fc.tuple(fc.constantFrom(...BOOK_ROLES), fc.constantFrom(...BOOK_ROLES), text);
    const lines = fc.array(both.map(([to, from, each]) => moved(to, from, each)));
    const event: fc.Arbitrary<MoneyEvent> = fc.oneof(
      amount.map(submitted),
      amount.map(paidOut),
      amount.map(payoutFailed),
      amount.map(debited),
      lines.map((each) => inTheBooks(each.flat())),
    );
    fc.assert(
      fc.property(event, (each) => {
        const entry = entryFor(recorded(each));
        if (entry === undefined) return;
        expect(isBalanced(entry.postings)).toBe(true);
        expect(ledgerEvents.EntryPosted.data.safeParse({ ...entry, bookedOn: day }).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

describe('The books of a loan', () => {
  /** Books a life as it would be: the payout around the disbursement, every debit before its allocation. */
  const withMovements = ({ events }: Life): readonly MoneyEvent[] =>
    events.flatMap((event): MoneyEvent[] => {
      if (event.type === 'LoanDisbursed') {
        return [submitted(event.data.amount), paidOut(event.data.amount), event];
      }
      return event.type === 'RepaymentApplied' ? [debited(event.data.amount), event] : [event];
    });

  const book = (events: readonly MoneyEvent[]): LedgerState =>
    events.reduce((books, event, index) => {
      const entry = entryFor(recorded(event, index));
      if (entry === undefined) return books;
      const outcome = ledgerDecider.decide(
        { ...issuedOn(day), type: 'PostEntry', data: { ledgerId: ledgerId(LOAN), entry }, facts: {} },
        books,
      );
      if (isRefusal(outcome)) throw new Error(`${outcome.code}: ${outcome.detail}`);
      return outcome.reduce(ledgerDecider.evolve, books);
    }, ledgerDecider.initial);

  const held = (balances: Balances, account: AccountCode): bigint => heldIn(balances, account, 'CNY');

  test('agree with the loan after any life: receivables are what is owed, and debits are credits', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const life = playLife(plan);
        const { balances } = book(withMovements(life));
        for (const { debits, credits } of trialBalance(balances)) expect(debits).toEqual(credits);
        if (life.state.status === 'none') throw new Error('a life begins with a loan');
        const { due, notDue } = outstandingOf(life.state);
        expect({
          principal: held(balances, '1101'),
          interest: held(balances, '1102'),
          fee: held(balances, '1103'),
          penalty: held(balances, '1104'),
        }).toEqual({
          principal: due.principal.minor + notDue.principal.minor,
          interest: due.interest.minor,
          fee: due.fee.minor,
          penalty: due.penalty.minor,
        });
        for (const passing of ['1201', '2001', '2002'] as const) expect(held(balances, passing)).toBe(0n);
      }),
      { numRuns: 300 },
    );
  });

  test('agree with the bank: cash is what came in less what went out', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const life = playLife(plan);
        const came = life.events.flatMap((event) =>
          event.type === 'RepaymentApplied' ? [parseMoney(event.data.amount).minor] : [],
        );
        const { balances } = book(withMovements(life));
        const wentOut = plan.principal - keptBackOf(life);
        expect(held(balances, '1001')).toBe(came.reduce((sum, amount) => sum + amount, -wentOut));
      }),
    );
  });
});
