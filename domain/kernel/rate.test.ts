import Decimal from 'decimal.js';
import fc from 'fast-check';
import { compareRates, InvariantError, multiplyRate, parseRate, rateTextSchema } from '.';

const rates = fc.stringMatching(/^(0|[1-9]\d{0,3})(\.\d{1,12})?$/);

describe('rates', () => {
  it.each(['0', '0.24', '0.154', '9999.999999', '1'])('%s is a rate', (text) => {
    expect(rateTextSchema.safeParse(text).success).toBe(true);
  });

  it.each(['-0.1', '.24', '0,24', '24%', '1e-2', '00.24', '10000', '0.1234567890123', ''])('%s is none', (text) => {
    expect(rateTextSchema.safeParse(text).success).toBe(false);
  });

  it('are exact fractions', () => {
    expect(parseRate('0.24')).toEqual({ numerator: 24n, denominator: 100n });
    expect(parseRate('3')).toEqual({ numerator: 3n, denominator: 1n });
    expect(() => parseRate('24 %')).toThrow(InvariantError);
  });

  it('compare by value, whatever their text', () => {
    expect(compareRates('0.24', '0.240000')).toBe(0);
    expect(compareRates('0.239999', '0.24')).toBe(-1);
    fc.assert(
      fc.property(rates, rates, (a, b) => {
        expect(compareRates(a, b)).toBe(new Decimal(a).cmp(new Decimal(b)));
      }),
    );
  });

  it('multiply exactly and leave no trailing zeros', () => {
    expect(multiplyRate('0.0385', 4n)).toBe('0.154');
    expect(multiplyRate('0.25', 4n)).toBe('1');
    expect(multiplyRate('0.0000', 4n)).toBe('0');
    fc.assert(
      fc.property(rates, fc.bigInt(1n, 100n), (rate, times) => {
        expect(multiplyRate(rate, times)).toBe(new Decimal(rate).mul(times.toString()).toFixed());
      }),
    );
  });
});
