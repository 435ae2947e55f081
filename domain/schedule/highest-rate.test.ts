import { termsWith } from '../../tests/support/progressive-loans';
import { businessDate, type Currency, moneyOf } from '../kernel';
import { allInRateOf, highestRateOf, type LoanTerms, namesSums, originationFee } from '.';
import { asIfDisbursed } from './quote';

const ON = businessDate('2026-01-15');
type Charge = LoanTerms['charges'][number];

const plain: Partial<LoanTerms> = { rounding: { mode: 'HALF_EVEN', smoothing: false } };
const flat = (time: Charge['time'], amount: string): Charge => ({
  name: `flat ${time}`,
  kind: 'fee',
  time,
  calculation: { kind: 'flat', amount },
});
const bounded = (bounds: { readonly least?: string; readonly most?: string }): Charge => ({
  name: 'bounded',
  kind: 'fee',
  time: 'first-installment',
  calculation: { kind: 'share', of: 'principal', share: '0.01', ...bounds },
});

interface Offer {
  readonly differing: Partial<LoanTerms>;
  readonly principal?: bigint;
  readonly least?: bigint;
}

const ratesOf = ({ differing, principal = 100_000n, least = principal }: Offer) => {
  const terms = termsWith({ ...plain, ...differing });
  const of = (minor: bigint) => moneyOf(minor, terms.currency);
  const quoted = (minor: bigint) => allInRateOf(terms, asIfDisbursed(terms, of(minor), 6, ON));
  return {
    quoted: quoted(principal),
    ofLeast: quoted(least),
    highest: highestRateOf(terms, of(principal), 6, ON, of(least)),
  };
};

const jpy: { readonly currency: Currency } = { currency: 'JPY' };

describe('the rate that no rounding exceeds', () => {
  it.each<readonly [string, Offer, string, string]>([
    ['of a plain loan', { differing: {} }, '0.125361', '0.125531'],
    ['rounded up', { differing: { rounding: { mode: 'UP', smoothing: false } } }, '0.125545', '0.125644'],
    ['rounded down', { differing: { rounding: { mode: 'DOWN', smoothing: false } } }, '0.125319', '0.125418'],
    [
      'rounded to ten cents',
      { differing: { rounding: { mode: 'HALF_UP', smoothing: false, amountMultiple: '0.10' } } },
      '0.125733',
      '0.126647',
    ],
    [
      'of installments of whole tens',
      { differing: { rounding: { mode: 'HALF_EVEN', smoothing: false, installmentMultiple: '10' } } },
      '0.125418',
      '0.131301',
    ],
    [
      'with a fee on the first installment',
      { differing: { charges: [originationFee('0.01')] } },
      '0.164683',
      '0.164881',
    ],
    [
      'with fees of both kinds',
      { differing: { charges: [originationFee('0.01'), flat('first-installment', '3.00')] } },
      '0.176797',
      '0.177018',
    ],
    [
      'with a fee that is kept back',
      { differing: { charges: [flat('disbursement', '12.5')] } },
      '0.175455',
      '0.175657',
    ],
    [
      'with a fee of some least amount',
      { differing: { charges: [bounded({ least: '20.00' })] } },
      '0.205652',
      '0.205859',
    ],
    [
      'with a fee of some most amount',
      { differing: { charges: [bounded({ most: '4.000' })] } },
      '0.140897',
      '0.141090',
    ],
    [
      'with a balloon',
      { differing: { amortization: { kind: 'balloon-amount', amount: '300.00' } } },
      '0.125534',
      '0.125638',
    ],
    [
      'of a given installment',
      { differing: { amortization: { kind: 'fixed-installment', amount: '250' } } },
      '0.125065',
      '0.125176',
    ],
    [
      'of a plan by hand',
      {
        differing: {
          amortization: { kind: 'hand-made', principal: ['500.00', '0.00', '100.00', '100.00', '100.00', '200.00'] },
        },
      },
      '0.126227',
      '0.126359',
    ],
    [
      'with interest put off',
      { differing: { grace: { principal: 2, interest: 2, interestFree: 0 } } },
      '0.124660',
      '0.124728',
    ],
    ['without interest', { differing: { rate: { kind: 'fixed', perYear: '0' } } }, '0.000000', '0.000000'],
    ['of whole yen', { differing: jpy, principal: 10_000n }, '0.125733', '0.126647'],
    [
      'of tens of yen',
      {
        differing: { ...jpy, rounding: { mode: 'HALF_EVEN', smoothing: false, amountMultiple: '10' } },
        principal: 50_000n,
      },
      '0.124945',
      '0.127890',
    ],
    ['of any amount from a tenth', { differing: {}, least: 10_000n }, '0.125361', '0.126647'],
  ])('%s', (_, offer, quoted, highest) => {
    const rates = ratesOf(offer);
    expect({ quoted: rates.quoted, highest: rates.highest }).toEqual({ quoted, highest });
    expect(Number(highest)).toBeGreaterThanOrEqual(Number(quoted));
    expect(Number(highest)).toBeGreaterThanOrEqual(Number(rates.ofLeast));
  });
});

test.each<readonly [string, Partial<LoanTerms>, boolean]>([
  ['plain terms', {}, false],
  ['a share of the principal', { charges: [originationFee('0.01')] }, false],
  ['a flat fee', { charges: [originationFee('0.01'), flat('first-installment', '3.00')] }, true],
  ['a fee of some least amount', { charges: [bounded({ least: '1.00' })] }, true],
  ['a fee of some most amount', { charges: [bounded({ most: '1.00' })] }, true],
  ['a balloon of an amount', { amortization: { kind: 'balloon-amount', amount: '300.00' } }, true],
  ['a balloon of a share', { amortization: { kind: 'balloon', share: '0.1' } }, false],
  ['a plan by hand', { amortization: { kind: 'hand-made', principal: ['1.00'] } }, true],
])('%s: whether sums of money are named', (_, differing, isNaming) => {
  expect(namesSums(termsWith(differing))).toBe(isNaming);
});
