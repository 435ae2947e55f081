export { allInRateOf } from './all-in-rate';
export { highestRateOf, namesSums } from './highest-rate';
export { type LoanTerms, loanTermsSchema, originationFee, plainTerms } from './loan-terms';
export {
  agreementFor,
  figuresOf,
  figuresOn,
  figuresText,
  type Quote,
  quoteOf,
  quoteSchema,
  termMonthsOf,
} from './quote';
export type { LoanAccount, LoanAgreement, LoanFact, PortionAmounts } from './replay';
export { payoffOf, replayLoan } from './replay-loan';
export { type Schedule, scheduleSchema } from './schedule';
