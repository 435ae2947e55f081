import { sigmoid } from '../numerics';

/** Mean squared distance between the probability of bad and what happened. */
export const brier = (margins: Float64Array, bad: Uint8Array): number =>
  margins.reduce((total, margin, row) => total + (sigmoid(margin) - (bad[row] ?? 0)) ** 2, 0) / margins.length;

/** Mean of -ln of the probability that was given to what happened. */
export const logLoss = (margins: Float64Array, bad: Uint8Array): number =>
  margins.reduce((total, margin, row) => {
    const against = bad[row] === 1 ? -margin : margin;
    // ln(1 + e^x), which neither overflows nor loses small values.
    return total + Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
  }, 0) / margins.length;

/** A tenth of the cases, from the safest to the riskiest, and what became of them. */
export interface CalibrationBand {
  readonly rows: number;
  /** Mean probability of bad that was foretold. */
  readonly foretold: number;
  /** Share of bad cases that came. */
  readonly observed: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Foretold against observed, in bands of as many rows each. `badWeight` is how many bad applicants one bad case of the
 * sample stands for, where a good one stands for one: shares are then those among applicants.
 */
export const calibrationOf = (
  margins: Float64Array,
  bad: Uint8Array,
  badWeight = 1,
  bands = 10,
): readonly CalibrationBand[] => {
  const order = Uint32Array.from(margins.keys()).sort((a, b) => (margins[a] ?? 0) - (margins[b] ?? 0));
  return Array.from({ length: bands }, (_, band) => {
    const rows = order.slice(
      Math.floor((band * order.length) / bands),
      Math.floor(((band + 1) * order.length) / bands),
    );
    let weight = 0;
    let foretold = 0;
    let observed = 0;
    for (const row of rows) {
      const own = bad[row] === 1 ? badWeight : 1;
      weight += own;
      foretold += own * sigmoid(margins[row] ?? 0);
      if (bad[row] === 1) observed += own;
    }
    return {
      rows: rows.length,
      foretold: foretold / weight,
      observed: observed / weight,
      least: sigmoid(margins[rows[0] ?? 0] ?? 0),
      most: sigmoid(margins[rows.at(-1) ?? 0] ?? 0),
    };
  }).filter(({ rows }) => rows > 0);
};
