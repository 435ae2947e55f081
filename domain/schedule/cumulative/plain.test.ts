import { businessDate } from '../../kernel';
import { LOAN_DAY_COUNTS, type LoanTerms } from '../loan-terms';
import { begin } from './begin';
import { planPeriod } from './period';
import { isPlain, isPlainToTheEnd, planPlainly } from './plain';
import { NO_VARIATIONS, type Story } from './story';
import { CLASSIC, day, RECALCULATED } from './terms.fixture';
import type { Walk } from './walk';

const START = day('2027-08-31');
const LENT = 1_234_567n;

const storyOf = (terms: LoanTerms, differing: Partial<Story> = {}, installments = 7): Story => ({
  terms,
  agreement: { principal: LENT, installments, submittedOn: START },
  tranches: [{ id: 'a', on: START, amount: LENT, installment: undefined }],
  variations: NO_VARIATIONS,
  demands: [],
  movements: [],
  today: START,
  ...differing,
});

const steppedTo = (story: Story, number: number): Walk => {
  const walk = begin(story);
  while (walk.number < number && walk.outstanding + BigInt(walk.coming.length) > 0n) planPeriod(walk, undefined);
  return walk;
};

/** All that a walk has come to, and the rows that it made. */
const reached = ({ rows, from, number, planned, outstanding, balance, putOff, excess, flat }: Walk) => ({
  rows: rows.map(({ kind, from: since, due, owed }) => ({ kind, since, due, ...owed })),
  walk: { from, number, planned, outstanding, balance: balance.now, putOff, excess, asked: flat?.asked },
});

const smooth: LoanTerms = { ...CLASSIC, rounding: { mode: 'HALF_EVEN', smoothing: false } };
const interest = (differing: Partial<LoanTerms['interest']>): Partial<LoanTerms> => ({
  interest: { ...smooth.interest, ...differing },
});

const SHAPES: readonly LoanTerms['amortization'][] = [
  { kind: 'equal-installments' },
  { kind: 'equal-principal' },
  { kind: 'interest-only' },
  { kind: 'bullet' },
  { kind: 'balloon', share: '0.05' },
  { kind: 'balloon-amount', amount: '1000.00' },
  { kind: 'fixed-installment', amount: '2500.00' },
  { kind: 'fixed-installment', amount: '90.00' },
  { kind: 'hand-made', principal: ['1000.00', '0.00', '3000.00', '3000.00', '2000.00', '1000.00', '2345.67'] },
];
const GRACES: readonly LoanTerms['grace'][] = [
  { principal: 0, interest: 0, interestFree: 0 },
  { principal: 3, interest: 0, interestFree: 0 },
  { principal: 0, interest: 3, interestFree: 0 },
  { principal: 1, interest: 2, interestFree: 3 },
];
const FLOATING: LoanTerms['rate'] = {
  kind: 'floating',
  index: 'LPR',
  margin: '0.0315',
  table: [
    { from: businessDate('2022-01-01'), perYear: '0.035' },
    { from: businessDate('2027-11-30'), perYear: '0.065' },
    { from: businessDate('2028-01-12'), perYear: '0.015' },
  ],
};

const KNOBS: readonly (readonly [string, Partial<LoanTerms>])[] = [
  ...LOAN_DAY_COUNTS.filter((dayCount) => dayCount !== 'act/act-icma').flatMap((dayCount) =>
    (['calendar', 'february-29-periods'] as const).map(
      (yearLength) => [`${dayCount}, ${yearLength}`, interest({ dayCount, yearLength })] as const,
    ),
  ),
  ['a year that begins with the first of January', interest({ yearLength: 'calendar', yearSplit: '1-january' })],
  ['the period', interest({ calculation: 'per-period' })],
  ['the whole period', interest({ calculation: 'per-period', partialPeriods: false })],
  ['flat interest', interest({ method: 'flat' })],
  ['flat interest by the period', interest({ method: 'flat', calculation: 'per-period' })],
  ['a floating rate', { rate: FLOATING }],
  ['a rate that leaves no room for principal', { rate: { kind: 'fixed', perYear: '3.6' } }],
  ['no rate', { rate: { kind: 'fixed', perYear: '0' } }],
  ['rounding up at the half', { rounding: { mode: 'HALF_UP', smoothing: false } }],
  ['amounts of five units', { rounding: { mode: 'HALF_EVEN', smoothing: false, amountMultiple: '0.05' } }],
  ['whole installments', { rounding: { mode: 'HALF_EVEN', smoothing: false, installmentMultiple: '10' } }],
  ['two weeks', { dueDates: { ...CLASSIC.dueDates, period: { every: 2, unit: 'weeks' } } }],
];

describe.each(KNOBS)('the tight loop goes where one period after the other does: %s', (_, differing) => {
  test.each(SHAPES)('$kind', (amortization) => {
    for (const grace of GRACES) {
      const terms: LoanTerms = { ...smooth, ...differing, amortization, grace };
      const long = steppedTo(storyOf(terms), 10_000);
      const short = steppedTo(storyOf(terms), 1);
      const isEven = terms.interest.method !== 'flat' || terms.rounding.installmentMultiple === undefined;
      expect(isPlain(short)).toBe(isEven);
      expect(isPlainToTheEnd(short)).toBe(terms.rate.kind === 'fixed');
      while (short.outstanding > 0n && isPlain(short)) {
        planPlainly(short);
        if (short.outstanding > 0n) planPeriod(short, undefined);
      }
      if (isEven) expect(reached(short)).toEqual(reached(long));
    }
  });
});

