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
