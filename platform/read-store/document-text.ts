/**
 * A document as JSON text with the members of every object sorted by name (as in RFC 8785): the same document is the
 * same text, in whatever order a fold happened to set its members, and however its events fell into batches.
 */
export const documentText = (doc: object): string => JSON.stringify(inOrder(doc));

export const documentOf = <Doc extends object>(text: string): Doc =>
  // Only what was put into a collection of Doc comes out of it; the version in its name changes with its shape.
  JSON.parse(text) as Doc;

/** The value itself where its members are in order already, as they are in a document that was read from the store. */
const inOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return itemsInOrder(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return inOrder(value.toJSON());
  return membersInOrder(value as Readonly<Record<string, unknown>>);
};

const itemsInOrder = (items: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const ordered = inOrder(item);
    if (ordered !== item) {
      copy ??= items.slice();
      copy[index] = ordered;
    }
  }
  return copy ?? items;
};

const membersInOrder = (members: Readonly<Record<string, unknown>>): object => {
  const names = Object.keys(members);
  let changed: Map<string, unknown> | undefined;
  let sorted = true;
  let previous = '';
  for (const name of names) {
    const value = members[name];
    const ordered = inOrder(value);
    if (ordered !== value) {
      changed ??= new Map();
      changed.set(name, ordered);
    }
    sorted = sorted && previous <= name;
    previous = name;
  }
  if (sorted && changed === undefined) return members;
  return Object.fromEntries(names.sort().map((name) => [name, changed?.has(name) ? changed.get(name) : members[name]]));
};
