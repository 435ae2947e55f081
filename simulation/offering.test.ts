import { businessDate, compareRates, parseMoney } from '../domain/kernel';
import { capInForce, dearestAllInRate, offeringSchema } from '../domain/product';
import { portfolioOffering } from './offering';

describe('what the simulated house lends', () => {
  test('is a sound offering', () => {
    expect(offeringSchema.parse(portfolioOffering)).toEqual(portfolioOffering);
  });

  test('keeps the legal cap even at its dearest', () => {
    const { jurisdiction, licence } = portfolioOffering;
    const cap = capInForce(jurisdiction, licence, businessDate('2026-01-05'));
    const dearest = dearestAllInRate(portfolioOffering, businessDate('2026-01-05'));
    expect(compareRates(dearest, cap)).toBe(-1);
  });

  test('covers every amount and term of the South German Credit data', () => {
    const { amount, installments } = portfolioOffering;
    expect(parseMoney(amount.least).minor).toBeLessThanOrEqual(25_000n);
    expect(parseMoney(amount.most).minor).toBeGreaterThanOrEqual(1_842_400n);
    expect(installments).toEqual({ least: 4, most: 72 });
  });
});
