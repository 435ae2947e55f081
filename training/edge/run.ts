import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { seededRandom } from '../../simulation/random';
import {
  type DataDictionary,
  dealtRepeats,
  dictionaryFor,
  dictionarySchema,
  parseCsv,
  repeatsFrom,
  tableOf,
  UnusableTrainingData,
} from '../data-set';
import { range, sigmoid } from '../numerics';
import { stepsOf, type Training, type TrainingRequest, train } from '../pipeline';
import { scorecardPmml, treesPmml } from '../pmml';
import { reportOf } from '../report';
import { scoresOf } from '../scorecard';
import { progressLine } from './progress';
import { assertScoresAlike } from './self-check';

export interface TrainingOptions {
  readonly csv: string;
  readonly folds: string | undefined;
  readonly dictionary: string | undefined;
  /** Name of the models, in their documents. */
  readonly name: string | undefined;
  readonly seed: number;
  readonly approvedShare: number;
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UnusableTrainingData(`${path} cannot be read`);
  }
};

const dictionaryFrom = (path: string): DataDictionary => {
  try {
    return dictionarySchema.parse(JSON.parse(readText(path)));
  } catch (error) {
    if (error instanceof z.ZodError) throw new UnusableTrainingData(`${path}: ${z.prettifyError(error)}`);
    if (error instanceof SyntaxError) throw new UnusableTrainingData(`${path} is not JSON`);
    throw error;
  }
};

const requestFrom = ({ csv, folds, dictionary, seed, approvedShare }: TrainingOptions): TrainingRequest => {
  const text = readText(csv);
  const parsed = parseCsv(text, csv);
  const table = tableOf(parsed, dictionary === undefined ? dictionaryFor(parsed) : dictionaryFrom(dictionary));
  const repeats =
    folds === undefined
      ? dealtRepeats(table, seededRandom(`folds ${seed}`))
      : repeatsFrom(parseCsv(readText(folds), folds), table);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { table, sha256, repeats, foldsGiven: folds !== undefined, seed, approvedShare };
};

const drained = (request: TrainingRequest): Training => {
  const progress = progressLine(stepsOf(request));
  const work = train(request);
  try {
    for (let done = 1; ; done += 1) {
      const step = work.next();
      if (step.done) return step.value;
      progress.to(done, step.value.what);
    }
  } finally {
    progress.stop();
  }
};

/** The files of a training, by name: made and checked, not yet written. */
const filesOf = (training: Training, name: string): Readonly<Record<string, string>> => {
  const { table, scorecard, trees, figures } = training;
  const rows = range(table.bad.length);
  const points = scoresOf(scorecard.model, table, rows);
  const cardDocument = scorecardPmml(table.dictionary, `${name}-scorecard`, scorecard.model);
  assertScoresAlike(cardDocument, table, 'score', (row) => points[row] ?? Number.NaN);
  assertScoresAlike(cardDocument, table, 'probability_bad', (row) => sigmoid(scorecard.own[row] ?? Number.NaN));
  const treesDocument = treesPmml(table.dictionary, `${name}-trees`, trees.model);
  assertScoresAlike(treesDocument, table, 'probability_bad', (row) => sigmoid(trees.own[row] ?? Number.NaN));
  return {
    'scorecard.pmml': cardDocument,
    'trees.pmml': treesDocument,
    'metrics.json': `${JSON.stringify(figures, null, 2)}\n`,
    'report.html': reportOf(training),
  };
};

/** Reads, trains, checks and writes into a folder. Throws `UnusableTrainingData` when the request cannot be met. */
export const runTraining = (options: TrainingOptions, out: (dataSet: string) => string): Training => {
  const request = requestFrom(options);
  const { name } = request.table.dictionary;
  const folder = out(name);
  // First, so that a place that cannot be written to is found before the long work.
  mkdirSync(folder, { recursive: true });
  const training = drained(request);
  const files = filesOf(training, options.name ?? name);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  process.stderr.write(`written to ${folder}: ${Object.keys(files).join(', ')}\n`);
  return training;
};
