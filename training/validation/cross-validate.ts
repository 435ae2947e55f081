import type { SeededRandom } from '../../simulation/random';
import { inputColumns, type Repeat, splitOf, type Table } from '../data-set';
import { auc, bandCounts, bandLimits, brier, ks, logLoss, psi } from '../metrics';
import { withShuffledColumn } from './importance';
import { type ModelKind, priorShift } from './model-kind';

/** One step of long work is done. */
export interface Progress {
  readonly what: string;
}

/** How a model did on one fold that it had not seen. */
export interface FoldFigures {
  readonly repeat: string;
  readonly fold: number;
  readonly rows: number;
  readonly auc: number;
  readonly ks: number;
  /** With the sample's share of bad cases, as `logLoss`. */
  readonly brier: number;
  readonly logLoss: number;
  /** Of the margins, between the rows that were trained on and the fold. */
  readonly psi: number;
  /** On the rows that were trained on. */
  readonly trainAuc: number;
}

export interface Validation {
  readonly folds: readonly FoldFigures[];
  /** For each repeat the margin of every row, from the model that had not seen it. */
  readonly unseen: readonly Float64Array[];
  /** Mean loss of AUC on unseen rows when the values of an input are shuffled among them; empty when not asked for. */
  readonly importance: ReadonlyMap<string, number>;
}

const badOf = (table: Table, rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => table.bad[row] ?? 0);

/**
 * Cross-validates a kind of model. Everything that is learnt, bins, codes, choice of inputs, number of rounds, is
 * learnt from the training rows of a fold: a kind is given no others. Yields after each fold.
 */
export function* crossValidate<Model>(
  kind: ModelKind<Model>,
  table: Table,
  repeats: readonly Repeat[],
  random: SeededRandom,
  options: { readonly withImportance: boolean },
): Generator<Progress, Validation> {
  const folds: FoldFigures[] = [];
  const unseen: Float64Array[] = [];
  const losses = new Map<string, number>();
  for (const repeat of repeats) {
    const margins = new Float64Array(table.bad.length);
    for (let fold = 0; fold < repeat.count; fold += 1) {
      const { train, test } = splitOf(repeat, fold);
      const own = random.fork(`${kind.name} ${repeat.name} ${fold}`);
      const model = kind.learn(table, train, own.fork('fit'));
      const trained = kind.margins(model, table, train);
      const tested = kind.margins(model, table, test);
      const bad = badOf(table, test);
      const shift = priorShift(table, train);
      const inSample = tested.map((margin) => margin - shift);
      const limits = bandLimits(trained);
      const area = auc(tested, bad);
      test.forEach((row, index) => {
        margins[row] = tested[index] ?? 0;
      });
      folds.push({
        repeat: repeat.name,
        fold,
        rows: test.length,
        auc: area,
        ks: ks(tested, bad),
        brier: brier(inSample, bad),
        logLoss: logLoss(inSample, bad),
        psi: psi(bandCounts(trained, limits), bandCounts(tested, limits)),
        trainAuc: auc(trained, badOf(table, train)),
      });
      if (options.withImportance && unseen.length === 0) {
        for (const { declared } of inputColumns(table)) {
          const blurred = withShuffledColumn(table, declared.name, test, own.fork(`shuffle ${declared.name}`));
          const loss = (area - auc(kind.margins(model, blurred, test), bad)) / repeat.count;
          losses.set(declared.name, (losses.get(declared.name) ?? 0) + loss);
        }
      }
      yield { what: `${kind.name}, ${repeat.name}, fold ${fold + 1} of ${repeat.count}` };
    }
    unseen.push(margins);
  }
  return { folds, unseen, importance: losses };
}
