/** 600 points are odds of 50 good to 1 bad; 20 points more double the odds. */
const BASE = { points: 600, odds: 50, double: 20 } as const;

const FACTOR = BASE.double / Math.log(2);
const OFFSET = BASE.points - FACTOR * Math.log(BASE.odds);

const LEAST = 1e-9;

/** The score of a probability of a bad end, whole points: every model on one scale. */
export const pointsOf = (probabilityBad: number): number => {
  const p = Math.min(1 - LEAST, Math.max(LEAST, probabilityBad));
  return Math.round(OFFSET + FACTOR * Math.log((1 - p) / p));
};
