/** The order of MongoDB's kinds of value, of those that are sorted here. */
const rank = (value: unknown): number => {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  return 3;
};

/** Orders values as MongoDB sorts them: numbers before texts, and texts by their UTF-8 bytes. */
export const compareValues = (one: unknown, other: unknown): number => {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') return Buffer.from(one).compare(Buffer.from(other));
  return rank(one) - rank(other);
};
