import Decimal from 'decimal.js';
import fc from 'fast-check';
import { divideRounded, ROUNDINGS, type Rounding } from '.';

/** The same roundings as another program names them. */
const ORACLE: Readonly<Record<Rounding, Decimal.Rounding>> = {
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
};
const Exact = Decimal.clone({ precision: 200 });

const fractions = fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 12n));
const halves = fc.bigInt(-1000n, 1000n).map((n): [bigint, bigint] => [2n * n + 1n, 2n]);

describe('rounded division', () => {
  it.each([
    // numerator, HALF_EVEN, HALF_UP, DOWN, UP; over 10
    [24n, 2n, 2n, 2n, 3n],
    [25n, 2n, 3n, 2n, 3n],
    [35n, 4n, 4n, 3n, 4n],
    [26n, 3n, 3n, 2n, 3n],
    [30n, 3n, 3n, 3n, 3n],
    [-25n, -2n, -3n, -2n, -3n],
    [-35n, -4n, -4n, -3n, -4n],
    [1n, 0n, 0n, 0n, 1n],
    [0n, 0n, 0n, 0n, 0n],
  ])('%d / 10', (numerator, halfEven, halfUp, down, up) => {
    const rounded = ROUNDINGS.map((rounding) => divideRounded(numerator, 10n, rounding));
    expect(rounded).toEqual([halfEven, halfUp, down, up]);
  });

  it.each(ROUNDINGS)('%s agrees with decimal.js', (rounding) => {
    fc.assert(
      fc.property(fc.oneof(fractions, halves), ([numerator, denominator]) => {
        const exact = new Exact(numerator.toString()).div(denominator.toString());
        expect(divideRounded(numerator, denominator, rounding).toString()).toBe(
          exact.toDecimalPlaces(0, ORACLE[rounding]).toFixed().replace('-0', '0'),
        );
      }),
    );
  });

  it.each(ROUNDINGS)('%s is symmetric around zero and never rounds a larger value lower', (rounding) => {
    fc.assert(
      fc.property(fractions, fc.bigInt(0n, 10n ** 6n), ([numerator, denominator], more) => {
        const rounded = divideRounded(numerator, denominator, rounding);
        expect(divideRounded(-numerator, denominator, rounding)).toBe(-rounded);
        expect(divideRounded(numerator + more, denominator, rounding) >= rounded).toBe(true);
      }),
    );
  });

  it('has no answer for a denominator that is not positive', () => {
    expect(() => divideRounded(1n, 0n, 'HALF_EVEN')).toThrow(RangeError);
    expect(() => divideRounded(1n, -1n, 'HALF_EVEN')).toThrow(RangeError);
  });
});
