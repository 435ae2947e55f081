export { assemble, type Finding } from './assemble';
export { type AssociationNode, associationsOf, cleared, explore, linked, markedBad } from './associations';
export {
  CATALOGUE,
  FEATURE_NAMES,
  type FeatureDefinition,
  type FeatureValues,
  isValueOf,
} from './catalogue';
export type { CutOff } from './counting';
export type { FeatureType } from './definition';
export { formSessionFeatures } from './form-session';
export { type Dealing, historyOf } from './history';
export { type PartnerSource, SOURCES } from './source-terms';
export type { FeatureVector, Provenance } from './vector';
export { countersOf, type Submission, type Tally, type TallyKind, tallied } from './velocity';
export { shareOf, wholeUnits } from './whole-units';
