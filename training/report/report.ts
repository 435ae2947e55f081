import type { Training } from '../pipeline';
import { cutoffPlots, fairnessSections } from './fairness';
import { type Markup, markup, table, words } from './markup';
import { importancePlots, scorecardTable } from './models';
import { asPercent, calibrationPlot, calibrationTable, discriminationPlots, MODELS, summaryTable } from './performance';
import { style } from './style';

const leakageTable = ({ figures }: Training): Markup =>
  table(
    'Checks for leakage.',
    ['Check', 'Value', 'Limit', 'Result', 'Why'],
    figures.leakage.map(({ name, value, limit, isPassed, meaning }) => [
      words(name),
      { text: Number.isInteger(value) ? String(value) : value.toFixed(4), isNumber: true },
      words(limit),
      words(isPassed ? 'passed' : 'FAILED'),
      words(meaning),
    ]),
  );

const leftOutTable = ({ figures }: Training): Markup =>
  table(
    'Columns that are in no model.',
    ['Column', 'Use', 'Why'],
    figures.leftOut.map(({ column, use, why }) => [words(column), words(use), words(why)]),
  );

const verdict = ({ figures }: Training): Markup => {
  const failed = figures.leakage.filter(({ isPassed }) => !isPassed).length;
  return failed === 0
    ? markup`<p class="verdict pass">All ${figures.leakage.length} checks for leakage passed.</p>`
    : markup`<p class="verdict fail">${failed} of ${figures.leakage.length} checks for leakage failed.</p>`;
};

const method = (training: Training): Markup => {
  const { figures, scorecard, trees } = training;
  const { validation, prior, seed } = figures;
  const corrected =
    prior.sample === prior.applicants
      ? 'The sample shows the share of bad cases among applicants as it is.'
      : `Bad cases are ${asPercent(prior.sample)} of the sample and about ${asPercent(prior.applicants)} of applicants; the log-odds of both models are shifted by the difference of the two logits, and calibration counts good and bad cases by how many applicants they stand for. Brier score and log loss are those of the sample.`;
  return markup`<h2>Method</h2>
<p>Cross-validation: ${validation.repeats} × ${validation.folds} folds, ${validation.foldsGiven ? 'given by a file' : `dealt by seed ${seed}, good and bad apart`}. Bins, choice of inputs, codes and the number of trees are learnt from the training part of each fold alone. Seed ${seed}; the same seed gives the same bytes.</p>
<p>${corrected}</p>
<p>Scorecard: bins are the division of each input with the greatest penalised likelihood under its declared trend, none below 5 % of the rows or 30 of them, weights of evidence smoothed (Laplace); ridge logistic regression by IRLS; inputs whose weight has the wrong sign are left out; ${scorecard.model.characteristics.length} remain. What is missing has a bin of its own; where nothing was missing it counts as the worst bin.</p>
<p>Trees: logistic gradient boosting on histograms, second order, with shrinkage, sampling of rows and inputs, and a number of trees (${trees.model.trees.length}) chosen by trials inside the training rows.</p>
<p>The PMML documents beside this report were scored on every row before they were written, and gave the same scores to the last bit.</p>
${leftOutTable(training)}`;
};

/** One page without any other file: figures, plots as SVG, tables. */
export const reportOf = (training: Training): string => {
  const { figures } = training;
  const { dataSet } = figures;
  return `${
    markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Credit models: ${dataSet.title}</title>
${style}</head><body>
<h1>Credit models: ${dataSet.title}</h1>
<p class="lead">${dataSet.rows} rows, ${dataSet.bad} bad. Source: ${dataSet.source}; ${dataSet.licence}. SHA-256 of the file: ${dataSet.sha256.slice(0, 16)}…</p>
${summaryTable(training)}
${verdict(training)}
<h2>Good from bad</h2>
${discriminationPlots(training)}
<h2>Calibration</h2>
<div class="plots">${calibrationPlot(training)}</div>
<details><summary>The figures behind it</summary>${MODELS.map(({ name, title }) => calibrationTable(title, figures.models[name]))}</details>
<h2>What the models look at</h2>
${importancePlots(training)}
<h2>The scorecard</h2>
${scorecardTable(training)}
<h2>Adverse impact</h2>
<p>Share approved by group of each protected attribute, at a cut-off that approves ${asPercent(figures.models.scorecard.cutoff.approvedShare)} of the sample, from models that had not seen the rows. The four-fifths rule asks that no group be approved less than 0.8 times as often as the most approved one. Protected attributes are in no model. Shares of bad cases are among applicants. A ratio below 0.8 with a share of bad cases to match is a finding to look at, not a verdict.</p>
${cutoffPlots(training)}
${fairnessSections(training)}
<h2>Leakage</h2>
${leakageTable(training)}
${method(training)}
</body></html>`.html
  }\n`;
};
