export type { Calculation } from './calculation';
export { explainInstallment } from './explain';
export { explainPayoff } from './explain-payoff';
export { type InstallmentExplanation, installmentExplanationSchema } from './explanation';
export { type Figure as ExplainedFigure, REASONS } from './figure';
export { type PayoffExplanation, payoffExplanationSchema } from './payoff-explanation';
export { explainTransaction, type TransactionExplanation, transactionExplanationSchema } from './transaction';
