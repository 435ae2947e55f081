import type { Instant } from '../../domain/kernel';
import type { FeatureName, FeatureValues } from './catalogue';
import type { FeatureValue } from './definition';
import type { SourceName } from './source-terms';

/** Why a feature has no value. */
export type Missing =
  /** There is no consent in force that covers its source; nobody was asked. */
  | 'no-consent'
  | 'timed-out'
  | 'failed'
  /** The source was well but did not say, or said something impossible. */
  | 'not-said'
  /** The applicant brought nothing to ask about: no device, say. */
  | 'not-supplied'
  /** The house's own knowledge had not caught up with the application in time. */
  | 'behind'
  /** There has been no such thing. */
  | 'nothing-happened';

/** Where a feature comes from. */
export interface Provenance {
  readonly source: SourceName;
  /** When the source said so; null when it did not. */
  readonly observedAt: Instant | null;
  /** How old that was when it was used, milliseconds. */
  readonly ageMs: number | null;
  readonly missing?: Missing;
}

/** Everything that one decision is made from, and where it comes from. */
export interface FeatureVector {
  readonly values: Readonly<Record<FeatureName, FeatureValue | null>> & FeatureValues;
  readonly provenance: Readonly<Record<FeatureName, Provenance>>;
  /** Content hash of every list that was looked into, by name. */
  readonly lists: Readonly<Record<string, string>>;
}
