/** The first thing in a case that is not as expected: where, and both sides. */
export interface Difference {
  readonly at: string;
  readonly expected: unknown;
  readonly got: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of an expected row that the row got does not have so. What was not stated is not compared. */
export const differingFields = (expected: Fields, got: Fields): readonly string[] =>
  Object.keys(expected).filter(
    (field) => expected[field] !== undefined && expected[field] !== null && expected[field] !== got[field],
  );

/** Both sides of a row, only in the fields that differ. */
export const rowDifference = (at: string, expected: Fields, got: Fields): Difference | undefined => {
  const fields = differingFields(expected, got);
  if (fields.length === 0) return undefined;
  const only = (row: Fields): Fields => Object.fromEntries(fields.map((field) => [field, row[field]]));
  return { at, expected: only(expected), got: only(got) };
};

/** The row that is nearest to the expected one: what a person would compare it with. */
export const nearest = <Row extends Fields>(expected: Fields, rows: readonly Row[]): Row | undefined => {
  let best: Row | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const count = differingFields(expected, row).length;
    if (count >= fewest) continue;
    best = row;
    fewest = count;
  }
  return best;
};

/** The first difference that is found, in order. */
export const firstOf = <Item>(
  items: readonly Item[],
  differenceOf: (item: Item) => Difference | undefined,
): Difference | undefined => {
  for (const item of items) {
    const difference = differenceOf(item);
    if (difference !== undefined) return difference;
  }
  return undefined;
};
