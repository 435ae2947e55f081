import type { z } from 'zod';
import type { ConsentScope } from '../../domain/borrower';
import { applicationFeatures } from './application-features';
import { type DeclaredFeature, type FeatureValue, type ValueOf, valueSchema } from './definition';
import { houseFeatures } from './house-features';
import { partnerFeatures } from './partner-features';
import { SOURCES } from './source-terms';

const DECLARED = { ...applicationFeatures, ...partnerFeatures, ...houseFeatures } as const;

export type FeatureName = keyof typeof DECLARED;

/** One entry of the catalogue. */
export interface FeatureDefinition extends DeclaredFeature {
  readonly name: FeatureName;
  /** The consent without which its source is not asked; null: none is needed. */
  readonly scope: ConsentScope | null;
  /** An answer up to this old is used again instead of asking. */
  readonly freshForMs: number;
}

/** A value for every feature of the catalogue; null: missing. */
export type FeatureValues = {
  readonly [Name in FeatureName]: ValueOf<(typeof DECLARED)[Name]['type']> | null;
};

// The keys of a literal are its names, and nothing else is.
export const FEATURE_NAMES = Object.keys(DECLARED) as readonly FeatureName[];

const definitionOf = (name: FeatureName): FeatureDefinition => {
  const declared: DeclaredFeature = DECLARED[name];
  const { scope, freshForMs } = SOURCES[declared.source];
  return { ...declared, name, scope, freshForMs };
};

/**
 * Everything that a decision can be made from. A policy can name these features and no others; a model those whose
 * `use` is `model`. Sex and nationality are not in it: nothing may be decided by them, so they are not gathered.
 */
export const CATALOGUE: readonly FeatureDefinition[] = FEATURE_NAMES.map(definitionOf);

const schemas: ReadonlyMap<string, z.ZodType<FeatureValue>> = new Map(
  CATALOGUE.map(({ name, type }) => [name, valueSchema(type)]),
);

/** Whether this can be the value of that feature. */
export const isValueOf = <Name extends FeatureName>(name: Name, value: unknown): value is FeatureValues[Name] & {} =>
  // Most of what is asked about was not said: no schema has to tell.
  value !== undefined && value !== null && schemas.get(name)?.safeParse(value).success === true;
