import type { Training } from '../pipeline';
import type { AttributeImpact, GroupImpact } from '../validation';
import { figure, type Markup, markup, percent, table, words } from './markup';
import { asPercent, MODELS } from './performance';
import { barPlot, linePlot } from './plot';

const verdictOf = ({ isBelowFourFifths, pValue }: GroupImpact): string => {
  if (isBelowFourFifths === null) return 'too few to judge';
  if (!isBelowFourFifths) return 'passes';
  return pValue < 0.05 ? 'below four fifths, not by chance' : 'below four fifths, may be chance';
};

const attributeSection = (impact: AttributeImpact, ink: 'scorecard' | 'trees'): Markup => markup`
<div class="plots">${barPlot({
  title: `${impact.title}: approved against "${impact.reference}"`,
  bars: impact.groups.map(({ group, ratio, isBelowFourFifths }) => ({
    label: group,
    value: ratio,
    ink: isBelowFourFifths === null ? 'faint' : ink,
  })),
  to: 1.1,
  format: (value) => value.toFixed(2),
  limit: { at: 0.8, label: '0.8' },
})}${table(
  `${impact.title} (${impact.why})`,
  ['Group', 'Rows', 'Approved', 'Ratio', 'p', 'Bad, observed', 'Bad, foretold', 'Four fifths'],
  impact.groups.map((group) => [
    words(group.group),
    figure(group.rows, 0),
    percent(group.approved),
    figure(group.ratio, 2),
    figure(group.pValue, 3),
    percent(group.observedBad),
    percent(group.foretoldBad),
    words(verdictOf(group)),
  ]),
)}</div>`;

export const fairnessSections = ({ figures }: Training): readonly Markup[] =>
  MODELS.map(({ name, title }) => {
    const { adverseImpact, cutoff } = figures.models[name];
    return markup`<h3>${title}: approved up to a probability of bad of ${(100 * cutoff.probability).toFixed(2)} % among applicants</h3>
${adverseImpact.map((impact) => attributeSection(impact, name))}`;
  });

/** The least ratio of each attribute over the share that is approved, one plot an attribute. */
export const cutoffPlots = ({ figures }: Training): Markup => {
  const attributes = figures.models.scorecard.adverseImpact;
  const plots = attributes.map(({ attribute, title }) =>
    linePlot({
      title: `${title}: least ratio, by the share that is approved`,
      x: { label: 'share of the sample that is approved', from: 0.4, to: 1, format: asPercent },
      y: { label: 'least ratio; four fifths is 0.8', from: 0, to: 1, format: (value) => value.toFixed(1) },
      lines: MODELS.map((model) => ({
        name: model.title,
        ink: model.name,
        hasDots: true,
        points: figures.models[model.name].leastRatios
          .filter((one) => one.attribute === attribute)
          .map(({ approvedShare, ratio }) => [approvedShare, ratio] as const),
      })),
      marks: [{ at: figures.models.scorecard.cutoff.approvedShare, label: 'the cut-off' }],
    }),
  );
  return markup`<div class="plots">${plots}</div>`;
};
