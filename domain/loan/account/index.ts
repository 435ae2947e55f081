export {
  BOOK_ROLES,
  type BookLine,
  type BookRole,
  bookLineSchema,
  journalBetween,
} from './books';
export { type AccountChange, accountChangeSchema, applyChange, changeBetween, emptyAccount } from './change';
export { type FactText, factTextSchema, interestHandlingSchema, readFact } from './fact-texts';
