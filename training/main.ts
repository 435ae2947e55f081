import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { UnusableTrainingData } from './data-set';
import { runTraining } from './edge/run';
import type { TrainingFigures } from './figures';

/** `npm run risk:train -- <csv>`: trains, validates and writes credit models. */

const tableOf = ({ models, validation, leakage }: TrainingFigures): string => {
  const lines = (['scorecard', 'trees'] as const).map((name) => {
    const { auc, aucDeviation, ksPooled, gini, brier, psi, trainAuc } = models[name];
    const cells = [auc, aucDeviation, ksPooled, gini, brier, psi, trainAuc].map((value) =>
      value.toFixed(4).padStart(10),
    );
    return `${name.padEnd(10)}${cells.join('')}`;
  });
  const heads = ['AUC', '± folds', 'KS pooled', 'Gini', 'Brier', 'PSI', 'train AUC'].map((head) => head.padStart(10));
  const failed = leakage.filter(({ isPassed }) => !isPassed).map(({ name }) => name);
  const verdict = failed.length === 0 ? 'no sign of leakage' : `LEAKAGE: ${failed.join('; ')}`;
  return [
    `${''.padEnd(10)}${heads.join('')}`,
    ...lines,
    `${validation.repeats} × ${validation.folds} folds; ${verdict}`,
  ].join('\n');
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, please');
  return value;
};

const share = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('a number between 0 and 1, please');
  return value;
};

interface Options {
  readonly folds?: string;
  readonly dictionary?: string;
  readonly out?: string;
  readonly name?: string;
  readonly seed: number;
  readonly approve: number;
  readonly json?: true;
}

const program = new Command('risk:train')
  .description('Trains a scorecard and boosted trees, validates them, and writes PMML, figures and a report.')
  .argument('<csv>', 'the data, with a header')
  .option('--folds <file>', 'fold numbers by id, one column per repeat; dealt by the seed otherwise')
  .option('--dictionary <file>', 'what the columns mean, as JSON; not needed for the data sets that are known')
  .option('--out <folder>', 'where the files go (default: data/models/<data set>)')
  .option('--name <name>', 'name of the models (default: the data set)')
  .option('--seed <n>', 'seed of everything that is drawn', wholeNumber, 1)
  .option('--approve <share>', 'share of the sample that the cut-off approves', share, 0.7)
  .option('--json', 'print the figures as JSON')
  .showHelpAfterError()
  .action((csv: string, { folds, dictionary, out, name, seed, approve, json }: Options) => {
    const { figures } = runTraining(
      { csv, folds, dictionary, name, seed, approvedShare: approve },
      (dataSet) => out ?? join('data', 'models', dataSet),
    );
    process.stdout.write(`${json ? JSON.stringify(figures, null, 2) : tableOf(figures)}\n`);
    if (figures.leakage.some(({ isPassed }) => !isPassed)) process.exitCode = 2;
  });

try {
  program.parse();
} catch (error) {
  if (!(error instanceof UnusableTrainingData)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
