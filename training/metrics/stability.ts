import { at } from '../numerics';

/** Limits of bands that hold as many of these values each; equal limits fall into one. */
export const bandLimits = (values: Float64Array, bands = 10): readonly number[] => {
  const sorted = Float64Array.from(values).sort();
  const limits = Array.from({ length: bands - 1 }, (_, band) =>
    at(sorted, Math.max(0, Math.ceil(((band + 1) * sorted.length) / bands) - 1)),
  );
  return [...new Set(limits)];
};

/** How many values are in each band: up to the first limit, up to the next, …, above the last. */
export const bandCounts = (values: Float64Array, limits: readonly number[]): readonly number[] => {
  const counts = new Float64Array(limits.length + 1);
  for (const value of values) {
    const band = limits.findIndex((limit) => value <= limit);
    const place = band < 0 ? limits.length : band;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return [...counts];
};

/**
 * Population stability index: Σ (actual share - expected share) · ln(actual / expected). Below 0.1 is called stable,
 * above 0.25 shifted. A band that is empty on one side counts as half a row there, so that the sum stays finite.
 */
export const psi = (expected: readonly number[], actual: readonly number[]): number => {
  const shares = (counts: readonly number[]): readonly number[] => {
    const total = counts.reduce((rows, count) => rows + count, 0);
    return counts.map((count) => Math.max(count, 0.5) / total);
  };
  const was = shares(expected);
  return shares(actual).reduce(
    (index, share, band) => index + (share - at(was, band)) * Math.log(share / at(was, band)),
    0,
  );
};

/** What chance alone makes of the index between two samples of one population: (bands - 1)(1/n + 1/m). */
export const psiByChance = (bands: number, expectedRows: number, actualRows: number): number =>
  (bands - 1) * (1 / expectedRows + 1 / actualRows);
