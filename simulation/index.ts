export { firstOpenDay } from './calendar';
export type { CallerKind, HouseAnswer, HousePort, HouseRequest } from './house-port';
export { portfolioOffering } from './offering';
export {
  type Applicant,
  applicantsFromCsv,
  type BureauFile,
  type BureauPerson,
  CsvError,
  generateApplicants,
  type PeopleOptions,
  type Person,
} from './people';
export {
  type PortfolioOptions,
  type PortfolioProgress,
  type PortfolioReport,
  playPortfolio,
  UnexpectedAnswer,
} from './portfolio';
export { type SeededRandom, seededRandom } from './random';
export { type Figures, type Finding, renderSummary, type Summary, summarize } from './summary';
export { VirtualClock } from './virtual-clock';
