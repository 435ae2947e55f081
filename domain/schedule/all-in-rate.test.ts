import { termsWith } from '../../tests/support/progressive-loans';
import { dayOf } from '../calendar';
import { businessDate } from '../kernel';
import { allInRateOf, type LoanTerms } from '.';
import type { AccountInstallment } from './replay';

type Unit = LoanTerms['dueDates']['period']['unit'];

const NOTHING = { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
const termsBy = (unit: Unit): LoanTerms => {
  const terms = termsWith();
  return { ...terms, dueDates: { ...terms.dueDates, period: { every: 1, unit } } };
};

/** One payout on 1 March 2025, and one installment that pays it back. */
const allIn = (
  due: string,
  owed: Partial<typeof NOTHING>,
  { lent = 100_000n, kept = 0n, unit = 'years' as Unit } = {},
) => {
  const [from, to] = [dayOf(businessDate('2025-03-01')), dayOf(businessDate(due))];
  const installment: AccountInstallment = {
    n: 1,
    kind: 'regular',
    from,
    due: to,
    owed: { ...NOTHING, ...owed },
    paid: NOTHING,
    waived: NOTHING,
    writtenOff: NOTHING,
    paidInAdvance: 0n,
    paidLate: 0n,
    balance: 0n,
  };
  return allInRateOf(termsBy(unit), {
    disbursements: [{ fact: 'payout', on: from, amount: lent, ...(kept > 0n && { kept }) }],
    installments: [installment],
  });
};

describe('the all-in rate', () => {
  it('is of principal, interest, fees and penalties', () => {
    const owed = { principal: 100_000n, interest: 5_000n, fee: 3_000n, penalty: 2_000n };
    expect(allIn('2026-03-01', owed)).toBe('0.100000');
  });

  it('is of what the borrower gets: what is kept back is not', () => {
    expect(allIn('2026-03-01', { principal: 100_000n, interest: 4_500n }, { kept: 5_000n })).toBe('0.100000');
  });

  it.each<readonly [Unit, string]>([
    ['days', '2026-03-01'],
    ['weeks', '2026-02-28'],
    ['months', '2026-03-01'],
    ['years', '2026-03-01'],
  ])('counts time in %s where the loan is repaid by them', (unit, due) => {
    // 52 weeks are a year, though they are 364 days.
    expect(allIn(due, { principal: 100_000n, interest: 10_000n }, { unit })).toBe('0.100000');
  });

  // 1.1 to the power of 365/364.
  it('counts days by their number otherwise', () => {
    expect(allIn('2026-02-28', { principal: 100_000n, interest: 10_000n }, { unit: 'days' })).toBe('0.100288');
  });

  it('is nothing where less comes back than was lent, and the largest there is where all bounds are left', () => {
    expect(allIn('2026-03-01', { principal: 90_000n })).toBe('0');
    expect(allIn('2025-03-02', { principal: 100n, fee: 90_000n }, { lent: 100n, unit: 'days' })).toBe('9999.999999');
  });

  it('is of a loan that was paid out', () => {
    expect(() => allInRateOf(termsWith(), { disbursements: [], installments: [] })).toThrow('was not paid out');
  });
});
