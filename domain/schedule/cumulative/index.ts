export { plan } from './plan';
export { payoff, replay } from './replay';
