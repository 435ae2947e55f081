import type { DomainEvent } from '../../domain/events';
import type { HouseProjection } from '../../projections/house-projection';
import { recorded } from './saga-specification';

interface At {
  /** ISO instants, one for each fact; default: the same for all. */
  readonly bookedAt?: string;
  readonly actor?: string;
}

/** Folds facts of streams, in their order, as the runner does: each into the documents that it names. */
export const documentsFrom = <Doc extends object>(
  projection: HouseProjection<Doc>,
  facts: readonly (readonly [stream: string, event: DomainEvent, at?: At])[],
): ReadonlyMap<string, Doc> => {
  const documents = new Map<string, Doc>();
  facts.forEach(([stream, event, at], index) => {
    const [category = ''] = stream.split('-');
    if (projection.categories && !projection.categories.includes(category)) return;
    const fact = recorded(stream, event, { revision: BigInt(index), ...at });
    for (const key of projection.keys(fact)) {
      const folded = projection.fold(documents.get(key), fact, key);
      if (folded === undefined) documents.delete(key);
      else documents.set(key, folded);
      // What is read back must fold on as what was kept in memory: no undefined inside, no classes.
      if (folded) expect(JSON.parse(JSON.stringify(folded))).toStrictEqual(folded);
    }
  });
  return documents;
};

/** The documents that an index finds, and the entry it finds each by. */
export const entriesOf = <Doc extends object>(
  projection: HouseProjection<Doc>,
  index: string,
  documents: ReadonlyMap<string, Doc>,
): readonly unknown[] => {
  const entry = projection.indexes[index];
  if (entry === undefined) throw new Error(`${projection.name} has no index ${index}`);
  return [...documents.values()].map((doc) => entry(doc)).filter((found) => found !== undefined);
};
