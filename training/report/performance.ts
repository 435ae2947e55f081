import { type ModelFigures, pooled } from '../figures';
import { auc, type RocPoint, rocOf } from '../metrics';
import { range } from '../numerics';
import type { Training } from '../pipeline';
import { scoresOf } from '../scorecard';
import type { ModelName, Validation } from '../validation';
import { figure, type Markup, markup, percent, table, words } from './markup';
import { type Axis, linePlot, stripPlot } from './plot';

export const MODELS: readonly { readonly name: ModelName; readonly title: string }[] = [
  { name: 'scorecard', title: 'Scorecard' },
  { name: 'trees', title: 'Boosted trees' },
];

export const asPercent = (value: number): string => `${Math.round(100 * value)} %`;

/** Every so many points of a curve: a screen shows no more. */
const thinned = (points: readonly RocPoint[], most = 200): readonly RocPoint[] => {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
};

const shareAxis = (label: string): Axis => ({ label, from: 0, to: 1, format: asPercent });

export const summaryTable = ({ figures }: Training): Markup =>
  table(
    'On rows that the model had not seen: mean over folds (standard deviation over folds).',
    ['Model', 'AUC', 'Gini', 'KS', 'KS, pooled', 'Brier', 'Log loss', 'PSI', 'PSI by chance', 'AUC, training'],
    MODELS.map(({ name, title }) => {
      const model = figures.models[name];
      return [
        words(title),
        { text: `${model.auc.toFixed(4)} (${model.aucDeviation.toFixed(3)})`, isNumber: true },
        figure(model.gini),
        figure(model.ks),
        figure(model.ksPooled),
        figure(model.brier, 4),
        figure(model.logLoss, 4),
        figure(model.psi),
        figure(model.psiByChance),
        figure(model.trainAuc, 4),
      ];
    }),
  );

const rocPlot = (training: Training): Markup =>
  linePlot({
    title: 'ROC, all unseen rows together',
    x: shareAxis('good cases that look at least as risky'),
    y: shareAxis('bad cases found'),
    hasDiagonal: true,
    lines: MODELS.map(({ name, title }) => {
      const all = pooled(training[name].validation, training.table);
      return {
        name: `${title}, AUC ${auc(all.margins, all.bad).toFixed(3)}`,
        ink: name,
        points: thinned(rocOf(all.margins, all.bad)).map(({ good, bad }) => [good, bad] as const),
      };
    }),
  });

const foldPlot = ({ figures }: Training): Markup => {
  const values = MODELS.map(({ name }) => figures.models[name].folds.map((fold) => fold.auc));
  const least = Math.min(...values.flat());
  const most = Math.max(...values.flat());
  const axis: Axis = {
    label: 'AUC of a fold; the bar is the mean',
    from: Math.floor(least * 50) / 50,
    to: Math.ceil(most * 50) / 50,
    format: (value) => value.toFixed(2),
  };
  return stripPlot(
    'AUC fold by fold',
    axis,
    MODELS.map(({ name, title }, index) => ({ name: title, ink: name, values: values[index] ?? [] })),
  );
};

/** Shares of good and bad cases up to each place in the order of risk; their widest distance is KS. */
const ksPlot = (training: Training, validation: Validation, title: string): Markup => {
  const all = pooled(validation, training.table);
  const points = rocOf(all.margins, all.bad);
  const bads = all.bad.reduce((total, one) => total + one, 0) / all.bad.length;
  const rowsUpTo = ({ good, bad }: RocPoint): number => good * (1 - bads) + bad * bads;
  const widest = points.reduce((best, point) => (point.bad - point.good > best.bad - best.good ? point : best));
  return linePlot({
    title: `${title}: good and bad from the riskiest down`,
    x: shareAxis('cases, from the riskiest'),
    y: shareAxis('share found'),
    marks: [{ at: rowsUpTo(widest), label: `KS ${(widest.bad - widest.good).toFixed(3)}` }],
    lines: [
      { name: 'bad', ink: 'bad', points: thinned(points).map((point) => [rowsUpTo(point), point.bad] as const) },
      { name: 'good', ink: 'good', points: thinned(points).map((point) => [rowsUpTo(point), point.good] as const) },
    ],
  });
};

const SCORE_BAND = 10;

const scorePlot = ({ table: data, scorecard }: Training): Markup => {
  const scores = scoresOf(scorecard.model, data, range(data.bad.length));
  const least = Math.floor(Math.min(...scores) / SCORE_BAND) * SCORE_BAND;
  const bands = Math.floor((Math.max(...scores) - least) / SCORE_BAND) + 1;
  const shares = (isBad: 0 | 1): readonly (readonly [number, number])[] => {
    const counts = new Float64Array(bands);
    let all = 0;
    scores.forEach((score, row) => {
      if (data.bad[row] !== isBad) return;
      const band = Math.floor((score - least) / SCORE_BAND);
      counts[band] = (counts[band] ?? 0) + 1;
      all += 1;
    });
    return Array.from(counts, (count, band) => [least + (band + 0.5) * SCORE_BAND, count / all] as const);
  };
  const [good, bad] = [shares(0), shares(1)];
  const most = Math.max(...[...good, ...bad].map(([, share]) => share));
  return linePlot({
    title: 'Points of the final scorecard',
    x: { label: 'points', from: least, to: least + bands * SCORE_BAND, format: (value) => value.toFixed(0) },
    y: { label: `share in bands of ${SCORE_BAND} points`, from: 0, to: Math.ceil(most * 20) / 20, format: asPercent },
    lines: [
      { name: 'good', ink: 'good', points: good, isFilled: true },
      { name: 'bad', ink: 'bad', points: bad, isFilled: true },
    ],
  });
};

export const discriminationPlots = (training: Training): Markup => markup`<div class="plots">
${rocPlot(training)}${foldPlot(training)}
${MODELS.map(({ name, title }) => ksPlot(training, training[name].validation, title))}${scorePlot(training)}</div>`;

export const calibrationPlot = ({ figures }: Training): Markup => {
  const bands = MODELS.flatMap(({ name }) => figures.models[name].calibration);
  const most = Math.max(...bands.flatMap(({ foretold, observed }) => [foretold, observed]));
  const to = Math.ceil(most * 20) / 20;
  const axis = (label: string): Axis => ({
    label,
    from: 0,
    to,
    format: (value) => `${(100 * value).toFixed(to < 0.2 ? 1 : 0)} %`,
  });
  return linePlot({
    title: 'Calibration among applicants, in tenths of the cases',
    x: axis('probability of bad that was foretold'),
    y: axis('share of bad that came'),
    hasDiagonal: true,
    lines: MODELS.map(({ name, title }) => ({
      name: title,
      ink: name,
      hasDots: true,
      points: figures.models[name].calibration.map(({ foretold, observed }) => [foretold, observed] as const),
    })),
  });
};

export const calibrationTable = (title: string, { calibration }: ModelFigures): Markup =>
  table(
    `${title}: foretold against observed, among applicants; rows of all repeats.`,
    ['Tenth', 'Rows', 'From', 'To', 'Foretold', 'Observed'],
    calibration.map(({ rows, least, most, foretold, observed }, index) => [
      words(String(index + 1)),
      figure(rows, 0),
      percent(least, 2),
      percent(most, 2),
      percent(foretold, 2),
      percent(observed, 2),
    ]),
  );
