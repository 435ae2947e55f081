import fc from 'fast-check';
import { RecentMap } from '.';

type Operation =
  | { readonly kind: 'get' | 'delete'; readonly key: number }
  | { readonly kind: 'set'; readonly key: number; readonly value: number }
  | { readonly kind: 'clear' };

const key = fc.integer({ min: 0, max: 9 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('get'), key }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('set'), key, value: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete'), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear') }) },
);

/** The plain way: a list, oldest first. */
class Model {
  entries: [number, number][] = [];

  constructor(private readonly most: number) {}

  do(operation: Operation): number | undefined {
    if (operation.kind === 'clear') {
      this.entries = [];
      return undefined;
    }
    const found = this.entries.find(([known]) => known === operation.key);
    this.entries = this.entries.filter((entry) => entry !== found);
    if (operation.kind === 'get' && found) this.entries.push(found);
    if (operation.kind === 'set') this.entries.push([operation.key, operation.value]);
    this.entries = this.entries.slice(-this.most);
    return operation.kind === 'get' ? found?.[1] : undefined;
  }
}

const perform = (map: RecentMap<number, number>, operation: Operation): number | undefined => {
  switch (operation.kind) {
    case 'get':
      return map.get(operation.key);
    case 'set':
      map.set(operation.key, operation.value);
      return undefined;
    case 'delete':
      map.delete(operation.key);
      return undefined;
    case 'clear':
      map.clear();
      return undefined;
  }
};

describe('A map of recent entries', () => {
  it('keeps the entries used last, so many and no more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(operation, { maxLength: 80 }), (most, operations) => {
        const [map, model] = [new RecentMap<number, number>(most), new Model(most)];
        for (const each of operations) {
          expect(perform(map, each)).toBe(model.do(each));
          expect(map.size).toBe(model.entries.length);
        }
      }),
    );
  });
});
