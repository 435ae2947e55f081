export { payoff, replay } from './life/replay';
export { plan } from './plan';
