import { termsWith } from '../../../../tests/support/progressive-loans';
import type { Rounding } from '../../../kernel';
import { moneyRulesOf } from '../model/money-rules';
import { annuity, annuityError, interestOn, type PlainLoan } from './rows';

/** Digit by digit there would be this much. */
const EXACTLY = 7_777;

const loanOf = (
  rate: number,
  mode: Rounding = 'HALF_EVEN',
  differing: Partial<PlainLoan> = {},
): { readonly loan: PlainLoan; readonly asked: (readonly [number, number])[] } => {
  const asked: (readonly [number, number])[] = [];
  const exactly = (index: number, balance: number): number => {
    asked.push([index, balance]);
    return EXACTLY;
  };
  const loan: PlainLoan = {
    money: moneyRulesOf(termsWith({ rounding: { mode, smoothing: false } })),
    isNearest: mode === 'HALF_EVEN' || mode === 'HALF_UP',
    rates: { interest: [rate, 2 * rate], installment: [rate, 2 * rate], exactly },
    principal: 5_000,
    isFlat: false,
    count: 2,
    principalGrace: 0,
    interestGrace: 0,
    perUnit: 100,
    ...differing,
  };
  return { loan, asked };
};

const interestOf = (rate: number, balance: number, mode?: Rounding, differing?: Partial<PlainLoan>) => {
  const { loan, asked } = loanOf(rate, mode, differing);
  return { interest: interestOn(loan, 0, balance), isExact: asked.length > 0 };
};

describe('interest of a period in doubles', () => {
  test('is that of the balance at the rate of the period, or of all the principal where it is flat', () => {
    const { loan, asked } = loanOf(0.01);
    expect([interestOn(loan, 0, 100_020), interestOn(loan, 1, 100_020)]).toEqual([1_000, 2_000]);
    const flat = loanOf(0.01, 'HALF_EVEN', { isFlat: true });
    expect(interestOn(flat.loan, 0, 100_020)).toBe(50);
    // Of a period that there is not, there is none.
    expect(interestOn(loan, 2, 100_020)).toBe(0);
    expect([...asked, ...flat.asked]).toEqual([]);
  });

  test.each<[Rounding, number, number, boolean]>([
    ['HALF_EVEN', 0.49, 0, false],
    ['HALF_EVEN', 0.51, 1, false],
    ['HALF_EVEN', 0.5, EXACTLY, true],
    ['HALF_UP', 2.49, 2, false],
    ['HALF_UP', 2.51, 3, false],
    ['HALF_UP', 2.5, EXACTLY, true],
    ['DOWN', 2.9, 2, false],
    ['DOWN', 3, EXACTLY, true],
    ['UP', 2.1, 3, false],
    ['UP', 2, EXACTLY, true],
    ['UP', 0, 0, false],
    ['DOWN', 0, 0, false],
    ['HALF_EVEN', 0, 0, false],
  ])('rounded %s, %d is %d; digit by digit only where doubles leave a doubt', (mode, charged, interest, isExact) => {
    expect(interestOf(charged, 1, mode)).toEqual({ interest, isExact });
  });

  test('what is in doubt is asked for by its period and what bears it', () => {
    const { loan, asked } = loanOf(0.25);
    expect(interestOn(loan, 1, 3)).toBe(EXACTLY);
    const flat = loanOf(0.0001, 'HALF_EVEN', { isFlat: true });
    expect(interestOn(flat.loan, 0, 3)).toBe(EXACTLY);
    expect([...asked, ...flat.asked]).toEqual([
      [1, 3],
      [0, 5_000],
    ]);
  });

  test('the doubt grows with the interest: 32 roundings of it', () => {
    const large = 2 ** 40;
    const doubt = large * 32 * 2 ** -53;
    expect(interestOf(large + 0.5 - 2 * doubt, 1)).toEqual({ interest: large, isExact: false });
    expect(interestOf(large + 0.5 - doubt / 2, 1).isExact).toBe(true);
    expect(interestOf(large + 0.5 + doubt / 2, 1).isExact).toBe(true);
    expect(interestOf(large + 0.5 + 2 * doubt, 1)).toEqual({ interest: large + 1, isExact: false });
    expect(interestOf(large + doubt / 2, 1, 'DOWN').isExact).toBe(true);
    expect(interestOf(large + 2 * doubt, 1, 'DOWN')).toEqual({ interest: large, isExact: false });
  });

  test('the doubt grows with the balance: rates are carried at 19 decimals', () => {
    const balance = 2 ** 45;
    const doubt = balance * 1e-18;
    expect(interestOf((0.5 - 2 * doubt) / balance, balance)).toEqual({ interest: 0, isExact: false });
    expect(interestOf((0.5 - doubt / 2) / balance, balance).isExact).toBe(true);
    expect(interestOf((1 - 2 * doubt) / balance, balance, 'DOWN')).toEqual({ interest: 0, isExact: false });
    expect(interestOf((1 - doubt / 2) / balance, balance, 'DOWN').isExact).toBe(true);
  });

  test('from 2^47 on it is more than half a minor unit', () => {
    expect(interestOf(2 ** 46, 1)).toEqual({ interest: 2 ** 46, isExact: false });
    expect(interestOf(2 ** 47, 1)).toEqual({ interest: EXACTLY, isExact: true });
  });
});

describe('an annuity', () => {
  test('is what one period after the other makes of it, from one on', () => {
    expect(annuity([0.25, 0.5, 1], 0)).toEqual({ growth: 1.25 * 1.5 * 2, divisor: 1 + (1 + 1.5) * 2 });
    expect(annuity([0.25, 0.5, 1], 1)).toEqual({ growth: 1.5 * 2, divisor: 1 + 2 });
    expect(annuity([0.25, 0.5, 1], 2)).toEqual({ growth: 2, divisor: 1 });
    expect(annuity([0.25], 1)).toEqual({ growth: 1, divisor: 0 });
  });

  test('is wrong by no more than eight roundings a period and three periods more', () => {
    expect(annuityError(1)).toBe(32 * 2 ** -53);
    expect(annuityError(360)).toBe(2_904 * 2 ** -53);
  });
});
