import Decimal from 'decimal.js';
import fc from 'fast-check';
import { ROUNDINGS, type Rounding } from '../../kernel';
import { carried, carriedTimes, fractionOf, timesCarried } from './carried';
import { equalInstallment } from './equal-installment';

/** Another program that divides, rounds and carries, HALF_EVEN. */
const Exact = Decimal.clone({ precision: 400, rounding: Decimal.ROUND_HALF_EVEN });
const MODES: Readonly<Record<Rounding, Decimal.Rounding>> = {
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
};

const worth = (number: ReturnType<typeof carried>) => {
  const { denominator, numerator } = fractionOf(number);
  return new Exact(numerator.toString()).div(denominator.toString());
};
const wholes = fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 12n), fc.bigInt(1n, 10n ** 40n));

describe('numbers carried at 19 significant digits', () => {
  it('are what another program makes of the same division', () => {
    fc.assert(
      fc.property(wholes, wholes, (a, b) => {
        const expected = new Exact(a.toString()).div(b.toString()).toSignificantDigits(19);
        expect(worth(carried(a, b)).eq(expected)).toBe(true);
      }),
    );
  });

  it('multiply and are carried again', () => {
    fc.assert(
      fc.property(wholes, wholes, fc.bigInt(1n, 400n), fc.bigInt(1n, 31n), (a, b, n, d) => {
        const number = carried(a, b);
        const expected = worth(number).mul(n.toString()).div(d.toString()).toSignificantDigits(19);
        expect(worth(carriedTimes(number, n, d)).eq(expected)).toBe(true);
      }),
    );
  });

  it('nothing is nothing', () => {
    expect(carried(0n, 7n)).toEqual({ digits: 0n, scale: 0, near: 0 });
    expect(timesCarried(0n, carried(1n, 7n), 'HALF_EVEN')).toBe(0n);
    expect(timesCarried(7n, carried(0n, 7n), 'UP')).toBe(0n);
  });

  it('have the closest double beside them', () => {
    expect(carried(12n, 36_500n).near).toBe(0.12 / 365);
    expect(carried(3n, 1n).near).toBe(3);
    expect(carried(10n ** 30n, 1n).near).toBe(1e30);
  });
});

describe('an amount times a carried factor', () => {
  const rounded = (whole: bigint, factor: ReturnType<typeof carried>, mode: Rounding): bigint => {
    const product = new Exact(whole.toString()).mul(worth(factor));
    const small = product.abs().lt(1e17) ? product.toSignificantDigits(19) : product;
    return BigInt(small.toDecimalPlaces(0, MODES[mode]).toFixed());
  };

  it.each(ROUNDINGS)('rounds %s once, also above what doubles hold, and below nothing', (mode) => {
    const amounts = fc.oneof(
      fc.bigInt(-(10n ** 6n), 10n ** 6n),
      fc.bigInt(0n, 10n ** 13n),
      fc.bigInt(2n ** 53n, 2n ** 80n),
    );
    fc.assert(
      fc.property(amounts, fc.bigInt(1n, 5_000n), fc.integer({ min: 1, max: 400 }), (amount, points, days) => {
        const factor = carriedTimes(carried(points, 3_650_000n), BigInt(days));
        expect(timesCarried(amount, factor, mode)).toBe(rounded(amount, factor, mode));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // 12 % over 365 days does not terminate; 365 of them are the 12 % that they stand for, and half a cent is a tie.
    [1_250n, 'HALF_EVEN', 150n],
    [1_254n, 'HALF_EVEN', 150n],
    [1_255n, 'HALF_EVEN', 151n],
    [12_500n, 'HALF_UP', 1_500n],
  ] as const)('%d at 12 %% for 365 of 365 days, %s: %d', (amount, mode, interest) => {
    expect(timesCarried(amount, carriedTimes(carried(12n, 36_500n), 365n), mode)).toBe(interest);
  });

  it('finds the ties that a rate stands for', () => {
    // 1/730 does not terminate; 365 of them are a half, and 12.5 and 37.5 are ties.
    const half = carriedTimes(carried(1n, 730n), 365n);
    expect(timesCarried(25n, half, 'HALF_EVEN')).toBe(12n);
    expect(timesCarried(75n, half, 'HALF_EVEN')).toBe(38n);
    expect(timesCarried(25n, half, 'HALF_UP')).toBe(13n);
    expect(timesCarried(-25n, half, 'HALF_EVEN')).toBe(-12n);
  });
});

describe('the equal installment', () => {
  const rules = { rounding: 'HALF_EVEN', unit: 1n, installmentMultiple: undefined } as const;
  const exact = (principal: bigint, rate: Decimal, periods: number, rest: bigint): Decimal => {
    const [p, left] = [new Exact(principal.toString()), new Exact(rest.toString())];
    if (rate.isZero()) return p.minus(left).div(periods);
    const discounted = new Exact(1).minus(rate.plus(1).pow(-periods));
    return p.minus(left).mul(rate).div(discounted).plus(left.mul(rate));
  };

  it('is what a decimal calculator says, rounded once; also for amounts that no double holds', () => {
    const amounts = fc.oneof(fc.bigInt(1n, 10n ** 10n), fc.bigInt(2n ** 53n, 2n ** 70n));
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt(0n, 3_000n),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (amount, points, n, half) => {
          const rate = carried(points, 120_000n);
          const rest = half ? amount / 2n : 0n;
          const expected = exact(amount, worth(rate), n, rest).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN);
          expect(equalInstallment(amount, rate, n, rules, rest)).toBe(BigInt(expected.toFixed()));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes to the nearest multiple, ties to even, or to the cent where nothing would be left', () => {
    const free = carried(0n, 1n);
    const to = (installmentMultiple: bigint) => ({ ...rules, installmentMultiple });
    expect(equalInstallment(1_000n, free, 4, to(100n))).toBe(200n);
    expect(equalInstallment(1_400n, free, 4, to(100n))).toBe(400n);
    expect(equalInstallment(1_004n, free, 4, to(100n))).toBe(300n);
    expect(equalInstallment(100n, free, 4, to(100n))).toBe(25n);
    expect(equalInstallment(1_000n, free, 4, { ...rules, unit: 100n })).toBe(200n);
    expect(equalInstallment(1_001n, free, 4, { ...rules, rounding: 'UP' })).toBe(251n);
  });
});
