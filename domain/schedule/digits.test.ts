import fc from 'fast-check';
import { countDigits } from './digits';

test.each([0n, 1n, 9n, 10n, 10n ** 15n - 1n, 10n ** 22n, 10n ** 308n, 10n ** 309n - 1n, 10n ** 400n])(
  'the digits of %d are counted as they are written',
  (digits) => {
    expect(countDigits(digits)).toBe(digits.toString().length);
  },
);

test('the digits of any number are counted as they are written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 700n }), (digits) => {
      expect(countDigits(digits)).toBe(digits.toString().length);
    }),
  );
});
