export type {
  AccountHolder,
  CustodyBalance,
  CustodyBank,
  CustodyStatement,
} from './custody-bank';
export {
  CustodyBook,
  type CustodyStanding,
} from './custody-book';
export { type CustodyAnswer, type CustodyQueryAnswer, instructionBodySchema } from './wire';
