export {
  type Characteristic,
  DEFAULT_SCORECARD,
  fitScorecard,
  type Scorecard,
  type ScorecardRules,
  scorecardMargins,
  scoresOf,
} from './fit';
export { factorOf, offsetOf, type Scale } from './points';
