/** Points of a score for odds: `anchor` points are odds of `odds` good to one bad, `pdo` points double the odds. */
export interface Scale {
  readonly anchor: number;
  readonly odds: number;
  readonly pdo: number;
}

export const DEFAULT_SCALE: Scale = { anchor: 600, odds: 50, pdo: 20 };

/** Points per unit of log-odds. */
export const factorOf = ({ pdo }: Scale): number => pdo / Math.LN2;

/** Points at even odds. */
export const offsetOf = (scale: Scale): number => scale.anchor - factorOf(scale) * Math.log(scale.odds);

/** Log-odds of bad that a score stands for. */
export const marginOf = (points: number, scale: Scale): number => (offsetOf(scale) - points) / factorOf(scale);
