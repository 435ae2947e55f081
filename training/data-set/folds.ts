import type { SeededRandom } from '../../simulation/random';
import type { Csv } from './csv';
import { UnusableTrainingData } from './refused';
import type { Table } from './table';

/** One repeat of a cross-validation: the number of the fold in which each row is tested. */
export interface Repeat {
  readonly name: string;
  readonly foldOf: Int32Array;
  readonly count: number;
}

export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** The rows in another order, each order as likely as the others (Fisher and Yates). */
export const shuffled = (rows: Int32Array, random: SeededRandom): Int32Array => {
  const order = Int32Array.from(rows);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1));
    const held = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
};

/** Deals the rows into folds, bad and good apart, so that each fold has its share of both. */
export const stratifiedFolds = (
  bad: Uint8Array,
  rows: Int32Array,
  count: number,
  random: SeededRandom,
): readonly Int32Array[] => {
  const folds = Array.from({ length: count }, (): number[] => []);
  const order = shuffled(rows, random);
  const dealt = [...order.filter((row) => bad[row] === 1), ...order.filter((row) => bad[row] === 0)];
  dealt.forEach((row, index) => {
    folds[index % count]?.push(row);
  });
  return folds.map((fold) => Int32Array.from(fold).sort());
};

/** What the dictionary asks for, dealt by the seed. */
export const dealtRepeats = ({ bad, dictionary }: Table, random: SeededRandom): readonly Repeat[] =>
  Array.from({ length: dictionary.folds.repeats }, (_, index) => {
    const name = `repeat${index + 1}`;
    const foldOf = new Int32Array(bad.length);
    const rows = Int32Array.from(bad.keys());
    stratifiedFolds(bad, rows, dictionary.folds.count, random.fork(name)).forEach((fold, number) => {
      for (const row of fold) foldOf[row] = number;
    });
    return { name, foldOf, count: dictionary.folds.count };
  });

/** Folds that a file assigns: a column with the ids, and one column per repeat with fold numbers from 0. */
export const repeatsFrom = ({ header, records }: Csv, { ids, dictionary }: Table): readonly Repeat[] => {
  const [first, ...names] = header;
  if (first !== dictionary.id || names.length === 0) {
    throw new UnusableTrainingData(`the folds must have the columns ${dictionary.id} and one per repeat`);
  }
  const byId = new Map(records.map((record) => [record[0], record]));
  return names.map((name, index) => {
    const foldOf = Int32Array.from(ids, (id) => {
      const fold = Number(byId.get(id)?.[index + 1] ?? 'none');
      if (!Number.isInteger(fold) || fold < 0 || fold > 99) {
        throw new UnusableTrainingData(`${name}: record ${id} has no fold from 0 to 99`);
      }
      return fold;
    });
    const count = new Set(foldOf).size;
    if (count < 2 || foldOf.some((fold) => fold >= count)) {
      throw new UnusableTrainingData(`${name}: folds must be numbered from 0 without gaps, and be two or more`);
    }
    return { name, foldOf, count };
  });
};

export const splitOf = ({ foldOf }: Repeat, fold: number): Split => {
  const rows = Int32Array.from(foldOf.keys());
  return { train: rows.filter((row) => foldOf[row] !== fold), test: rows.filter((row) => foldOf[row] === fold) };
};
