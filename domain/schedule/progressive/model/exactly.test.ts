import { agreed, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import { disburse } from './disburse';
import { equalInstallment } from './installment-amount';
import { interestOf } from './interest';
import { type Model, modelOf, type RepaymentPeriod } from './model';
import { repaymentPeriods } from './repayment-periods';

const NOMINAL: Partial<LoanTerms> = { interest: { ...termsWith().interest, dayCount: 'nominal-30/360' } };

/** A loan at 1 % a month whose rate is watched: its digits are looked at by those who work digit by digit. */
const watched = (amount: bigint, differing: Partial<LoanTerms> = {}) => {
  const terms = termsWith({ ...NOMINAL, rounding: { mode: 'HALF_EVEN', smoothing: false }, ...differing });
  const model = modelOf(terms, repaymentPeriods(terms, agreed(amount, 6), START));
  disburse(model, START, amount);
  let isLooked = false;
  model.rates = model.rates.map(({ from, perYear, approximate }) => ({
    from,
    approximate,
    get perYear() {
      isLooked = true;
      return perYear;
    },
  }));
  return { model, looked: () => isLooked };
};

const firstOf = ({ periods }: Model): RepaymentPeriod => {
  const [first] = periods;
  if (first === undefined) throw new RangeError('a loan has periods');
  return first;
};

const rounded = (mode: LoanTerms['rounding']['mode'], amountMultiple?: string): Partial<LoanTerms> => ({
  rounding: { mode, smoothing: false, ...(amountMultiple !== undefined && { amountMultiple }) },
});

test.each<[string, bigint, Partial<LoanTerms>, bigint, boolean]>([
  ['between two units', 12_345n, {}, 123n, false],
  ['at a tie', 12_350n, {}, 124n, true],
  ['down from between', 12_345n, rounded('DOWN'), 123n, false],
  ['down from a whole', 12_300n, rounded('DOWN'), 123n, true],
  ['up from between', 12_345n, rounded('UP'), 124n, false],
  ['to fives', 12_345n, rounded('HALF_EVEN', '0.05'), 125n, false],
  ['at a tie of fives', 12_250n, rounded('HALF_EVEN', '0.05'), 120n, true],
  ['without a rate', 12_345n, { rate: { kind: 'fixed', perYear: '0' } }, 0n, false],
])('interest is worked out digit by digit only where doubles leave a doubt: %s', (_, amount, terms, interest, is) => {
  const { model, looked } = watched(amount, terms);
  expect(interestOf(model, firstOf(model))).toBe(interest);
  expect(looked()).toBe(is);
});

test('days that bear nothing are not looked at', () => {
  const { model, looked } = watched(12_350n);
  for (const part of firstOf(model).parts) part.paused = true;
  expect(interestOf(model, firstOf(model))).toBe(0n);
  const later = watched(12_350n);
  expect(interestOf(later.model, firstOf(later.model), START)).toBe(0n);
  expect([looked(), later.looked()]).toEqual([false, false]);
});

test('what was put back of interest is due whether days bear any or not', () => {
  const { model } = watched(12_345n);
  for (const part of firstOf(model).parts.slice(-1)) part.creditedInterest = 7n;
  expect(interestOf(model, firstOf(model))).toBe(130n);
  for (const part of firstOf(model).parts) part.paused = true;
  expect(interestOf(model, firstOf(model))).toBe(7n);
});

test.each<[string, bigint, Partial<LoanTerms>, bigint, boolean]>([
  ['between two units', 1_000_000n, {}, 172_548n, false],
  ['at a tie', 15n, { rate: { kind: 'fixed', perYear: '0' } }, 2n, true],
  ['down from between', 1_000_000n, rounded('DOWN'), 172_548n, false],
  ['up from a whole', 600n, { ...rounded('UP'), rate: { kind: 'fixed', perYear: '0' } }, 100n, true],
  ['where doubles hold no sum', 2n ** 60n, {}, 198_934_722_565_763_395n, true],
])('an installment is worked out digit by digit only where doubles leave a doubt: %s', (_, amount, terms, emi, is) => {
  const { model, looked } = watched(amount, terms);
  expect(equalInstallment(model, model.periods, amount)).toBe(emi);
  expect(looked()).toBe(is);
});
