import fc from 'fast-check';
import { anyLife } from '../../../tests/support/any-life';
import { contract } from '../../../tests/support/example-loan';
import { lifePlan, type Moment, playLife } from '../../../tests/support/loan-lives';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import { type LoanAccount, type LoanFact, type LoanTerms, replayLoan } from '../../schedule';
import {
  accountChangeSchema,
  applyChange,
  type BookLine,
  changeBetween,
  emptyAccount,
  type Journal,
  journalBetween,
  linesOf,
} from '.';
import { BOOK_ROLES, booksOf } from './books';

/** The loan of 3,000.00 over three months, paid out on 15 January, with more facts, as it stands on a day. */
const accountOn = (day: string, ...more: readonly LoanFact[]): LoanAccount => accountUnder(contract.terms, day, more);
const accountUnder = (terms: LoanTerms, day: string, more: readonly LoanFact[]): LoanAccount => {
  const on = dayOf(businessDate('2026-01-15'));
  const payout: LoanFact = { id: '1', kind: 'disbursement', on, knownOn: on, amount: 300_000n };
  const agreement = { principal: 300_000n, installments: 3, submittedOn: on };
  return replayLoan(terms, agreement, [payout, ...more], dayOf(businessDate(day)));
};
const paid = (id: string, day: string, amount: bigint): LoanFact => {
  const on = dayOf(businessDate(day));
  return { id, kind: 'credit', credit: 'repayment', on, knownOn: on, amount };
};
const ACCRUAL = { basis: 'accrual', suspendAfterDays: 90 } as const;
const CASH = { ...ACCRUAL, basis: 'cash' } as const;
const lines = (journal: Journal): readonly string[] =>
  linesOf(journal).map(({ side, role, amount }) => `${side} ${role} ${amount}`);
const signed = ({ side, amount }: BookLine): bigint => BigInt(amount.replace('.', '')) * (side === 'debit' ? 1n : -1n);

interface Step {
  readonly before: LoanAccount;
  readonly after: LoanAccount;
  /** The last fact that led to it. */
  readonly fact: LoanFact | undefined;
}
const stepOf = ({ before, after }: Moment): readonly Step[] =>
  after.status === 'lent'
    ? [
        {
          before: before.status === 'lent' ? before.account : emptyAccount,
          after: after.account,
          fact: after.facts.slice(before.status === 'lent' ? before.facts.length : 0).at(-1),
        },
      ]
    : [];

const FEBRUARY = { on: dayOf(businessDate('2026-02-15')) };

describe('A change of an account', () => {
  test('says what is other than before, and nothing else', () => {
    const repayment = paid('2', '2026-02-15', 100_000n);
    const [before, after] = [accountOn('2026-02-15'), accountOn('2026-02-15', repayment)];
    expect(changeBetween(before, before, FEBRUARY, 'CNY')).toEqual({});
    const change = changeBetween(before, after, { ...FEBRUARY, fact: repayment }, 'CNY');
    const parts = { fee: '60.00', interest: '30.00', principal: '910.00' };
    expect(change).toEqual({
      installments: [{ n: 1, paid: parts }],
      transactions: [{ balance: '2090.00', lines: [{ installment: 1, state: 'due', ...parts }] }],
      charges: [{ fact: 'Origination fee', paid: '60.00' }],
    });
    expect(applyChange(before, change, { ...FEBRUARY, fact: repayment }, 'CNY')).toEqual(after);
  });

  test('says of a new plan what does not follow from the rows above', () => {
    const [payout] = accountOn('2026-01-15').transactions;
    const on = dayOf(businessDate('2026-01-15'));
    const fact: LoanFact = { id: '1', kind: 'disbursement', on, knownOn: on, amount: 300_000n };
    expect(payout?.fact).toBe(fact.id);
    const change = changeBetween(emptyAccount, accountOn('2026-01-15'), { on, fact }, 'CNY');
    expect(change).toEqual({
      status: 'active',
      installments: [
        {
          ...{ n: 1, from: '2026-01-15', due: '2026-02-15', balance: '2009.93' },
          owed: { fee: '60.00', interest: '30.00', principal: '990.07' },
        },
        { n: 2, due: '2026-03-15', owed: { interest: '20.10', principal: '999.97' } },
        { n: 3, due: '2026-04-15', owed: { interest: '10.10', principal: '1009.96' } },
      ],
      transactions: [{ parts: { principal: '3000.00' }, balance: '3000.00' }],
      charges: [{ fact: 'Origination fee', kind: 'fee', dueOn: '2026-02-15', amount: '60.00' }],
    });
  });

  test('keeps in sight what is not there any more, and says what is left to pay again', () => {
    const [before, after] = [accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n)), accountOn('2026-02-15')];
    const change = changeBetween(before, after, FEBRUARY, 'CNY');
    expect(change.installments).toEqual([{ n: 1, paid: {}, metOn: null }]);
    expect(change.transactions).toEqual([{ fact: '2', kind: 'repayment', undone: true }]);
    const back = applyChange(before, change, FEBRUARY, 'CNY');
    expect(back.installments).toEqual(after.installments);
    expect(back.transactions).toMatchObject([{ fact: '1' }, { fact: '2', undone: true }]);
    const again = changeBetween(back, before, FEBRUARY, 'CNY');
    expect(applyChange(back, again, FEBRUARY, 'CNY')).toEqual(before);
  });

  test('leads from any account of a life to the next, and fits its schema', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        for (const { before, after, fact } of playLife(plan).moments.flatMap(stepOf)) {
          for (const occasion of [{ on: after.asOf }, { on: fact?.on ?? after.asOf, fact }]) {
            const change = changeBetween(before, after, occasion, 'CNY');
            expect(accountChangeSchema.safeParse(change).error).toBeUndefined();
            expect(applyChange(before, change, occasion, 'CNY')).toEqual(after);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('leaves as it was what did not change: the same rows, not equal ones', () => {
    const [due, after] = [accountOn('2026-02-15'), accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n))];
    const back = applyChange(due, changeBetween(due, after, FEBRUARY, 'CNY'), FEBRUARY, 'CNY');
    expect(back.installments[1]).toBe(due.installments[1]);
    expect(back.transactions[0]).toBe(due.transactions[0]);
  });
});

