import { businessDate, compareRates, moneyOf, parseMoney } from '../domain/kernel';
import { capInForce, dearestAllInRate, offeringSchema } from '../domain/product';
import { figuresOf } from '../domain/schedule';
import { OFFERINGS, personalCredit, SHAPES, type Shape } from './offerings';

const TODAY = businessDate('2026-01-05');

describe.each(SHAPES)('what the simulated house lends: %s', (shape) => {
  const offering = OFFERINGS[shape];

  test('is a sound offering', () => {
    expect(offeringSchema.parse(offering)).toEqual(offering);
  });

  test('keeps the legal cap even at its dearest', () => {
    const cap = capInForce(offering.jurisdiction, offering.licence, TODAY);
    expect(compareRates(dearestAllInRate(offering, TODAY), cap)).toBe(-1);
  });
});

test('personal credit covers every amount and term of the South German Credit data', () => {
  const { amount, installments } = personalCredit;
  expect(parseMoney(amount.least).minor).toBeLessThanOrEqual(25_000n);
  expect(parseMoney(amount.most).minor).toBeGreaterThanOrEqual(1_842_400n);
  expect(installments).toEqual({ least: 4, most: 72 });
});

describe('the shape of a plan over 1,200.00', () => {
  const rowsOf = (shape: Shape, count: number) =>
    figuresOf(OFFERINGS[shape].terms, moneyOf(120_000n, 'CNY'), count, TODAY).schedule.rows;
  const principals = (shape: Shape, count: number): readonly string[] =>
    rowsOf(shape, count).map(({ principal }) => principal);
  const totals = (shape: Shape, count: number): readonly string[] => rowsOf(shape, count).map(({ total }) => total);

  test('equal installments: every total but the first, with its fee, and the last is the same', () => {
    expect(new Set(totals('equal-installments', 6).slice(1, -1)).size).toBe(1);
  });

  test('equal principal: the same principal each time, less interest with each', () => {
    expect(new Set(principals('equal-principal', 6))).toEqual(new Set(['200.00']));
    const interest = rowsOf('equal-principal', 6).map((row) => Number(row.interest));
    expect(interest.at(-1)).toBeLessThan(interest[0] ?? 0);
  });

  test('interest only: all principal is a balloon with the last', () => {
    expect(principals('interest-only', 4)).toEqual(['0.00', '0.00', '0.00', '1200.00']);
  });

  test('flat: the same interest with each', () => {
    expect(new Set(rowsOf('flat', 6).map(({ interest }) => interest))).toEqual(new Set(['8.50']));
  });

  test('thirty days: one payment after thirty days, five parts in ten thousand of interest a day', () => {
    expect(rowsOf('thirty-days', 1)).toMatchObject([{ due: '2026-02-04', principal: '1200.00', interest: '18.00' }]);
  });
});
