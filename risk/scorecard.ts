import type { DecisionReason } from '../domain/application';
import { assert } from '../domain/kernel';
import type { Features } from './features';
import type { Characteristic, PolicyDocument } from './policy';

interface Scored {
  readonly points: number;
  /** Points lost against the best value of this characteristic. */
  readonly lost: number;
  readonly reason: DecisionReason;
  readonly feature: string;
}

const attribute = (characteristic: Characteristic, features: Features): number => {
  if ('points' in characteristic) {
    const value = features[characteristic.feature];
    const points = value === null ? undefined : characteristic.points[value];
    return points ?? Math.min(...Object.values(characteristic.points));
  }
  const value = features[characteristic.feature];
  const band = characteristic.bands.find(({ upTo }) => upTo === null || value <= upTo);
  assert(band !== undefined, `${characteristic.feature}: no band for ${value}`);
  return band.points;
};

const best = (characteristic: Characteristic): number =>
  Math.max(
    ...('points' in characteristic
      ? Object.values(characteristic.points)
      : characteristic.bands.map(({ points }) => points)),
  );

/** The score in points, and what each characteristic contributed. */
export const scoreOf = (
  features: Features,
  { scorecard }: PolicyDocument,
): { readonly score: number; readonly contributions: readonly Scored[] } => {
  const contributions = scorecard.characteristics.map((characteristic) => {
    const points = attribute(characteristic, features);
    return {
      points,
      lost: best(characteristic) - points,
      reason: characteristic.reason,
      feature: characteristic.feature,
    };
  });
  return { score: contributions.reduce((sum, { points }) => sum + points, scorecard.base), contributions };
};

/** The reasons that cost the most points, most costly first, each named once. */
export const costliestReasons = (contributions: readonly Scored[], most: number): readonly DecisionReason[] =>
  [
    ...new Set(
      [...contributions]
        .filter(({ lost }) => lost > 0)
        .sort((a, b) => b.lost - a.lost || (a.feature < b.feature ? -1 : 1))
        .map(({ reason }) => reason),
    ),
  ].slice(0, most);
