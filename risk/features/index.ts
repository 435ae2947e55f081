export {
  CATALOGUE,
  FEATURE_NAMES,
  type FeatureDefinition,
  type FeatureName,
  type FeatureValues,
  isValueOf,
} from './catalogue';
export type { FeatureType, FeatureUse, FeatureValue, MissingRule } from './definition';
export type { Features } from './first-features';
export { type PartnerSource, SOURCES, type SourceName } from './source-terms';
export type { FeatureVector, Missing, Provenance } from './vector';
