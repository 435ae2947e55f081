import { termsWith } from '../../../../tests/support/progressive-loans';
import { divideRounded, ROUNDINGS, type Rounding } from '../../../kernel';
import { installmentOf, minorOf, moneyRulesOf, roundedAmount, surelyRounded, surelyRoundedMinor } from './money-rules';

const rulesOf = (mode: Rounding, multiples: { amountMultiple?: string; installmentMultiple?: string } = {}) =>
  moneyRulesOf(termsWith({ rounding: { mode, smoothing: false, ...multiples } }));

describe('an amount in doubles', () => {
  /** Hundredths from the nearest amount at which the rounding turns. */
  const toTheTurn = (hundredths: number, mode: Rounding, place: number): number => {
    const turn = mode === 'DOWN' || mode === 'UP' ? 0 : place / 2;
    const beyond = (((hundredths - turn) % place) + place) % place;
    return Math.min(beyond, place - beyond);
  };

  const everyRounding = ROUNDINGS.flatMap((mode) => [1, 5].map((multiple) => ({ mode, multiple })));
  test.each(everyRounding)('is rounded $mode to $multiple as the decimal is, or not at all in doubt', (one) => {
    const { mode, multiple } = one;
    const rules = rulesOf(mode, { amountMultiple: `0.0${multiple}` });
    const wrong = Array.from({ length: 1_201 }, (_, hundredths) => hundredths).filter((hundredths) => {
      const exactly = divideRounded(BigInt(hundredths), BigInt(100 * multiple), mode) * BigInt(multiple);
      if (roundedAmount(rules, { digits: BigInt(hundredths), scale: 2 }) !== exactly) return true;
      const distance = toTheTurn(hundredths, mode, 100 * multiple);
      const surely = surelyRounded(rules, hundredths / 100, 0.02);
      return (distance > 3 && surely !== exactly) || (distance < 2 && surely !== undefined);
    });
    expect(wrong).toEqual([]);
  });

  test('is in doubt up to its error, and not beyond it', () => {
    const doubt = 2 ** -6;
    const half = rulesOf('HALF_EVEN');
    expect(surelyRoundedMinor(half, 7.5 - doubt, doubt)).toBeUndefined();
    expect(surelyRoundedMinor(half, 7.5 - 2 * doubt, doubt)).toBe(7);
    expect(surelyRoundedMinor(half, 7.5 + doubt, doubt)).toBeUndefined();
    expect(surelyRoundedMinor(half, 7.5 + 2 * doubt, doubt)).toBe(8);
    const down = rulesOf('DOWN');
    expect(surelyRoundedMinor(down, 7 + doubt, doubt)).toBeUndefined();
    expect(surelyRoundedMinor(down, 7 + 2 * doubt, doubt)).toBe(7);
    expect(surelyRoundedMinor(down, 8 - doubt, doubt)).toBeUndefined();
    expect(surelyRoundedMinor(down, 8 - 2 * doubt, doubt)).toBe(7);
    expect(surelyRoundedMinor(rulesOf('UP'), 8 - 2 * doubt, doubt)).toBe(8);
    // Of multiples of five, so much less is the doubt.
    const fives = rulesOf('HALF_UP', { amountMultiple: '0.05' });
    expect(surelyRoundedMinor(fives, 7.5 - doubt / 2, doubt)).toBeUndefined();
    expect(surelyRoundedMinor(fives, 7.5 - 2 * doubt, doubt)).toBe(5);
  });

  test('is one below 2^50', () => {
    const rules = rulesOf('HALF_EVEN');
    expect(surelyRoundedMinor(rules, 2 ** 50 - 1, 0)).toBe(2 ** 50 - 1);
    expect(surelyRoundedMinor(rules, 2 ** 50, 0)).toBeUndefined();
    expect(surelyRoundedMinor(rules, Number.NaN, 0)).toBeUndefined();
    expect(surelyRounded(rules, 2 ** 50, 0)).toBeUndefined();
  });
});

test('rules say what amounts and installments are multiples of', () => {
  expect(rulesOf('UP')).toEqual({ rounding: 'UP', quantum: 1n, installmentMultiple: undefined, smoothing: false });
  expect(rulesOf('DOWN', { amountMultiple: '0.10', installmentMultiple: '50' })).toMatchObject({
    rounding: 'DOWN',
    quantum: 10n,
    installmentMultiple: 5_000n,
  });
  expect(moneyRulesOf(termsWith()).smoothing).toBe(true);
});

test('a decimal text is so many minor units, whatever decimals it was written with', () => {
  expect([minorOf('12', 2), minorOf('12.3', 2), minorOf('12.34', 2), minorOf('12.340', 2)]).toEqual([
    1_200n,
    1_230n,
    1_234n,
    1_234n,
  ]);
  expect([minorOf('12', 0), minorOf('12.00', 0), minorOf('0.5', 3)]).toEqual([12n, 12n, 500n]);
});

test('an installment is the nearest multiple, and never nothing of something', () => {
  const tens = rulesOf('HALF_UP', { installmentMultiple: '0.10' });
  expect([14n, 15n, 25n, 4n, 0n].map((amount) => installmentOf(tens, amount))).toEqual([10n, 20n, 30n, 4n, 0n]);
  expect(installmentOf(rulesOf('DOWN', { installmentMultiple: '0.10' }), 19n)).toBe(10n);
  expect(installmentOf(rulesOf('HALF_UP'), 14n)).toBe(14n);
  expect(installmentOf(rulesOf('HALF_UP', { installmentMultiple: '0' }), 14n)).toBe(14n);
});
