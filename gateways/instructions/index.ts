export {
  type Instructed,
  instructionOutcome,
  outcomeOf,
  type QueryOutcome,
  queryOutcome,
} from './outcomes';
export { acceptedWord, failedWord, notFoundWord, settledWord } from './words';
