/** Runs a piece of work for every item, at most so many at a time; results in the order of the items. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  const places = items.entries();
  // Every worker takes from the same iterator: the next item goes to whoever is free.
  const worker = async (): Promise<void> => {
    for (const [place, item] of places) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
};
