import { active, aged, LOAN, obey, repaid } from '../../../tests/support/example-loan';
import { credit, debit, give } from '../../../tests/support/loan-servicing';
import { businessDate, fold } from '../../kernel';
import { type LoanEvent, linesOf, loanDecider, nextAgingDate } from '..';

/** Of 3,000.00 over three months, due on 15 February, March and April 2026, nothing is paid for long. */
const journals = (events: readonly LoanEvent[]) =>
  events.map(({ data }) => ('journal' in data ? linesOf(data.journal) : [])).filter((lines) => lines.length > 0);
const since = (before: readonly LoanEvent[], after: readonly LoanEvent[]) => journals(after.slice(before.length));

/** 90 days past due on 16 May; suspended from the next day on. */
const late = aged('2026-05-16');
const suspended = aged('2026-05-17', late);

describe('Interest of a loan that is long late', () => {
  test('is suspended, with its penalties, on the day after the last that its terms allow', () => {
    expect(nextAgingDate(fold(loanDecider, late))).toBe('2026-05-17');
    expect(since(late, suspended)).toEqual([
      [
        debit('penalty-receivable', '1.49'),
        credit('suspended-interest', '151.64'),
        debit('interest-income', '60.20'),
        debit('penalty-income', '89.95'),
      ],
    ]);
  });

  test('goes on being asked for, and is income as far as it is paid', () => {
    const [journal = []] = since(suspended, repaid(suspended, 'a', '200.00', '2026-05-17'));
    expect(journal).toEqual([
      credit('principal-receivable', '65.57'),
      credit('interest-receivable', '30.00'),
      credit('fee-receivable', '60.00'),
      credit('penalty-receivable', '44.43'),
      debit('suspended-interest', '74.43'),
      debit('received', '200.00'),
      credit('interest-income', '30.00'),
      credit('penalty-income', '44.43'),
    ]);
  });

  test('stays suspended while anything is late, however old, and is income again once nothing is', () => {
    const first = repaid(suspended, 'a', '1268.11', '2026-05-17');
    const older = aged('2026-05-20', first);
    expect(
      journals(older.slice(first.length))
        .flat()
        .map(({ role }) => role),
    ).not.toContain('interest-income');
    const current = repaid(older, 'b', '2500.00', '2026-05-20');
    const roles = since(older, current).flat();
    expect(roles.find(({ role }) => role === 'suspended-interest')?.side).toBe('debit');
    const balance = journals(current)
      .flat()
      .filter(({ role }) => role === 'suspended-interest')
      .reduce((sum, { side, amount }) => sum + Number(amount) * (side === 'debit' ? 1 : -1), 0);
    expect(Math.round(balance * 100)).toBe(0);
  });

  test('is no expense when the debt is given up: it never was income', () => {
    const given = obey(suspended, businessDate('2026-05-17'), {
      type: 'WriteOffLoan',
      data: { loanId: LOAN, reason: 'insolvency' },
    });
    expect(since(suspended, given)).toEqual([
      [
        credit('principal-receivable', '3000.00'),
        credit('interest-receivable', '60.20'),
        credit('fee-receivable', '60.00'),
        credit('penalty-receivable', '91.44'),
        debit('suspended-interest', '151.64'),
        debit('write-off-expense', '3060.00'),
      ],
    ]);
  });

  test('never was suspended when the payment is known after all', () => {
    const known = aged('2026-05-18', suspended);
    const amount = { amount: '1080.07', currency: 'CNY' } as const;
    const credited = give('ApplyCredit', { credit: 'goodwill-credit', amount }, '2026-02-15');
    const [journal = []] = since(known, obey(known, businessDate('2026-05-18'), credited));
    expect(journal.find(({ role }) => role === 'suspended-interest')?.side).toBe('debit');
  });

  test('of a loan that is paid as it should is not', () => {
    expect(
      journals(active)
        .flat()
        .map(({ role }) => role),
    ).not.toContain('suspended-interest');
  });
});
