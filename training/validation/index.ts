export { type AttributeImpact, adverseImpact, cutoffFor, type GroupImpact } from './adverse-impact';
export { crossValidate, type FoldFigures, type Progress, type Validation } from './cross-validate';
export { dataChecks, gapCheck, type LeakageCheck, shuffledTargetCheck, withShuffledTarget } from './leakage';
export { badRate, boostedTrees, type ModelKind, type ModelName, priorShift, scorecards } from './model-kind';
