export { explainInstallment } from './explain';
export { type InstallmentExplanation, installmentExplanationSchema } from './explanation';
