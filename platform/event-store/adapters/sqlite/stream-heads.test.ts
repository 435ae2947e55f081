import { StreamHeads } from './stream-heads';

describe('the ends of streams kept in memory', () => {
  test('never number more than twice the capacity', () => {
    const heads = new StreamHeads(10);
    const names = Array.from({ length: 1_000 }, (_, index) => `loan-${index}`);
    for (const name of names) heads.set(name, { key: 1, last: 0 });
    const kept = names.filter((name) => heads.get(name) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(kept).toContain('loan-999');
  });

  test('keep what is used', () => {
    const heads = new StreamHeads(10);
    const busy = { key: 7, last: 3 };
    heads.set('loan-busy', busy);
    for (let index = 0; index < 1_000; index += 1) {
      heads.set(`loan-${index}`, { key: 1, last: 0 });
      expect(heads.get('loan-busy')).toBe(busy);
    }
  });

  test('can be forgotten', () => {
    const heads = new StreamHeads(10);
    heads.set('loan-a', { key: 1, last: 0 });
    heads.clear();
    expect(heads.get('loan-a')).toBeUndefined();
  });
});
