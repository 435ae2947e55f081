import type { Decision } from '../../domain/application';
import type { DecisionCase } from '../decision';
import { FEATURE_NAMES, type FeatureVector } from '../features';

/** A decision as it is on record, with whose application it was. */
export interface Recorded {
  readonly applicationId: string;
  readonly borrowerId: string;
  readonly decision: Decision;
}

/** A recorded decision that the engine can make again. */
export interface Repeatable extends Recorded {
  readonly basis: NonNullable<Decision['basis']>;
  readonly given: DecisionCase;
}

/** The case that was decided; undefined for decisions of before there were policies in versions. */
export const repeatable = (recorded: Recorded): Repeatable | undefined => {
  const { decision, borrowerId } = recorded;
  const { basis } = decision;
  if (basis === undefined) return undefined;
  const { product, channel, asked } = basis;
  // A feature that the catalogue has got since was not known then: it is missing.
  const values = Object.fromEntries(FEATURE_NAMES.map((name) => [name, decision.features[name] ?? null]));
  const features = { ...decision.features, ...values } as FeatureVector['values'];
  return { ...recorded, basis, given: { borrowerId, product, channel, asked, features } };
};
