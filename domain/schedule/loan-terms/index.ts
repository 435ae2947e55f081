export * from './allocation-rules';
export * from './charges';
export * from './loan-terms';
