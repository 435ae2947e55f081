export { brier, type CalibrationBand, calibrationOf, logLoss } from './probability';
export { auc, gini, ks, type RocPoint, rocOf } from './ranking';
export { bandCounts, bandLimits, psi, psiByChance } from './stability';
