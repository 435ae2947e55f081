import type { IndexValue } from './read-store';

/**
 * Where a document stands in an index, as one text: its index values and its key. As texts, entries sort as the values
 * do, then by key. They hold printable ASCII only, so that every store orders them alike, whatever it thinks of case,
 * language or Unicode, and an index is a plain index over one text field.
 *
 * A number is `n` and 16 hexadecimal digits, a text is `t`, itself and a space. After the last value come a space and
 * the key. Characters outside `"` to `}` are written as `!` or `~` and their code point, which keeps their order.
 */

/** Sorts behind every value, and behind the space that ends the values. */
const BEHIND = '~';

const special = /[^\x22-\x7d]/u;
const everySpecial = /[^\x22-\x7d]/gu;

const escaped = (text: string): string =>
  special.test(text)
    ? text.replace(everySpecial, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code < 0x22 ? `!${hex(code, 2)}` : `~${hex(code, 6)}`;
      })
    : text;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

const scratch = new DataView(new ArrayBuffer(8));

/** The bits of a double, rearranged so that they sort as unsigned: negative ones inverted, others with the sign set. */
const numberText = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError(`not a value to order by: ${value}`);
  scratch.setFloat64(0, value === 0 ? 0 : value);
  const high = scratch.getUint32(0);
  const low = scratch.getUint32(4);
  const negative = high >= 0x8000_0000;
  return hex((negative ? ~high : high ^ 0x8000_0000) >>> 0, 8) + hex((negative ? ~low : low) >>> 0, 8);
};

const valueText = (value: IndexValue): string =>
  typeof value === 'number' ? `n${numberText(value)}` : `t${escaped(value)} `;

const valuesText = (values: readonly IndexValue[]): string => {
  let text = '';
  for (const value of values) text += valueText(value);
  return text;
};

/** The entry of a document with these index values. */
export const entryOf = (values: readonly IndexValue[], key: string): string => `${valuesText(values)} ${escaped(key)}`;

/** The entries e with from <= e < below. */
export interface EntryRange {
  readonly from: string;
  readonly below: string;
}

/** The entries whose values begin with `equals` and go on with a value from `least` to `most`. */
export const entriesWith = (
  equals: readonly IndexValue[],
  least: IndexValue | undefined,
  most: IndexValue | undefined,
): EntryRange => {
  const prefix = valuesText(equals);
  return {
    from: least === undefined ? prefix : prefix + valueText(least),
    below: prefix + (most === undefined ? '' : valueText(most)) + BEHIND,
  };
};

/** What remains of a range behind one of its entries, in the given direction. */
export const rangeBehind = (range: EntryRange, entry: string, order: 'ascending' | 'descending'): EntryRange =>
  // No entry lies between an entry and itself with a space: what follows a key's text is no space.
  order === 'ascending' ? { ...range, from: `${entry} ` } : { ...range, below: entry };
