export { assert, InvariantError, unreachable } from './assert';
export {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  businessDateSchema,
  daysBetween,
  epochDay,
  fromEpochDay,
  type Instant,
  instant,
  instantSchema,
  isAfter,
  isBefore,
  weekday,
} from './business-date';
export { type Actor, actorSchema, type CommandOf, type CommandSchemas, type Issued } from './command';
export { type Currency, currencySchema, minorDigits } from './currency';
export { type Decider, fold } from './decider';
export { type EventOf, type EventType, type EventTypes, eventType, type Upcaster } from './event-types';
export {
  type AggregateId,
  type ApplicationId,
  applicationId,
  applicationIdSchema,
  type BlindIndex,
  type BorrowerId,
  blindIndexSchema,
  borrowerId,
  borrowerIdSchema,
  type CreditLineId,
  creditLineId,
  creditLineIdSchema,
  type IdentityId,
  identityId,
  identityIdSchema,
  keyOf,
  type LedgerId,
  type LoanId,
  ledgerId,
  ledgerIdSchema,
  loanId,
  loanIdSchema,
  type PayoutId,
  type ProductId,
  payoutId,
  payoutIdSchema,
  productId,
  productIdSchema,
  type ReconciliationId,
  type RepaymentId,
  reconciliationId,
  reconciliationIdSchema,
  repaymentId,
  repaymentIdSchema,
} from './ids';
export {
  add,
  compareMoney,
  formatMinor,
  formatMoney,
  isPositive,
  isZero,
  type Money,
  type MoneyText,
  minMoney,
  moneyOf,
  moneyTextSchema,
  parseMoney,
  scaleMoney,
  subtract,
  sumMoney,
  zero,
} from './money';
export { Personal, personalFields, personalSchema } from './personal';
export { compareRates, parseRate, type Rate, type RateText, rateTextSchema } from './rate';
export { isRefusal, type Refusal, refuse } from './refusal';
export { divideRounded, ROUNDINGS, type Rounding } from './rounding';
