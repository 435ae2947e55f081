import fc from 'fast-check';
import { z } from 'zod';
import { ratesUpTo } from '../../tests/support/arbitrary-terms';
import { issuedOn, specificationFor } from '../../tests/support/decider-specification';
import { sampleOffering } from '../../tests/support/offerings';
import {
  compareRates,
  fold,
  formatMoney,
  type Money,
  type MoneyText,
  moneyOf,
  parseMoney,
  productId,
  ROUNDINGS,
} from '../kernel';
import { figuresOf, type LoanTerms, originationFee } from '../schedule';
import { dearestAllInRate, type Offering, offeringInForce, offeringSchema, type ProductEvent, productDecider } from '.';

const { given } = specificationFor(productDecider);
const id = productId('first-credit');
const TODAY = issuedOn('2026-03-02').businessDate;

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });
const fen = (minor: number): Money => moneyOf(BigInt(minor), 'CNY');
const withRate = (ratePerYear: string, originationRate = '0.01'): Offering => ({
  ...sampleOffering,
  terms: {
    ...sampleOffering.terms,
    rate: { kind: 'fixed', perYear: ratePerYear },
    charges: [originationFee(originationRate)],
  },
});

const draft = (offering: Offering) => ({ type: 'DraftProduct', data: { productId: id, offering } }) as const;
const publish = { type: 'PublishProduct', data: { productId: id } } as const;
const retire = { type: 'RetireProduct', data: { productId: id, reason: 'replaced' } } as const;

const drafted = (version: number, offering = sampleOffering): ProductEvent => ({
  type: 'ProductDrafted',
  data: { version, offering },
});
const published = (version: number, offering = sampleOffering): ProductEvent => ({
  type: 'ProductPublished',
  data: {
    version,
    offering,
    cap: '0.24',
    dearestAllInRate: dearestAllInRate(offering, TODAY),
    publishedOn: TODAY,
  },
});
const retired: ProductEvent = { type: 'ProductRetired', data: { reason: 'replaced' } };

describe('a product', () => {
  it('keeps nothing back of a payout that depends on the day it arrives', () => {
    const calculation = { kind: 'share', of: 'interest', share: '0.02' } as const;
    const charges = [{ name: 'Service', kind: 'fee', time: 'disbursement', calculation } as const];
    given([])
      .when(draft({ ...sampleOffering, terms: { ...sampleOffering.terms, charges } }))
      .thenRefused('OFFERING_INVALID');
  });

  it('is drafted, published with the cap it was checked against, and retired', () => {
    given([])
      .when(draft(sampleOffering))
      .then([drafted(1)]);
    given([drafted(1)])
      .when(publish)
      .then([published(1)]);
    given([drafted(1), published(1)])
      .when(retire)
      .then([retired]);
  });

  it('is on offer while it is published, in the version that was published last', () => {
    const next = withRate('0.17');
    const inForce = (...events: ProductEvent[]) => offeringInForce(fold(productDecider, events));
    expect(inForce()).toBeUndefined();
    expect(inForce(drafted(1))).toBeUndefined();
    expect(inForce(drafted(1), published(1))).toEqual({ version: 1, offering: sampleOffering });
    expect(inForce(drafted(1), published(1), drafted(2, next))).toEqual({ version: 1, offering: sampleOffering });
    expect(inForce(drafted(1), published(1), drafted(2, next), published(2, next))).toEqual({
      version: 2,
      offering: next,
    });
    expect(inForce(drafted(1), published(1), retired)).toBeUndefined();
  });

  it('counts its versions by what was published: a draft replaces the draft before it', () => {
    given([drafted(1)])
      .when(draft(withRate('0.17')))
      .then([drafted(1, withRate('0.17'))]);
    given([drafted(1), published(1)])
      .when(draft(withRate('0.17')))
      .then([drafted(2, withRate('0.17'))]);
    given([drafted(1), published(1), drafted(2)])
      .when(draft(withRate('0.16')))
      .then([drafted(2, withRate('0.16'))]);
  });

  it('is published from a draft only', () => {
    given([]).when(publish).thenRefused('PRODUCT_NOT_DRAFTED');
    given([drafted(1), published(1)])
      .when(publish)
      .thenRefused('PRODUCT_NOT_DRAFTED');
    given([drafted(1), published(1), retired])
      .when(publish)
      .thenRefused('PRODUCT_NOT_DRAFTED');
  });

  it('once retired stays retired', () => {
    const history = [drafted(1), published(1), retired];
    given(history).when(retire).thenNothing();
    given(history).when(draft(sampleOffering)).thenRefused('WRONG_STATUS');
    given([]).when(retire).thenRefused('NOT_FOUND');
    given([drafted(1)])
      .when(retire)
      .then([retired]);
  });

  it.each<[string, Partial<Offering>]>([
    ['amounts crossed', { amount: { least: cny('2000.00'), most: cny('1999.99') } }],
    ['an amount of nothing', { amount: { least: cny('0.00'), most: cny('1000.00') } }],
    ['a negative amount', { amount: { least: cny('-1.00'), most: cny('1000.00') } }],
    ['two currencies', { amount: { least: cny('1000.00'), most: { amount: '50000.00', currency: 'EUR' } } }],
    [
      'another currency than its terms',
      { amount: { least: { amount: '1.00', currency: 'EUR' }, most: { amount: '2.00', currency: 'EUR' } } },
    ],
    ['numbers of installments crossed', { installments: { least: 13, most: 12 } }],
  ])('with %s is refused', (_what, contradiction) => {
    given([])
      .when(draft({ ...sampleOffering, ...contradiction }))
      .thenRefused('OFFERING_INVALID');
  });
});

