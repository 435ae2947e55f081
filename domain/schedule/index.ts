export { allInRate, effectiveAnnualRate } from './all-in-rate';
export { originationFee, type Remaining, rowsFor, scheduleFor, scheduleOf } from './amortization';
export { equalInstallment, monthlyRate } from './annuity';
export { accruedInterest, type Period, penaltyInterest, periodInterest } from './interest';
export { figuresText, type QuoteFigures, quoteOf, type TextHash } from './quote';
export {
  type Installment,
  installmentSchema,
  type Quote,
  quoteSchema,
  type Schedule,
  scheduleSchema,
  type Terms,
  termsSchema,
} from './terms';
