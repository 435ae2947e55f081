/** Functions of the normal distribution, to the precision of a double. */

const SQRT_2 = Math.SQRT2;
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Below this the power series of the error function converges without loss; above it the continued fraction does. */
const SERIES_UP_TO = 2;

const erfSeries = (x: number): number => {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n += 1) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return TWO_OVER_SQRT_PI * sum;
};

/** Lentz's evaluation of the continued fraction of erfc (Abramowitz and Stegun 7.1.14), for x > 0. */
const erfcFraction = (x: number): number => {
  let fraction = x;
  for (let n = 120; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
};

const erfc = (x: number): number => {
  if (x < 0) return 2 - erfc(-x);
  return x < SERIES_UP_TO ? 1 - erfSeries(x) : erfcFraction(x);
};

export const erf = (x: number): number => {
  if (Math.abs(x) < SERIES_UP_TO) return erfSeries(x);
  return x > 0 ? 1 - erfcFraction(x) : erfcFraction(-x) - 1;
};

export const standardNormalCdf = (z: number): number => erfc(-z / SQRT_2) / 2;

export const standardNormalPdf = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The inverse of `standardNormalCdf`: bisection to the neighbourhood, then Newton's steps. NaN outside (0, 1). */
export const standardNormalQuantile = (p: number): number => {
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -standardNormalQuantile(1 - p);
  let [low, high] = [-39, 0.5];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (standardNormalCdf(middle) < p) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let step = 0; step < 6; step += 1) {
    const density = standardNormalPdf(z);
    if (density === 0) break;
    z -= (standardNormalCdf(z) - p) / density;
  }
  return z;
};

/** To the nearest whole number, halves to the even one. */
export const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
};
