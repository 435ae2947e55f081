import { businessDate } from '../kernel';
import { capInForce, type Offering } from '.';

const cap = (licence: Offering['licence'], on: string): string => capInForce('CN', licence, businessDate(on));

describe('the legal cap', () => {
  it('for licensed lenders is 24 % a year in all (法发〔2017〕22号)', () => {
    for (const licence of ['micro-lender', 'consumer-finance'] as const) {
      expect([cap(licence, '2018-01-01'), cap(licence, '2026-11-22')]).toEqual(['0.24', '0.24']);
    }
  });

  // 法释〔2015〕18号 art. 26, then four times the one-year LPR by 法释〔2020〕6号; a publication counts from its own day.
  it.each([
    ['2015-09-01', '0.24'],
    ['2019-08-20', '0.24'],
    ['2020-08-19', '0.24'],
    ['2020-08-20', '0.154'],
    ['2021-12-19', '0.154'],
    ['2021-12-20', '0.152'],
    ['2022-01-19', '0.152'],
    ['2022-08-21', '0.148'],
    ['2023-06-20', '0.142'],
    ['2023-08-21', '0.138'],
    ['2024-10-20', '0.134'],
    ['2025-05-19', '0.124'],
    ['2025-05-20', '0.12'],
    ['2026-08-20', '0.12'],
  ])('for private lending on %s is %s', (on, rate) => {
    expect(cap('private-lender', on)).toBe(rate);
  });

  it('before the oldest entry is the oldest: the house never lends under a looser cap than it knows', () => {
    expect(cap('micro-lender', '2000-01-01')).toBe('0.24');
    expect(cap('private-lender', '2000-01-01')).toBe('0.24');
  });
});
