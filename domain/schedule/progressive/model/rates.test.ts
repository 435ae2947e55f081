import { dayOf } from '../../../calendar';
import { businessDate } from '../../../kernel';
import { rateOn, ratesOf, withRate } from './rates';

const day = (text: string) => dayOf(businessDate(text));
const inForce = (rates: ReturnType<typeof ratesOf>, text: string): number => rateOn(rates, day(text)).approximate;

const FLOATING = ratesOf({
  rate: {
    kind: 'floating',
    index: 'LPR-1Y',
    margin: '0.01',
    table: [
      { from: businessDate('2026-06-20'), perYear: '0.04' },
      { from: businessDate('2026-01-20'), perYear: '0.02' },
      { from: businessDate('2026-09-20'), perYear: '0.05' },
    ],
  },
});

test('an index with its margin holds from each day that it was fixed on, in whatever order it is written', () => {
  expect(inForce(FLOATING, '2025-12-31')).toBeCloseTo(0.03, 12);
  expect(inForce(FLOATING, '2026-06-19')).toBeCloseTo(0.03, 12);
  expect(inForce(FLOATING, '2026-06-20')).toBeCloseTo(0.05, 12);
  expect(inForce(FLOATING, '2026-09-19')).toBeCloseTo(0.05, 12);
  expect(inForce(FLOATING, '2030-01-01')).toBeCloseTo(0.06, 12);
});

test('a rate that is agreed holds until the next was, and instead of one from the same day', () => {
  const between = withRate(FLOATING, day('2026-08-01'), '0.1');
  expect(inForce(between, '2026-07-31')).toBeCloseTo(0.05, 12);
  expect(inForce(between, '2026-08-01')).toBeCloseTo(0.1, 12);
  expect(inForce(between, '2026-09-20')).toBeCloseTo(0.06, 12);
  const instead = withRate(FLOATING, day('2026-06-20'), '0.2');
  expect(instead).toHaveLength(3);
  expect(inForce(instead, '2026-06-20')).toBeCloseTo(0.2, 12);
  expect(inForce(instead, '2026-06-19')).toBeCloseTo(0.03, 12);
});
