import { type Dealing, historyOf } from './history';

const at = (day: string): number => Date.parse(`${day}T02:00:00.000Z`);
const cny = (amount: string) => ({ amount, currency: 'CNY' }) as const;
const borrowerId = 'borrower-li';
const registration: Dealing = { id: borrowerId, borrowerId, kind: 'registration', at: at('2026-01-15') };
const application = (id: string, day: string, rejected?: string): Dealing => ({
  id,
  borrowerId,
  kind: 'application',
  at: at(day),
  ...(rejected && { rejectedAt: at(rejected) }),
});
type Loan = Extract<Dealing, { kind: 'loan' }>;
const loan = (id: string, status: Loan['status'], owed = '0.00', worstDays = 0): Loan => ({
  id,
  borrowerId,
  kind: 'loan',
  at: at('2026-02-01'),
  status,
  worstDays,
  owed: cny(owed),
});
const NOW = at('2026-07-14');
const of = (...dealings: readonly Dealing[]) =>
  historyOf([registration, application('application-now', '2026-07-14'), ...dealings], 'application-now', NOW, 'CNY');

describe('the house’s own history with a borrower', () => {
  it('of somebody new is empty, and known as such', () => {
    expect(of()).toEqual({
      earlierApplications: 0,
      earlierLoans: 0,
      loansRepaid: 0,
      loansRunning: 0,
      loansLost: 0,
      worstDaysOverdue: 0,
      owed: 0,
      monthsKnown: 5,
      daysSinceRejection: null,
    });
  });

  it('counts loans by what became of them, and what is owed rounded up', () => {
    const features = of(
      loan('loan-1', 'repaid', '0.00', 12),
      loan('loan-2', 'running', '1000.01', 3),
      loan('loan-3', 'lost', '250.00', 120),
      loan('loan-4', 'cancelled'),
      loan('loan-5', 'opened'),
    );
    expect(features).toMatchObject({
      earlierLoans: 3,
      loansRepaid: 1,
      loansRunning: 2,
      loansLost: 1,
      worstDaysOverdue: 120,
      owed: 1_251,
    });
  });

  it('remembers the last rejection, for the cool-down', () => {
    const features = of(
      application('application-1', '2026-05-01', '2026-05-02'),
      application('application-2', '2026-07-01', '2026-07-01'),
      application('application-3', '2026-07-03'),
    );
    expect(features).toMatchObject({ earlierApplications: 3, daysSinceRejection: 13 });
  });

  it.each([
    ['2026-07-14', 5],
    ['2026-07-15', 6],
    ['2026-01-15', 0],
  ])('on %s they are known for %i whole months', (day, months) => {
    expect(historyOf([registration], 'application-now', at(day), 'CNY').monthsKnown).toBe(months);
  });
});
