export { firstOpenDay } from './calendar';
export type { HouseAnswer, HousePort, HouseRequest } from './house-port';
export { personalCredit } from './offerings';
export {
  type Applicant,
  applicantsFromCsv,
  type BureauFile,
  type BureauPerson,
  generateApplicants,
} from './people';
export { playPortfolio } from './portfolio';
export { type Figures, renderSummary, type Summary, summarize } from './summary';
export { VirtualClock } from './virtual-clock';
