import fc from 'fast-check';
import { entriesWith, entryOf, rangeBehind } from './index-entry';
import type { IndexValue } from './read-store';

const key = fc.string({ unit: 'binary', minLength: 1 });
const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: 'binary' }));

const compare = (one: IndexValue, other: IndexValue): number => {
  if (typeof one === 'number' && typeof other === 'number') return Math.sign(one - other);
  if (typeof one === 'string' && typeof other === 'string') return Buffer.from(one).compare(Buffer.from(other));
  return typeof one === 'number' ? -1 : 1;
};

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

describe('an index entry', () => {
  it('can be read', () => {
    expect(entryOf(['arrears', 31], 'loan-1')).toBe('tarrears nc03f000000000000 loan-1');
    expect(entryOf([], '贷款 1')).toBe(' ~008d37~006b3e!201');
  });

  it('sorts as its value does', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(order(entryOf([one], 'k'), entryOf([other], 'k'))).toBe(compare(one, other));
      }),
    );
  });

  it('sorts by the later values where the earlier ones are equal, and by the key where all are', () => {
    fc.assert(
      fc.property(value, value, value, key, key, (same, one, other, first, second) => {
        const values = compare(one, other);
        const expected = values === 0 ? compare(first, second) : values;
        expect(order(entryOf([same, one], first), entryOf([same, other], second))).toBe(expected);
      }),
    );
  });

  it('is printable ASCII', () => {
    fc.assert(
      fc.property(value, key, (one, each) => {
        expect(entryOf([one], each)).toMatch(/^[ -~]+$/);
      }),
    );
  });

  it('leaves its own range when a cursor stands on it, and no other entry does', () => {
    fc.assert(
      fc.property(value, key, key, (one, each, other) => {
        const range = entriesWith([one], undefined, undefined);
        const [mine, theirs] = [entryOf([one], each), entryOf([one], other)];
        const ahead = rangeBehind(range, mine, 'ascending');
        const behind = rangeBehind(range, mine, 'descending');
        const within = (entry: string, { from, below }: typeof range): boolean => from <= entry && entry < below;
        expect(within(mine, range)).toBe(true);
        expect([within(theirs, ahead), within(theirs, behind)]).toEqual([theirs > mine, theirs < mine]);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is not made of %s', (number) => {
    expect(() => entryOf([number], 'k')).toThrow(TypeError);
  });
});
