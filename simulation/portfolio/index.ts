export { UnexpectedAnswer } from './caller';
export { type PortfolioOptions, type PortfolioProgress, type PortfolioReport, playPortfolio } from './play';
