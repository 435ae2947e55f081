export { originationFee, rowsFor, scheduleFor, scheduleOf } from './amortization';
export { equalInstallment, monthlyRate } from './annuity';
export { allInRate, effectiveAnnualRate } from './apr';
export { accruedInterest, penaltyInterest, periodInterest } from './interest';
export { figuresText, quoteOf } from './quote';
export {
  type Installment,
  type Quote,
  quoteSchema,
  type Schedule,
  scheduleSchema,
  type Terms,
  termsSchema,
} from './terms';