describe('The books of an account', () => {
  test('know interest and fees once they fall due, or, where cash counts, once they are paid', () => {
    const [before, due] = [accountOn('2026-02-14'), accountOn('2026-02-15')];
    expect(lines(journalBetween(before, due, 'CNY', ACCRUAL))).toEqual([
      ...['debit interest-receivable 30.00', 'debit fee-receivable 60.00'],
      ...['credit interest-income 30.00', 'credit fee-income 60.00'],
    ]);
    expect(journalBetween(before, due, 'CNY', CASH)).toEqual({});
    const after = accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n));
    expect(lines(journalBetween(due, after, 'CNY', CASH))).toEqual([
      ...['credit principal-receivable 990.07', 'debit received 1080.07'],
      ...['credit interest-income 30.00', 'credit fee-income 60.00'],
    ]);
  });

  test('owe again what a payer took back, and do not call it income twice', () => {
    const order = { chargebackOrder: ['penalty' as const, 'fee' as const, 'interest' as const, 'principal' as const] };
    const on = (day: string) => dayOf(businessDate(day));
    const back: LoanFact = {
      ...{ id: '3', kind: 'chargeback', of: '2', amount: 10_000n },
      ...{ on: on('2026-02-20'), knownOn: on('2026-02-20') },
    };
    const accountAfter = (...more: readonly LoanFact[]): LoanAccount =>
      accountUnder({ ...contract.terms, ...order }, '2026-02-20', [paid('2', '2026-02-15', 108_007n), ...more]);
    for (const basis of ['accrual', 'cash'] as const) {
      expect(lines(journalBetween(accountAfter(), accountAfter(back), 'CNY', { basis, suspendAfterDays: 90 }))).toEqual(
        basis === 'accrual'
          ? [
              ...['debit principal-receivable 10.00', 'debit interest-receivable 30.00', 'debit fee-receivable 60.00'],
              'credit paid-out 100.00',
            ]
          : [
              ...['debit principal-receivable 10.00', 'credit paid-out 100.00'],
              ...['debit interest-income 30.00', 'debit fee-income 60.00'],
            ],
      );
    }
  });

  test('take goodwill by what it pays out of income, where terms say so', () => {
    const gift: LoanFact = {
      ...{ id: '3', kind: 'credit', credit: 'goodwill-credit', amount: 108_007n },
      ...{ on: FEBRUARY.on, knownOn: FEBRUARY.on },
    };
    const chargedOff: LoanFact = { id: '2', kind: 'charge-off', on: FEBRUARY.on, knownOn: FEBRUARY.on };
    const byPortion = { ...ACCRUAL, goodwill: 'by-portion' } as const;
    const gives = (...before: readonly LoanFact[]) => {
      const [was, is] = [accountOn('2026-02-15', ...before), accountOn('2026-02-15', ...before, gift)];
      return lines(journalBetween(was, is, 'CNY', byPortion));
    };
    const given = ['debit interest-income 30.00', 'debit fee-income 60.00', 'debit goodwill-expense 990.07'];
    expect([...gives()].sort()).toEqual(
      [
        ...given,
        ...['credit principal-receivable 990.07', 'credit interest-receivable 30.00', 'credit fee-receivable 60.00'],
      ].sort(),
    );
    expect([...gives(chargedOff)].sort()).toEqual(['credit recovery-income 1080.07', ...given].sort());
  });

  test('balance whatever happens to a loan, on either basis', () => {
    fc.assert(
      fc.property(anyLife, ({ terms, agreement, facts }) => {
        for (const asOf of [...facts.map((fact) => fact.on), Math.max(...facts.map((fact) => fact.on)) + 400]) {
          const account = replayLoan(terms, agreement, facts, asOf);
          for (const basis of ['accrual', 'cash'] as const) {
            for (const goodwill of ['expense', 'by-portion'] as const) {
              const books = booksOf(account, { basis, suspendAfterDays: 30, goodwill });
              expect(BOOK_ROLES.reduce((sum, role) => sum + books[role], 0n)).toBe(0n);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('balance for every fact of any life, and add up to those of the account that it led to', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const { events, state } = playLife(plan);
        if (state.status !== 'lent') throw new Error('the loan was paid out');
        const journals = events.flatMap(({ data }) => ('journal' in data ? [linesOf(data.journal)] : []));
        for (const journal of journals) expect(journal.reduce((sum, line) => sum + signed(line), 0n)).toBe(0n);
        const booked = (role: string): bigint =>
          journals.flat().reduce((sum, line) => (line.role === role ? sum + signed(line) : sum), 0n);
        const books = booksOf(state.account, ACCRUAL);
        for (const role of BOOK_ROLES) expect({ role, is: booked(role) }).toEqual({ role, is: books[role] });
      }),
      { numRuns: 60 },
    );
  });
});
