export { type AccountingTerms, accountingOf } from './accounting';
export * from './allocation-rules';
export * from './charges';
export { flawOfTerms } from './flaws';
export * from './loan-terms';
export { originationFee, plainTerms } from './plain-terms';
export { pricedTerms } from './priced-terms';
