import type { Rounding } from '../../kernel';
import type { AmountRules } from './amounts';
import { type Carried, carried, timesCarried } from './carried';
import { equalInstallment } from './equal-installment';

/** A number whose digits have a place only for those who work digit by digit: how often they looked. */
const watched = (number: Carried): { readonly number: Carried; readonly looked: () => boolean } => {
  let isLooked = false;
  return {
    number: {
      digits: number.digits,
      near: number.near,
      get scale() {
        isLooked = true;
        return number.scale;
      },
    },
    looked: () => isLooked,
  };
};

const factorOf = (near: number): Carried => ({ ...carried(BigInt(Math.round(near * 2 ** 40)), 2n ** 40n), near });

describe('an amount times a factor', () => {
  test.each<[string, bigint, readonly [bigint, bigint], Rounding, bigint, boolean]>([
    ['to the nearest', 12_345n, [1n, 100n], 'HALF_EVEN', 123n, false],
    ['to the nearest, halves up', 12_355n, [1n, 100n], 'HALF_UP', 124n, false],
    ['down', 12_345n, [1n, 100n], 'DOWN', 123n, true],
    ['up', 12_345n, [1n, 100n], 'UP', 124n, true],
    ['at a tie', 12_350n, [1n, 100n], 'HALF_EVEN', 124n, true],
    ['of nothing', 0n, [1n, 100n], 'UP', 0n, false],
    ['by nothing', 12_345n, [0n, 100n], 'UP', 0n, false],
    ['below nothing', -12_345n, [1n, 100n], 'HALF_EVEN', -123n, true],
    ['of the most that doubles hold', 2n ** 53n - 1n, [1n, 2n ** 20n], 'HALF_EVEN', 2n ** 33n, false],
    ['of more', 2n ** 53n, [3n, 2n ** 20n], 'HALF_EVEN', 3n * 2n ** 33n, true],
  ])(
    'is worked out digit by digit where doubles do not do: %s',
    (_, whole, [over, under], rounding, product, isLooked) => {
      const { number, looked } = watched(carried(over, under));
      expect(timesCarried(whole, number, rounding)).toBe(product);
      expect(looked()).toBe(isLooked);
    },
  );

  test('is in doubt by 2^-49 of itself', () => {
    const doubt = 2 ** 36 * 2 ** -49;
    const at = (fraction: number): boolean => {
      const { number, looked } = watched(factorOf(2 ** 36 + fraction));
      timesCarried(1n, number, 'HALF_EVEN');
      return looked();
    };
    expect([at(0.5 - 2 * doubt), at(0.5 - doubt / 2), at(0.5 + doubt / 2), at(0.5 + 2 * doubt)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('an equal installment', () => {
  const rate = () => carried(1n, 100n);
  const rulesOf = (rounding: Rounding, installmentMultiple?: bigint): AmountRules => ({
    rounding,
    unit: 1n,
    installmentMultiple,
  });

  test.each<[string, bigint, number, AmountRules, bigint, bigint, boolean]>([
    ['to the nearest', 1_000_000n, 12, rulesOf('HALF_EVEN'), 0n, 88_849n, false],
    ['to the nearest, halves up', 1_000_000n, 12, rulesOf('HALF_UP'), 0n, 88_849n, false],
    ['down', 1_000_000n, 12, rulesOf('DOWN'), 0n, 88_848n, true],
    ['up', 1_000_000n, 12, rulesOf('UP'), 0n, 88_849n, true],
    ['to a multiple', 1_000_000n, 12, rulesOf('HALF_EVEN', 100n), 0n, 88_800n, false],
    ['to a multiple that leaves nothing', 100n, 12, rulesOf('HALF_EVEN', 1_000n), 0n, 9n, false],
    ['beside a rest', 1_000_000n, 12, rulesOf('HALF_EVEN'), 500_000n, 49_424n, false],
    ['beside a rest of all', 1_000_000n, 12, rulesOf('HALF_EVEN'), 1_000_000n, 10_000n, false],
    ['beside a rest of more', 1_000_000n, 12, rulesOf('HALF_EVEN'), 1_000_001n, 10_000n, true],
    ['at a tie', 150n, 12, rulesOf('HALF_EVEN'), 150n, 2n, true],
    ['of nothing', 0n, 12, rulesOf('HALF_EVEN'), 0n, 0n, true],
    ['to a multiple that no double holds', 1_000_000n, 12, rulesOf('HALF_EVEN', 2n ** 53n), 0n, 88_849n, true],
  ])(
    'is worked out digit by digit where doubles do not do: %s',
    (_, principal, count, rules, rest, amount, isLooked) => {
      const { number, looked } = watched(rate());
      expect(equalInstallment(principal, number, count, rules, rest)).toBe(amount);
      expect(looked()).toBe(isLooked);
    },
  );

  test('is in doubt by 2^-48 of itself, and from 2^46 on', () => {
    const looksAt = (principal: bigint, rest: bigint): boolean => {
      const { number, looked } = watched(rate());
      equalInstallment(principal, number, 12, rulesOf('HALF_EVEN'), rest);
      return looked();
    };
    // All is left to the last installment: the others are the interest alone.
    const interestOf = (interest: bigint, hundredths: bigint): boolean => {
      const all = interest * 100n + hundredths;
      return looksAt(all, all);
    };
    expect([interestOf(2n ** 40n, 49n), interestOf(2n ** 40n, 50n), interestOf(2n ** 40n, 51n)]).toEqual([
      false,
      true,
      false,
    ]);
    // An eighth of a unit at 2^45: hundredths from 38 to 62 are in doubt.
    expect([37n, 39n, 61n, 63n].map((hundredths) => interestOf(2n ** 45n, hundredths))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([looksAt(2n ** 53n - 1n, 2n ** 53n - 1n), looksAt(2n ** 53n, 2n ** 53n)]).toEqual([true, true]);
  });

  test('is a share of the principal where there is no interest', () => {
    expect(equalInstallment(1_000n, carried(0n, 1n), 3, rulesOf('HALF_EVEN'), 100n)).toBe(300n);
  });
});
