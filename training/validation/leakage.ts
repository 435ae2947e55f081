import { assert } from '../../domain/kernel';
import type { SeededRandom } from '../../simulation/random';
import { type Column, inputColumns, inputsOf, type Repeat, shuffled, splitOf, type Table } from '../data-set';
import { auc } from '../metrics';
import { mean, range } from '../numerics';
import { fitScorecard, scorecardMargins } from '../scorecard';
import { crossValidate, type Progress, type Validation } from './cross-validate';
import type { ModelKind } from './model-kind';

export interface LeakageCheck {
  readonly name: string;
  readonly value: number;
  readonly limit: string;
  readonly isPassed: boolean;
  readonly meaning: string;
}

/** The same table with good and bad dealt anew: there is nothing left to learn. */
const withShuffledTarget = (table: Table, random: SeededRandom): Table => {
  const order = shuffled(range(table.bad.length), random);
  return { ...table, bad: Uint8Array.from(order, (row) => table.bad[row] ?? 0) };
};

/** Standard deviation of the AUC of a model that knows nothing (Mann and Whitney). */
const chanceDeviation = ({ bad }: Table): number => {
  const bads = bad.reduce((total, one) => total + one, 0);
  const goods = bad.length - bads;
  return Math.sqrt((bad.length + 1) / (12 * goods * bads));
};

/** Cross-validates on a shuffled target, over one repeat: must come out at chance. */
export function* shuffledTargetCheck<Model>(
  kind: ModelKind<Model>,
  table: Table,
  repeats: readonly Repeat[],
  random: SeededRandom,
): Generator<Progress, LeakageCheck> {
  const blind = withShuffledTarget(table, random.fork('target'));
  const { folds } = yield* crossValidate(kind, blind, repeats.slice(0, 1), random, { withImportance: false });
  const value = mean(folds.map((fold) => fold.auc));
  const width = Math.max(4 * chanceDeviation(table), 0.02);
  return {
    name: `${kind.name}: AUC on a shuffled target`,
    value,
    limit: `0.5 ± ${width.toFixed(3)}`,
    isPassed: Math.abs(value - 0.5) <= width,
    meaning: 'With good and bad dealt at random there is nothing to learn; more than chance comes from the procedure.',
  };
}

/** Above this, one column alone is more likely to know the outcome than to foretell it. */
const SUSPICIOUS_ALONE = 0.85;

const inputsAlone = (table: Table): LeakageCheck => {
  const rows = range(table.bad.length);
  const areas = inputColumns(table).map(({ declared }) => {
    const single: Table = {
      ...table,
      dictionary: {
        ...table.dictionary,
        columns: table.dictionary.columns.filter(({ name }) => name === declared.name),
      },
    };
    const model = fitScorecard(single, rows, 0);
    return { name: declared.name, area: auc(scorecardMargins(model, single, rows), table.bad) };
  });
  const top = areas.reduce((best, one) => (one.area > best.area ? one : best), { name: 'none', area: 0.5 });
  return {
    name: `strongest input alone (${top.name}): AUC`,
    value: top.area,
    limit: `below ${SUSPICIOUS_ALONE}`,
    isPassed: top.area < SUSPICIOUS_ALONE,
    meaning: 'An input that knows the outcome was written down after it.',
  };
};

const cell = (column: Column, row: number): number | undefined =>
  column.kind === 'numeric' ? column.values[row] : column.codes[row];

/** For each row, whether a row with the same inputs stands in the training part of its fold. */
const hasTwin = (table: Table, repeat: Repeat): Uint8Array => {
  const columns = inputColumns(table);
  const keys = table.ids.map((_, row) => columns.map((column) => cell(column, row)).join('|'));
  const found = new Uint8Array(table.ids.length);
  for (let fold = 0; fold < repeat.count; fold += 1) {
    const { train, test } = splitOf(repeat, fold);
    const trained = new Set(Array.from(train, (row) => keys[row]));
    for (const row of test) found[row] = trained.has(keys[row]) ? 1 : 0;
  }
  return found;
};

/** What rows with a twin in the training part add to the AUC of the first repeat. */
export const twinsCheck = (
  name: string,
  table: Table,
  repeats: readonly Repeat[],
  { unseen }: Validation,
): LeakageCheck => {
  const [repeat] = repeats;
  const [margins] = unseen;
  assert(repeat !== undefined && margins !== undefined, 'there is no repeat');
  const twin = hasTwin(table, repeat);
  const isAlone = (_: number, row: number): boolean => twin[row] === 0;
  const alone = auc(margins.filter(isAlone), table.bad.filter(isAlone));
  const value = Number.isNaN(alone) ? 1 : auc(margins, table.bad) - alone;
  const twins = twin.reduce((total, one) => total + one, 0);
  return {
    name: `${name}: AUC added by ${twins} rows whose inputs also stand in the training part`,
    value,
    limit: 'at most 0.01',
    isPassed: value <= 0.01,
    meaning: 'The same case on both sides of a fold is remembered, not foretold.',
  };
};

const protectedInputs = (table: Table): LeakageCheck => {
  const allowed = new Set(inputsOf(table.dictionary).map(({ name }) => name));
  const wrong = inputColumns(table).filter(
    ({ declared }) => !allowed.has(declared.name) || declared.use !== 'input' || declared.name === table.dictionary.id,
  );
  return {
    name: 'protected or withheld columns, or the id, among the inputs',
    value: wrong.length,
    limit: '0',
    isPassed: wrong.length === 0,
    meaning: 'Sex, nationality and age, and what stands in for them, are in no model; an id orders the file.',
  };
};

/** How much better a model may look on its own rows than on others before it has learnt them by heart. */
const WIDEST_GAP = 0.15;
/** Chance may make unseen rows look a little easier. */
const NARROWEST_GAP = -0.01;

/** The gap between the rows trained on and others. */
export const gapCheck = (name: string, { folds }: Validation): LeakageCheck => {
  const value = mean(folds.map((fold) => fold.trainAuc)) - mean(folds.map((fold) => fold.auc));
  return {
    name: `${name}: AUC on training rows less AUC on unseen rows`,
    value,
    limit: `${NARROWEST_GAP} to ${WIDEST_GAP}`,
    isPassed: value >= NARROWEST_GAP && value <= WIDEST_GAP,
    meaning: 'Without a gap the unseen rows were seen; with a wide one the model learnt its rows by heart.',
  };
};

/** Checks of the data alone. */
export const dataChecks = (table: Table): readonly LeakageCheck[] => [protectedInputs(table), inputsAlone(table)];
