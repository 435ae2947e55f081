import fc from 'fast-check';
import { EventStoreError, START } from '../../event-store';
import { placeOf, positionOf } from './position';

const place = fc.record({ commit: fc.bigInt(0n, 2n ** 64n - 1n), prepare: fc.bigInt(0n, 2n ** 64n - 1n) });

describe('positions', () => {
  test('are texts that stand for two numbers and sort like them', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        const [first, second] = [positionOf(one), positionOf(other)];
        expect(placeOf(first)).toEqual(one);
        expect(first > START).toBe(true);
        const before = one.commit < other.commit || (one.commit === other.commit && one.prepare < other.prepare);
        expect(first < second).toBe(before);
      }),
    );
  });

  test('begin at the start', () => expect(placeOf(START)).toBeUndefined());

  test.each(['7', '0000000000000042', '1/2', `${'0'.repeat(20)}/`])('%s is no position of this log', (text) => {
    expect(() => placeOf(text)).toThrow(EventStoreError);
  });
});
