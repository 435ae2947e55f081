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
export { type Figures, type PlantedFault, renderSummary, type Summary, summarize } from './summary';
export { VirtualClock } from './virtual-clock';
