import type { MoneyText, RateText } from '../domain/kernel';
import type { Offering } from '../domain/product';
import { type LoanTerms, originationFee, plainTerms } from '../domain/schedule';

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** The shapes of loans that the simulated house offers, one product for each. */
export const SHAPES = [
  'equal-installments',
  'equal-principal',
  'interest-only',
  'flat',
  'thirty-days',
  'revolving',
] as const;
export type Shape = (typeof SHAPES)[number];

const PENALTY = { ratePerYear: '0.05', graceDays: 3 } as const;

const offered = (
  name: string,
  terms: LoanTerms,
  [least, most]: readonly [string, string],
  [fewest, largest]: readonly [number, number],
): Offering => ({
  name,
  terms: { ...terms, penalty: PENALTY },
  amount: { least: cny(least), most: cny(most) },
  installments: { least: fewest, most: largest },
  jurisdiction: 'CN',
  licence: 'micro-lender',
  deniedRegions: [],
});

/** Interest by the days that really pass, over a year of 365. */
const byTheDay = (perYear: RateText): LoanTerms => {
  const terms = plainTerms('CNY', perYear);
  return { ...terms, interest: { ...terms.interest, dayCount: 'act/365f' } };
};

/** Due on business days only: what falls on another day is due on the next one. */
const onBusinessDays = (terms: LoanTerms): LoanTerms => ({
  ...terms,
  dueDates: { ...terms.dueDates, calendar: { name: 'CN@2026.1', adjustment: 'following' } },
});

/** Interest on all that was lent, in every installment, whatever was paid in between. */
const flatAt = (perYear: RateText): LoanTerms => {
  const { recalculation: _, ...terms } = plainTerms('CNY', perYear);
  return { ...terms, interest: { ...terms.interest, method: 'flat', calculation: 'per-period' } };
};

/**
 * What the simulated house lends. Personal credit is within bounds that cover every amount and term of the South German
 * Credit data (250 to 18,424; 4 to 72 months); over the shortest term the fee weighs most.
 */
export const OFFERINGS: Readonly<Record<Shape, Offering>> = {
  'equal-installments': offered(
    'Personal credit',
    { ...plainTerms('CNY', '0.15'), charges: [originationFee('0.01')] },
    ['250.00', '20000.00'],
    [4, 72],
  ),
  'equal-principal': offered(
    'Falling installments',
    onBusinessDays({ ...byTheDay('0.14'), amortization: { kind: 'equal-principal' } }),
    ['500.00', '20000.00'],
    [6, 36],
  ),
  'interest-only': offered(
    'Bridge credit',
    onBusinessDays({ ...byTheDay('0.16'), amortization: { kind: 'interest-only' } }),
    ['500.00', '20000.00'],
    [3, 12],
  ),
  flat: offered('Appliance plan', flatAt('0.085'), ['250.00', '10000.00'], [6, 24]),
  'thirty-days': offered(
    'Thirty days',
    {
      ...byTheDay('0.1825'),
      amortization: { kind: 'bullet' },
      dueDates: { ...plainTerms('CNY', '0').dueDates, period: { every: 30, unit: 'days' } },
    },
    ['250.00', '3000.00'],
    [1, 1],
  ),
  revolving: offered(
    'Revolving credit',
    { ...byTheDay('0.165'), tranches: { several: true, fullTerm: true, revolving: true } },
    ['500.00', '20000.00'],
    [3, 12],
  ),
};

/** The product that the data on people was made for. */
export const personalCredit: Offering = OFFERINGS['equal-installments'];
