import fc from 'fast-check';
import { contract } from '../../../tests/support/example-loan';
import { lifePlan, type Moment, playLife } from '../../../tests/support/loan-lives';
import { dayOf } from '../../calendar';
import { businessDate } from '../../kernel';
import { type LoanAccount, type LoanFact, replayLoan } from '../../schedule';
import { accountChangeSchema, applyChange, type BookLine, changeBetween, emptyAccount, journalBetween } from '.';
import { BOOK_ROLES, booksOf } from './books';

/** The loan of 3,000.00 over three months, paid out on 15 January, with more facts, as it stands on a day. */
const accountOn = (day: string, ...more: readonly LoanFact[]): LoanAccount => {
  const on = dayOf(businessDate('2026-01-15'));
  const payout: LoanFact = { id: '1', kind: 'disbursement', on, knownOn: on, amount: 300_000n };
  const agreement = { principal: 300_000n, installments: 3, submittedOn: on };
  return replayLoan(contract.terms, agreement, [payout, ...more], dayOf(businessDate(day)));
};
const paid = (id: string, day: string, amount: bigint): LoanFact => {
  const on = dayOf(businessDate(day));
  return { id, kind: 'credit', credit: 'repayment', on, knownOn: on, amount };
};
const lines = (journal: readonly BookLine[]): readonly string[] =>
  journal.map(({ side, role, amount }) => `${side} ${role} ${amount}`);
const signed = ({ side, amount }: BookLine): bigint => BigInt(amount.replace('.', '')) * (side === 'debit' ? 1n : -1n);

interface Step {
  readonly before: LoanAccount;
  readonly after: LoanAccount;
}
const stepOf = ({ before, after }: Moment): readonly Step[] =>
  after.status === 'lent'
    ? [{ before: before.status === 'lent' ? before.account : emptyAccount, after: after.account }]
    : [];

describe('A change of an account', () => {
  test('says what is other than before, and nothing else', () => {
    const [before, after] = [accountOn('2026-02-15'), accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n))];
    expect(changeBetween(before, before, 'CNY')).toEqual({
      ...{ asOf: '2026-02-15', status: 'active', count: 3 },
      ...{ installments: [], transactions: [], charges: [], overpaid: '0.00' },
    });
    const change = changeBetween(before, after, 'CNY');
    expect(change.installments.map(({ n }) => n)).toEqual([1]);
    expect(change.transactions.map(({ fact, amount }) => [fact, amount])).toEqual([['2', '1080.07']]);
    expect(applyChange(before, change, 'CNY')).toEqual(after);
  });

  test('keeps in sight what is not there any more', () => {
    const [before, after] = [accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n)), accountOn('2026-02-15')];
    const change = changeBetween(before, after, 'CNY');
    expect(change.transactions).toMatchObject([{ fact: '2', undone: true }]);
    const back = applyChange(before, change, 'CNY');
    expect(back.installments).toEqual(after.installments);
    expect(back.transactions).toMatchObject([{ fact: '1' }, { fact: '2', undone: true }]);
  });

  test('leads from any account of a life to the next, and fits its schema', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        for (const { before, after } of playLife(plan).moments.flatMap(stepOf)) {
          const change = changeBetween(before, after, 'CNY');
          expect(accountChangeSchema.safeParse(change).error).toBeUndefined();
          expect(applyChange(before, change, 'CNY')).toEqual(after);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('The books of an account', () => {
  test('know interest and fees once they fall due, or, where cash counts, once they are paid', () => {
    const [before, due] = [accountOn('2026-02-14'), accountOn('2026-02-15')];
    expect(lines(journalBetween(before, due, 'CNY', 'accrual'))).toEqual([
      ...['debit interest-receivable 30.00', 'debit fee-receivable 60.00'],
      ...['credit interest-income 30.00', 'credit fee-income 60.00'],
    ]);
    expect(journalBetween(before, due, 'CNY', 'cash')).toEqual([]);
    const after = accountOn('2026-02-15', paid('2', '2026-02-15', 108_007n));
    expect(lines(journalBetween(due, after, 'CNY', 'cash'))).toEqual([
      ...['credit principal-receivable 990.07', 'debit received 1080.07'],
      ...['credit interest-income 30.00', 'credit fee-income 60.00'],
    ]);
  });

  test('balance for every fact of any life, and add up to those of the account that it led to', () => {
    fc.assert(
      fc.property(lifePlan, (plan) => {
        const { events, state } = playLife(plan);
        if (state.status !== 'lent') throw new Error('the loan was paid out');
        const journals = events.flatMap(({ data }) => ('journal' in data ? [data.journal] : []));
        for (const journal of journals) expect(journal.reduce((sum, line) => sum + signed(line), 0n)).toBe(0n);
        const booked = (role: string): bigint =>
          journals.flat().reduce((sum, line) => (line.role === role ? sum + signed(line) : sum), 0n);
        const books = booksOf(state.account, 'accrual');
        for (const role of BOOK_ROLES) expect({ role, is: booked(role) }).toEqual({ role, is: books[role] });
      }),
      { numRuns: 60 },
    );
  });
});
