export { playPortfolio } from './play';
