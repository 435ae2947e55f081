import fc from 'fast-check';
import { z } from 'zod';
import {
  add,
  type Currency,
  compareMoney,
  currencySchema,
  formatMinor,
  formatMoney,
  InvariantError,
  isPositive,
  isZero,
  type Money,
  minMoney,
  minorDigits,
  moneyOf,
  moneyTextSchema,
  parseMoney,
  scaleMoney,
  subtract,
  sumMoney,
  zero,
} from '.';

const currencies = fc.constantFrom<Currency>(...currencySchema.options);
const minors = fc.bigInt(-(10n ** 25n), 10n ** 25n);
const moneys = fc.tuple(minors, currencies).map(([minor, currency]) => moneyOf(minor, currency));
const yuan = (minor: bigint): Money => moneyOf(minor, 'CNY');

describe('money', () => {
  it('travels as text and comes back the same, in every currency and at any size', () => {
    fc.assert(
      fc.property(moneys, (money) => {
        const text = formatMoney(money);
        expect(moneyTextSchema.parse(text)).toEqual(text);
        expect(parseMoney(text)).toEqual(money);
      }),
    );
  });

  it('has one text for one sum', () => {
    fc.assert(
      fc.property(moneys, moneys, (a, b) => {
        expect(JSON.stringify(formatMoney(a)) === JSON.stringify(formatMoney(b))).toBe(
          a.minor === b.minor && a.currency === b.currency,
        );
      }),
    );
  });

  it('is exact beyond 2^53', () => {
    expect(parseMoney({ amount: '90071992547409.93', currency: 'CNY' })).toEqual(yuan(2n ** 53n + 1n));
    expect(formatMoney(yuan(2n ** 53n + 1n))).toEqual({ amount: '90071992547409.93', currency: 'CNY' });
  });

  it.each([
    ['1000.00', 'CNY', 100_000n],
    ['0.01', 'CNY', 1n],
    ['-0.01', 'CNY', -1n],
    ['1000', 'JPY', 1000n],
    ['1.234', 'KWD', 1234n],
  ] as const)('%s %s is %d minor units', (amount, currency, minor) => {
    expect(parseMoney({ amount, currency })).toEqual(moneyOf(minor, currency));
    expect(formatMinor(minor, currency)).toBe(amount);
  });

  it.each([
    ['1000', 'CNY'],
    ['1000.0', 'CNY'],
    ['1000.000', 'CNY'],
    ['1000.00', 'JPY'],
    ['01.00', 'CNY'],
    ['+1.00', 'CNY'],
    ['1e3', 'JPY'],
    ['.50', 'CNY'],
    ['1,000.00', 'CNY'],
    [' 1.00', 'CNY'],
    ['-0.00', 'CNY'],
    ['-0', 'JPY'],
    ['', 'CNY'],
    ['1'.repeat(29), 'JPY'],
    ['1.00', 'XXX'],
  ])('"%s" %s is not money', (amount, currency) => {
    expect(moneyTextSchema.safeParse({ amount, currency }).success).toBe(false);
  });

  it('is never a number, and carries nothing else', () => {
    expect(moneyTextSchema.safeParse({ amount: 1000, currency: 'CNY' }).success).toBe(false);
    expect(moneyTextSchema.safeParse({ amount: '1.00', currency: 'CNY', note: '' }).success).toBe(false);
  });

  it('adds and subtracts without loss, and sums in any order', () => {
    fc.assert(
      fc.property(fc.array(minors), (amounts) => {
        const sum = sumMoney(amounts.map(yuan), 'CNY');
        expect(sum).toEqual(sumMoney([...amounts].reverse().map(yuan), 'CNY'));
        expect(amounts.reduce((left, minor) => subtract(left, yuan(minor)), sum)).toEqual(zero('CNY'));
      }),
    );
  });

  it('never combines currencies', () => {
    const yen = moneyOf(1n, 'JPY');
    expect(() => add(yuan(1n), yen)).toThrow(InvariantError);
    expect(() => subtract(yuan(1n), yen)).toThrow(InvariantError);
    expect(() => compareMoney(yuan(1n), yen)).toThrow(InvariantError);
    expect(() => sumMoney([yen], 'CNY')).toThrow(InvariantError);
  });

  it('compares', () => {
    expect(compareMoney(yuan(1n), yuan(2n))).toBe(-1);
    expect(compareMoney(yuan(2n), yuan(2n))).toBe(0);
    expect(compareMoney(yuan(3n), yuan(2n))).toBe(1);
    expect(minMoney(yuan(3n), yuan(2n))).toEqual(yuan(2n));
    expect([isZero(yuan(0n)), isPositive(yuan(0n)), isPositive(yuan(-1n))]).toEqual([true, false, false]);
  });

  it('scales by a fraction with one named rounding', () => {
    expect(scaleMoney(yuan(1001n), 1n, 2n, 'HALF_EVEN')).toEqual(yuan(500n));
    expect(scaleMoney(yuan(1001n), 1n, 2n, 'HALF_UP')).toEqual(yuan(501n));
  });

  it('refuses to read what the border did not check', () => {
    expect(() => parseMoney({ amount: '1.0', currency: 'CNY' })).toThrow(InvariantError);
  });

  it('is one named schema in JSON Schema, the same for what comes in and what goes out', () => {
    const asInput = z.toJSONSchema(moneyTextSchema, { io: 'input' });
    expect(asInput).toMatchObject({
      $ref: '#/$defs/Money',
      $defs: { Money: { type: 'object', required: ['amount', 'currency'], additionalProperties: false } },
    });
    expect(z.toJSONSchema(moneyTextSchema, { io: 'output' })).toEqual(asInput);
  });

  it('knows the decimals of each currency', () => {
    expect([minorDigits('CNY'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
  });
});
