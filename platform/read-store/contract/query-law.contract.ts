import fc from 'fast-check';
import { type CollectionSpec, type IndexValue, put, type QueryOptions } from '..';
import type { ReadStoreAtWork } from './read-store-at-work';
import { at, pagesOf } from './samples';

type Values = readonly IndexValue[];
interface Tuple {
  readonly values: Values | null;
}

/** A query finds what going through all documents would find. */
export const describeQueryLaw = (atWork: () => ReadStoreAtWork): void => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'a', 'aa', 'a b', 'é'));
  const values = fc.option(fc.array(value, { maxLength: 3 }));
  const writes = fc.array(fc.tuple(fc.constantFrom(...'abcdefgh'), values), { maxLength: 20 });
  const question: fc.Arbitrary<QueryOptions> = fc.record(
    {
      index: fc.constant('byValues'),
      equals: fc.array(value, { maxLength: 2 }),
      least: value,
      most: value,
      order: fc.constantFrom('ascending', 'descending'),
      limit: fc.integer({ min: 1, max: 5 }),
    },
    { requiredKeys: ['index', 'limit'] },
  );

  it('finds in any documents, by any query, what going through all of them would find', async () => {
    const { store } = atWork();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(writes, question, async (documents, options) => {
        run += 1;
        const spec: CollectionSpec<Tuple> = {
          name: `tuples@${run}`,
          indexes: { byValues: (tuple) => tuple.values ?? undefined },
        };
        await store.prepare(spec);
        for (const [index, [key, tuple]] of documents.entries()) {
          const puts = [put(spec, key, { values: tuple }, at(index))];
          await store.commit({ reader: spec.name, checkpoint: at(index), puts });
        }
        const found: string[] = [];
        for await (const page of pagesOf(store, spec, options)) found.push(...page.items.map(({ key }) => key));
        await store.drop(spec.name);
        expect(found).toEqual(goingThroughAll(new Map(documents), options));
      }),
      { numRuns: 40 },
    );
  });
};

const goingThroughAll = (tuples: ReadonlyMap<string, Values | null>, options: QueryOptions): readonly string[] => {
  const found = [...tuples].flatMap(([key, values]) =>
    values !== null && belongs(values, options) ? [{ key, values }] : [],
  );
  found.sort((one, other) => compareAll(one.values, other.values) || compare(one.key, other.key));
  const keys = found.map(({ key }) => key);
  return options.order === 'descending' ? keys.reverse() : keys;
};

const belongs = (values: Values, { equals = [], least, most }: QueryOptions): boolean => {
  if (values.length < equals.length || equals.some((value, place) => values[place] !== value)) return false;
  const next = values[equals.length];
  // Where there is no next value, that comes before every value.
  if (next === undefined) return least === undefined;
  return (least === undefined || compare(next, least) >= 0) && (most === undefined || compare(next, most) <= 0);
};

const compare = (one: IndexValue, other: IndexValue): number => {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') return Buffer.from(one).compare(Buffer.from(other));
  return typeof one === 'number' ? -1 : 1;
};

const compareAll = (some: Values, others: Values): number => {
  for (const [place, value] of some.entries()) {
    const other = others[place];
    if (other === undefined) return 1;
    const order = compare(value, other);
    if (order !== 0) return order;
  }
  return some.length - others.length;
};
