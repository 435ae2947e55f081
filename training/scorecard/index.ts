export {
  type Characteristic,
  DEFAULT_SCORECARD,
  fitScorecard,
  type Scorecard,
  scorecardMargins,
  scoresOf,
} from './fit';
export { factorOf, offsetOf } from './points';
