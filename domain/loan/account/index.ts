export { type Accruing, accruedBy, accruingOn } from './accruing';
export {
  BOOK_ROLES,
  type BookLine,
  type BookRole,
  type Journal,
  journalBetween,
  journalSchema,
  linesOf,
} from './books';
export {
  type AccountChange,
  accountAfter,
  accountChangeSchema,
  applyChange,
  changeBetween,
  emptyAccount,
} from './change';
export { type FactText, factTextSchema, interestHandlingSchema, knownOn, readFact } from './fact-texts';
export { isSuspended, unpaidOf } from './suspension';
export { accountTextsSchema, writeAccount } from './texts';
