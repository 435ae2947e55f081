export { type PortfolioProgress, type PortfolioReport, playPortfolio } from './play';
