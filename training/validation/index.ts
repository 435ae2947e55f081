export {
  type AttributeImpact,
  adverseImpact,
  cutoffFor,
  type GroupImpact,
  type LeastRatio,
  leastRatios,
} from './adverse-impact';
export { crossValidate, type FoldFigures, type Progress, type Validation } from './cross-validate';
export {
  dataChecks,
  gapCheck,
  type LeakageCheck,
  shuffledTargetCheck,
  twinsCheck,
} from './leakage';
export {
  badRate,
  badWeightOf,
  boostedTrees,
  type ModelKind,
  type ModelName,
  priorShift,
  scorecards,
} from './model-kind';
