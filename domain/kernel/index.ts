export { assert, InvariantError, unreachable } from './assert';
export {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  businessDateAt,
  businessDateSchema,
  daysBetween,
  epochDay,
  fromEpochDay,
  type Instant,
  instant,
  instantAt,
  instantSchema,
  isAfter,
  isBefore,
  startOf,
  weekday,
} from './business-date';
export { ACTOR_KINDS, type Actor, actorSchema, type CommandOf, type Issued } from './command';
export { type Currency, currencySchema, minorDigits } from './currency';
export { type Decider, fold } from './decider';
export { type EventOf, type EventType, type EventTypes, eventType } from './event-types';
export {
  type ApplicationId,
  applicationId,
  applicationIdSchema,
  type BlindIndex,
  type BorrowerId,
  blindIndexSchema,
  borrowerId,
  borrowerIdSchema,
  creditLineId,
  creditLineIdSchema,
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
export { compareRates, multiplyRate, parseRate, type Rate, type RateText, rateTextSchema } from './rate';
export { isRefusal, type Refusal, refuse } from './refusal';
export { divideRounded, ROUNDINGS, type Rounding } from './rounding';
