import { type SeededRandom, seededRandom } from '../simulation/random';
import { inputsOf, type Repeat, type Table } from './data-set';
import { figuresOf, leftOutOf, type TrainingFigures, validationOf } from './figures';
import { range } from './numerics';
import type { Scorecard } from './scorecard';
import type { BoostedTrees } from './trees';
import {
  badRate,
  boostedTrees,
  crossValidate,
  dataChecks,
  gapCheck,
  type LeakageCheck,
  type ModelKind,
  type Progress,
  scorecards,
  shuffledTargetCheck,
  twinsCheck,
  type Validation,
} from './validation';

export interface TrainingRequest {
  readonly table: Table;
  /** SHA-256 of the file that the table was read from. */
  readonly sha256: string;
  readonly repeats: readonly Repeat[];
  /** Whether the folds came from a file. */
  readonly foldsGiven: boolean;
  readonly seed: number;
  /** Share of the sample that the cut-off approves. */
  readonly approvedShare: number;
}

interface Trained<Model> {
  /** From all rows. */
  readonly model: Model;
  readonly validation: Validation;
  /** The model's margins over all rows. */
  readonly own: Float64Array;
}

export interface Training {
  readonly table: Table;
  readonly scorecard: Trained<Scorecard>;
  readonly trees: Trained<BoostedTrees>;
  readonly figures: TrainingFigures;
}

/** How many steps `train` yields. */
export const stepsOf = ({ repeats }: TrainingRequest): number => {
  const folds = repeats.reduce((total, { count }) => total + count, 0);
  return 2 * (folds + (repeats[0]?.count ?? 0) + 1);
};

function* trainKind<Model>(
  kind: ModelKind<Model>,
  { table, repeats }: TrainingRequest,
  random: SeededRandom,
): Generator<Progress, Trained<Model>> {
  const validation = yield* crossValidate(kind, table, repeats, random, { withImportance: true });
  const rows = range(table.bad.length);
  const model = kind.learn(table, rows, random.fork(`${kind.name} final`));
  yield { what: `${kind.name}, all rows` };
  return { model, validation, own: kind.margins(model, table, rows) };
}

/**
 * Cross-validates and trains both kinds of model and checks them. Yields after each step of the work, which is long;
 * the same request gives the same models and figures, bit by bit.
 */
export function* train(request: TrainingRequest): Generator<Progress, Training> {
  const { table, repeats, seed, approvedShare } = request;
  const random = seededRandom(`training ${seed}`);
  const scorecard = yield* trainKind(scorecards, request, random);
  const trees = yield* trainKind(boostedTrees, request, random);
  const leakage: readonly LeakageCheck[] = [
    ...dataChecks(table),
    gapCheck('scorecard', scorecard.validation),
    gapCheck('trees', trees.validation),
    twinsCheck('scorecard', table, repeats, scorecard.validation),
    twinsCheck('trees', table, repeats, trees.validation),
    yield* shuffledTargetCheck(scorecards, table, repeats, random.fork('shuffled')),
    yield* shuffledTargetCheck(boostedTrees, table, repeats, random.fork('shuffled')),
  ];
  const { name, title, source, licence, populationBadRate } = table.dictionary;
  const sample = badRate(table, range(table.bad.length));
  const figures: TrainingFigures = {
    format: 1,
    dataSet: {
      name,
      title,
      source,
      licence,
      sha256: request.sha256,
      rows: table.bad.length,
      bad: table.bad.reduce((total, one) => total + one, 0),
    },
    seed,
    validation: validationOf(repeats, request.foldsGiven),
    prior: { sample, applicants: populationBadRate ?? sample },
    inputs: inputsOf(table.dictionary).map((input) => input.name),
    leftOut: leftOutOf(table.dictionary),
    models: {
      scorecard: figuresOf(table, scorecard.validation, scorecard.own, approvedShare),
      trees: figuresOf(table, trees.validation, trees.own, approvedShare),
    },
    leakage,
  };
  return { table, scorecard, trees, figures };
}
