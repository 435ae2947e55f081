import { businessDate, type RateText } from '../../kernel';
import { type LoanTerms, loanTermsSchema, originationFee, plainTerms, pricedTerms } from '.';

const rate = (text: string) => text as RateText;
const plain = () => plainTerms('CNY', rate('0.12'));

describe('the terms of a plain loan', () => {
  it('are terms, with and without an origination fee', () => {
    expect(loanTermsSchema.parse(plain())).toEqual(plain());
    const withFee = { ...plain(), charges: [originationFee(rate('0.01'))] };
    expect(loanTermsSchema.parse(withFee)).toEqual(withFee);
  });

  it('have no grace, no charges and one payout', () => {
    expect(plain()).toMatchObject({
      grace: { principal: 0, interest: 0, interestFree: 0 },
      tranches: { several: false, fullTerm: false },
      charges: [],
    });
  });
});

describe('a price of its own', () => {
  const pricedAt = (perYear: string, adds: number): LoanTerms['rate'] =>
    pricedTerms({ ...plain(), rate: { kind: 'fixed', perYear: rate(perYear) } }, adds).rate;

  it.each([
    ['0.12', 0, '0.12'],
    ['0.12', 250, '0.145'],
    ['0.12', -250, '0.095'],
    ['0.12', 1, '0.1201'],
    ['0.1234567', 5, '0.1239567'],
    ['0', 75, '0.0075'],
    ['0.0599', 1, '0.06'],
    ['0.95', 500, '1'],
    ['0.95', 1_000, '1.05'],
    ['1.05', 100, '1.06'],
    ['12', 1, '12.0001'],
    ['0.02', -200, '0'],
    ['0.02', -199, '0.0001'],
    ['0.02', -300, '0'],
  ])('%s a year and %d basis points are %s', (perYear, adds, priced) => {
    expect(pricedAt(perYear, adds)).toEqual({ kind: 'fixed', perYear: priced });
  });

  it('is in the margin where the rate floats, and nowhere else', () => {
    const table = [{ from: businessDate('2026-01-01'), perYear: rate('0.031') }];
    const floating = { ...plain(), rate: { kind: 'floating' as const, index: 'LPR-1Y', margin: rate('0.015'), table } };
    expect(pricedTerms(floating, 120)).toEqual({ ...floating, rate: { ...floating.rate, margin: '0.027' } });
  });
});
