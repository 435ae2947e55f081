export { allInRateOf } from './all-in-rate';
export {
  type Calculation,
  type ExplainedFigure,
  explainInstallment,
  explainPayoff,
  explainTransaction,
  type InstallmentExplanation,
  installmentExplanationSchema,
  type PayoffExplanation,
  payoffExplanationSchema,
  REASONS,
  type TransactionExplanation,
  transactionExplanationSchema,
} from './explain';
export { highestRateOf, namesSums } from './highest-rate';
export {
  type AccountingTerms,
  accountingOf,
  chargeCalculationSchema,
  creditKindSchema,
  flawOfTerms,
  type LoanTerms,
  loanTermsSchema,
  originationFee,
  periodSchema,
  plainTerms,
  pricedTerms,
} from './loan-terms';
export {
  agreementFor,
  figuresOf,
  figuresOn,
  figuresText,
  paidOutOf,
  type Quote,
  quoteOf,
  quoteSchema,
  termMonthsOf,
} from './quote';
export type {
  AccountCharge,
  AccountInstallment,
  AccountTransaction,
  AllocatedLine,
  InterestHandling,
  LoanAccount,
  LoanAgreement,
  LoanFact,
  PortionAmounts,
} from './replay';
export { payoffOf, replayLoan } from './replay-loan';
