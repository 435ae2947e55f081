export type { Calculation } from './calculation';
export { explainInstallment } from './explain';
export { type InstallmentExplanation, installmentExplanationSchema } from './explanation';
export { type Figure as ExplainedFigure, REASONS } from './figure';
