/** Good and bad cases that share one margin, from the riskiest margin down. */
interface Step {
  readonly margin: number;
  readonly good: number;
  readonly bad: number;
}

const stepsOf = (margins: Float64Array, bad: Uint8Array): readonly Step[] => {
  const order = Uint32Array.from(margins.keys()).sort((a, b) => (margins[b] ?? 0) - (margins[a] ?? 0));
  const steps: { margin: number; good: number; bad: number }[] = [];
  for (const row of order) {
    const margin = margins[row] ?? 0;
    let step = steps.at(-1);
    if (step === undefined || step.margin !== margin) {
      step = { margin, good: 0, bad: 0 };
      steps.push(step);
    }
    if (bad[row] === 1) step.bad += 1;
    else step.good += 1;
  }
  return steps;
};

/** A point of the ROC: shares of the good and of the bad that are at least as risky as `margin`. */
export interface RocPoint {
  readonly margin: number;
  readonly good: number;
  readonly bad: number;
}

/** From (0, 0) to (1, 1); cases with equal margins are one step. */
export const rocOf = (margins: Float64Array, bad: Uint8Array): readonly RocPoint[] => {
  const allBad = bad.reduce((total, one) => total + one, 0);
  const allGood = bad.length - allBad;
  const points: RocPoint[] = [{ margin: Number.POSITIVE_INFINITY, good: 0, bad: 0 }];
  let goods = 0;
  let bads = 0;
  for (const step of stepsOf(margins, bad)) {
    goods += step.good;
    bads += step.bad;
    points.push({ margin: step.margin, good: goods / allGood, bad: bads / allBad });
  }
  return points;
};

/** How likely a bad case is riskier than a good one; a tie counts half (Mann and Whitney). */
export const auc = (margins: Float64Array, bad: Uint8Array): number => {
  const points = rocOf(margins, bad);
  return points.reduce((area, point, index) => {
    const before = points[index - 1];
    return before === undefined ? area : area + ((point.good - before.good) * (point.bad + before.bad)) / 2;
  }, 0);
};

/** The largest distance between the shares of the bad and of the good (Kolmogorov and Smirnov). */
export const ks = (margins: Float64Array, bad: Uint8Array): number =>
  rocOf(margins, bad).reduce((most, point) => Math.max(most, Math.abs(point.bad - point.good)), 0);

export const gini = (area: number): number => 2 * area - 1;
