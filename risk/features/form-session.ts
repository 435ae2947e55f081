import type { FormSession } from '../../domain/application';
import type { FeatureValues } from './catalogue';

/** A form of this size is not read and filled in by hand in less time. */
const HASTY_SECONDS = 20;
/** Nobody types so many keys a second. */
const KEYS_PER_SECOND_MOST = 12;
const PASTED_FIELDS_MANY = 4;

/**
 * How the form was filled in: each of the signs of a script or of somebody who does this for others (中介代办) adds its
 * points. Summed from counts and durations; no click or key is known.
 */
export const formSessionFeatures = (session: FormSession | undefined): Partial<FeatureValues> => {
  if (session === undefined) return {};
  const { seconds, keystrokes, pastes, corrections, departures } = session;
  const signs: readonly (readonly [points: number, seen: boolean])[] = [
    [40, seconds < HASTY_SECONDS],
    [30, keystrokes > KEYS_PER_SECOND_MOST * Math.max(1, seconds)],
    [20, pastes >= PASTED_FIELDS_MANY],
    [10, corrections === 0 && departures === 0],
  ];
  return { formSeconds: seconds, scriptedInput: signs.reduce((sum, [points, seen]) => (seen ? sum + points : sum), 0) };
};