test('the tight loop stops before a period in which the rate changes, and nowhere else', () => {
  const walk = steppedTo(storyOf({ ...smooth, rate: FLOATING }), 1);
  planPlainly(walk);
  // From the day of a due date a rate holds for the whole of the next period.
  expect(walk.rows.map(({ due }) => due)).toEqual(['2027-09-30', '2027-10-31', '2027-11-30', '2027-12-31'].map(day));
  planPeriod(walk, undefined);
  planPlainly(walk);
  expect(walk.number).toBe(7);
});

describe('a plan is plain', () => {
  const none = { ...NO_VARIATIONS };
  const recalculated = (rest: NonNullable<LoanTerms['recalculation']>['rest']): LoanTerms => ({
    ...smooth,
    ...(RECALCULATED.recalculation && { recalculation: { ...RECALCULATED.recalculation, rest } }),
  });
  const later = { id: 'b', on: START + 50, amount: 100n, installment: undefined };
  const first = { id: 'a', on: START, amount: LENT, installment: undefined };
  const flat = { ...smooth, ...interest({ method: 'flat' }) };
  const rounded = (rounding: Partial<LoanTerms['rounding']>, terms = smooth): LoanTerms => ({
    ...terms,
    rounding: { ...terms.rounding, ...rounding },
  });
  const lent = (amount: bigint): Partial<Story> => ({ tranches: [{ ...first, amount }] });

  test.each<[string, boolean, Story]>([
    ['by itself', true, storyOf(smooth)],
    ['with a rest every day', true, storyOf(recalculated({ frequency: 'daily', every: 1 }))],
    ['with a rest every other day', false, storyOf(recalculated({ frequency: 'daily', every: 2 }))],
    ['with a rest every week', false, storyOf(recalculated({ frequency: 'weekly', every: 1 }))],
    ['with a rest every month', false, storyOf(recalculated({ frequency: 'monthly', every: 1 }))],
    ['with a rest every installment', true, storyOf(recalculated({ frequency: 'per-installment', every: 2 }))],
    [
      'once its interest follows what is paid',
      false,
      storyOf(recalculated({ frequency: 'daily', every: 1 }), { today: START + 40 }),
    ],
    ['with money still to come', false, storyOf(smooth, { tranches: [first, later] })],
    ['rounded at the half', true, storyOf(rounded({ mode: 'HALF_UP' }))],
    ['rounded down', false, storyOf(rounded({ mode: 'DOWN' }))],
    ['rounded up', false, storyOf(rounded({ mode: 'UP' }))],
    ['to a multiple', true, storyOf(rounded({ installmentMultiple: '10' }))],
    ['flat', true, storyOf(flat)],
    ['flat to a multiple', false, storyOf(rounded({ installmentMultiple: '10' }, flat))],
    ['with amounts of a multiple', true, storyOf(rounded({ amountMultiple: '10' }))],
    [
      'with amounts of a multiple that no double holds',
      false,
      storyOf(rounded({ amountMultiple: '90071992547409.92' })),
    ],
    ['of a sum that no double holds', false, storyOf(smooth, lent(2n ** 54n))],
    ['of the largest sum', true, storyOf({ ...smooth, amortization: { kind: 'interest-only' } }, lent(2n ** 53n - 1n))],
    [
      'of the first sum beyond it',
      false,
      storyOf({ ...smooth, amortization: { kind: 'interest-only' } }, lent(2n ** 53n)),
    ],
    [
      'flat with more interest than doubles hold',
      false,
      storyOf(
        { ...flat, amortization: { kind: 'interest-only' }, rate: { kind: 'fixed', perYear: '9' } },
        lent(2n ** 52n),
      ),
    ],
    [
      'with more installments to come',
      false,
      storyOf(smooth, { variations: { ...none, extras: [{ from: START + 70, count: 1 }] } }),
    ],
    [
      'with grace to come',
      false,
      storyOf(smooth, { variations: { ...none, graces: [{ from: START + 70, principal: 1, interest: 0 }] } }),
    ],
    [
      'with a rate to come',
      false,
      storyOf(smooth, { variations: { ...none, rates: [{ from: START + 70, perYear: '0.2' }] } }),
    ],
    [
      'with days that bear nothing',
      false,
      storyOf(smooth, { variations: { ...none, pauses: [{ from: START + 70, through: START + 80 }] } }),
    ],
    [
      'with a due date that moves',
      true,
      storyOf(smooth, { variations: { ...none, moves: [{ from: day('2027-10-31'), to: day('2027-11-05') }] } }),
    ],
  ])('%s: %p', (_, plain, story) => {
    const walk = begin(story);
    expect(isPlain(walk)).toBe(false);
    planPeriod(walk, undefined);
    expect(isPlain(walk)).toBe(plain);
  });

  test('not while some of what bears interest is still ahead', () => {
    const walk = steppedTo(storyOf(smooth), 1);
    walk.balance.ahead.push({ day: walk.from, delta: -5n });
    expect(isPlain(walk)).toBe(false);
    expect(isPlain(steppedTo(storyOf(smooth), 1))).toBe(true);
  });
});
