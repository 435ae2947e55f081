import { unreachable } from '../../domain/kernel';
import type { Bin } from '../binning';
import { columnNamed, type Table } from '../data-set';
import type { Training } from '../pipeline';
import { type BoostedTrees, nodesOf } from '../trees';
import { figure, type Markup, markup, percent, table, words } from './markup';
import { MODELS } from './performance';
import { barPlot } from './plot';

const titleOf = (data: Table, name: string): string => columnNamed(data, name).declared.title;

const binText = (data: Table, column: string, { content }: Bin, before: Bin | undefined): string => {
  const above = before?.content.kind === 'upTo' ? `above ${before.content.upTo}` : '';
  switch (content.kind) {
    case 'upTo':
      return above === '' ? `up to ${content.upTo}` : `${above}, up to ${content.upTo}`;
    case 'above':
      return above === '' ? 'any' : above;
    case 'levels': {
      const { declared } = columnNamed(data, column);
      const levels = declared.kind === 'numeric' ? [] : declared.levels;
      return content.codes.map((code) => levels[code] ?? '').join('; ');
    }
    case 'missing':
      return 'missing';
    default:
      return unreachable(content);
  }
};

export const scorecardTable = ({ table: data, scorecard: { model } }: Training): Markup =>
  table(
    `The final scorecard, from all rows. Base: ${model.base} points; ${model.scale.anchor} points are odds of ${model.scale.odds} good to 1 bad among applicants, ${model.scale.pdo} more double them.`,
    ['Characteristic', 'Bin', 'Rows', 'Bad', 'WOE', 'Points'],
    model.characteristics.flatMap(({ column, binned, points }) =>
      binned.bins.map((bin, index) => {
        const rows = bin.good + bin.bad;
        return [
          words(index === 0 ? titleOf(data, column) : ''),
          words(binText(data, column, bin, binned.bins[index - 1])),
          figure(rows, 0),
          rows === 0 ? { text: 'none', isNumber: true } : percent(bin.bad / rows),
          figure(bin.woe),
          figure(points[index] ?? 0, 0),
        ];
      }),
    ),
  );

const largest = (values: readonly number[]): number => Math.max(...values, 1e-9);

const informationPlot = ({ table: data, scorecard: { model } }: Training): Markup => {
  const bars = model.characteristics
    .map(({ column, binned }) => ({
      label: titleOf(data, column),
      value: binned.informationValue,
      ink: 'scorecard' as const,
    }))
    .sort((a, b) => b.value - a.value);
  return barPlot({
    title: 'Scorecard: information value',
    bars,
    to: largest(bars.map(({ value }) => value)),
    format: (value) => value.toFixed(3),
  });
};

/** Gain of all splits on each input, as a share of the whole. */
const gainShares = ({ scales, trees }: BoostedTrees): readonly { readonly input: string; readonly share: number }[] => {
  const gains = new Float64Array(scales.length);
  for (const tree of trees) {
    for (const node of nodesOf(tree)) {
      if (node.kind === 'split') gains[node.input] = (gains[node.input] ?? 0) + node.gain;
    }
  }
  const all = gains.reduce((total, gain) => total + gain, 0);
  return scales
    .map(({ column }, input) => ({ input: column, share: all === 0 ? 0 : (gains[input] ?? 0) / all }))
    .sort((a, b) => b.share - a.share);
};

const gainPlot = ({ table: data, trees: { model } }: Training): Markup => {
  const shares = gainShares(model);
  return barPlot({
    title: `Boosted trees (${model.trees.length}): share of the gain`,
    bars: shares.map(({ input, share }) => ({ label: titleOf(data, input), value: share, ink: 'trees' as const })),
    to: largest(shares.map(({ share }) => share)),
    format: (value) => `${(100 * value).toFixed(1)} %`,
  });
};

export const importancePlots = (training: Training): Markup => {
  const lost = MODELS.map(({ name, title }) => {
    const { importance } = training.figures.models[name];
    return barPlot({
      title: `${title}: AUC lost on unseen rows when an input is shuffled`,
      bars: importance.map(({ input, aucLost }) => ({
        label: titleOf(training.table, input),
        value: aucLost,
        ink: name,
      })),
      to: largest(importance.map(({ aucLost }) => aucLost)),
      format: (value) => value.toFixed(4),
    });
  });
  return markup`<div class="plots">${informationPlot(training)}${gainPlot(training)}${lost}</div>`;
};
