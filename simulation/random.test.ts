import fc from 'fast-check';
import { between, chance, int, pick, seededRandom, weighted } from './random';

const draws = (seed: string, count = 5): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('seeded random numbers', () => {
  test('follow from the seed', () => {
    expect(draws('one')).toEqual(draws('one'));
    expect(draws('one')).not.toEqual(draws('two'));
  });

  test('keep their values over the years: a seed in a report stays good', () => {
    expect(draws('usance', 3)).toMatchInlineSnapshot(`
[
  0.0790086363078284,
  0.08265633002739758,
  0.9927771500802848,
]
`);
  });

  test('a fork depends on its name alone, not on what was drawn or forked before', () => {
    const fresh = seededRandom('one').fork('wang').next();
    const used = seededRandom('one');
    for (let draw = 0; draw < 100; draw++) used.next();
    used.fork('li').next();
    expect(used.fork('wang').next()).toBe(fresh);
    expect(used.fork('li').next()).not.toBe(fresh);
    expect(used.fork('wang').fork('offer').next()).not.toBe(fresh);
    expect(seededRandom('onewang').next()).not.toBe(fresh);
  });

  test('lie in [0, 1) and are spread evenly', () => {
    const random = seededRandom('spread');
    const tenths = new Map<number, number>();
    for (let draw = 0; draw < 100_000; draw++) {
      const tenth = Math.floor(random.next() * 10);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    expect([...tenths.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const count of tenths.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('whole numbers reach both ends and nothing beyond', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, least, more) => {
        const random = seededRandom(seed);
        const seen = new Set(Array.from({ length: 600 }, () => int(random, least, least + more)));
        expect(Math.min(...seen)).toBe(least);
        expect(Math.max(...seen)).toBe(least + more);
        expect([...seen].every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('names come as often as their weights say, those without weight never', () => {
    const random = seededRandom('weights');
    const counts = { a: 0, b: 0, c: 0 };
    for (let draw = 0; draw < 10_000; draw++) counts[weighted(random, { a: 3, b: 0, c: 1 })] += 1;
    expect(counts.b).toBe(0);
    expect(counts.a / 10_000).toBeCloseTo(0.75, 1);
    expect(() => weighted(random, { a: 0 })).toThrow('nothing has any weight');
  });

  test('a choice is one of the items, a chance as good as its probability', () => {
    const random = seededRandom('choices');
    expect(['x', 'y']).toContain(pick(random, ['x', 'y']));
    expect(() => pick(random, [])).toThrow('nothing to pick from');
    expect([chance(random, 0), chance(random, 1)]).toEqual([false, true]);
    const value = between(random, 2, 3);
    expect(value >= 2 && value < 3).toBe(true);
  });
});