interface Bounds {
  readonly mode: (typeof ROUNDINGS)[number];
  readonly ratePerYear: string;
  readonly originationRate: string;
  readonly least: number;
  readonly more: number;
  readonly leastMonths: number;
  readonly moreMonths: number;
}

describe('the legal cap', () => {
  it('refuses an offering whose dearest choice exceeds it, fee included (I-12)', () => {
    // 22 % nominal is 24.36 % compounded; 18 % with a fee of 1.2 % is within 24 % over twelve months, but not over six.
    given([drafted(1, withRate('0.22', '0'))])
      .when(publish)
      .thenRefused('CAP_EXCEEDED');
    given([drafted(1, withRate('0.18', '0.012'))])
      .when(publish)
      .thenRefused('CAP_EXCEEDED');
    const fromTwelve = { ...withRate('0.18', '0.012'), installments: { least: 12, most: 24 } };
    given([drafted(1, fromTwelve)])
      .when(publish)
      .then([published(1, fromTwelve)]);
  });

  it('refuses what is absurdly dear just the same', () => {
    given([drafted(1, withRate('9999', '9999'))])
      .when(publish)
      .thenRefused('CAP_EXCEEDED');
  });

  it('is the one of the day of publication', () => {
    const offering: Offering = { ...withRate('0.13', '0'), licence: 'private-lender' };
    const on = (day: string) => ({ ...publish, businessDate: issuedOn(day).businessDate });
    given([drafted(1, offering)])
      .when(on('2020-08-20'))
      .thenMatching([{ data: { cap: '0.154' } }]);
    given([drafted(1, offering)])
      .when(on('2025-05-20'))
      .thenRefused('CAP_EXCEEDED');
  });

  const bounds = fc.record({
    mode: fc.constantFrom(...ROUNDINGS),
    ratePerYear: ratesUpTo(36),
    originationRate: ratesUpTo(5),
    least: fc.integer({ min: 100, max: 1_000_000 }),
    more: fc.integer({ min: 0, max: 10_000_000 }),
    leastMonths: fc.integer({ min: 1, max: 60 }),
    moreMonths: fc.integer({ min: 0, max: 12 }),
  });
  const within = ({ mode, ratePerYear, originationRate, ...bound }: Bounds): Offering => {
    const { least, more, leastMonths, moreMonths } = bound;
    const { terms, ...rest } = withRate(ratePerYear, originationRate);
    return {
      ...rest,
      terms: { ...terms, rounding: { ...terms.rounding, mode } },
      amount: { least: formatMoney(fen(least)), most: formatMoney(fen(least + more)) },
      installments: { least: leastMonths, most: leastMonths + moreMonths },
    };
  };
  const choices = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 8, maxLength: 8 });
  const holds = (offering: Offering, picks: readonly (readonly [number, number])[]): void => {
    const dearest = dearestAllInRate(offering, TODAY);
    const [least, most] = [parseMoney(offering.amount.least).minor, parseMoney(offering.amount.most).minor];
    const { least: shortest, most: longest } = offering.installments;
    for (const [amount, term] of picks) {
      const principal = moneyOf(least + (BigInt(amount) % (most - least + 1n)), 'CNY');
      const months = shortest + (term % (longest - shortest + 1));
      const rate = figuresOf(offering.terms, principal, months, TODAY).allInRate;
      expect(compareRates(rate, dearest)).not.toBe(1);
    }
  };

  it('is not exceeded by any choice within the bounds of what was published, whatever the roundings', () => {
    fc.assert(fc.property(bounds.map(within), choices, holds));
  });

  it('is not exceeded in any shape of plan either, nor by fees of a fixed sum', () => {
    const shape = fc.constantFrom<LoanTerms['amortization']>(
      { kind: 'equal-installments' },
      { kind: 'equal-principal' },
      { kind: 'interest-only' },
      { kind: 'bullet' },
      { kind: 'balloon', share: '0.01' },
      { kind: 'balloon-amount', amount: '0.50' },
    );
    const sum = fc.integer({ min: 1, max: 5 }).map((yuan) => ({ kind: 'flat', amount: `${yuan}.00` }) as const);
    const charge = fc.record({
      calculation: sum,
      time: fc.constantFrom('first-installment', 'per-installment', 'disbursement'),
    });
    const method = fc.constantFrom('declining-balance', 'flat');
    const multiple = fc.constantFrom(undefined, '0.10', '1.00');
    fc.assert(
      fc.property(bounds, choices, shape, charge, method, multiple, (bound, picks, amortization, fee, way, whole) => {
        const { terms, ...rest } = within(bound);
        const { rounding, interest } = terms;
        const shaped: LoanTerms = {
          ...terms,
          amortization,
          interest: { ...interest, method: way },
          rounding: { ...rounding, ...(whole !== undefined && { installmentMultiple: whole }) },
          charges: [...terms.charges, { name: 'Service', kind: 'fee', ...fee }],
        };
        holds({ ...rest, terms: shaped }, picks);
      }),
    );
  });

  it('is compared with what the dearest choice costs, but for a few hundredths of a percent: the shortest term', () => {
    const rateOver = (months: number): number =>
      Number(figuresOf(sampleOffering.terms, fen(5_000_000), months, TODAY).allInRate);
    const dearest = Number(dearestAllInRate(sampleOffering, TODAY));
    expect(rateOver(6)).toBeGreaterThan(rateOver(24));
    expect(dearest).toBeGreaterThanOrEqual(rateOver(6));
    expect(dearest).toBeLessThan(rateOver(6) + 0.0003);
  });
});

it('an offering has one shape in JSON Schema, in and out', () => {
  expect(z.toJSONSchema(offeringSchema, { io: 'output' })).toEqual(z.toJSONSchema(offeringSchema, { io: 'input' }));
});
