export { fitLogistic } from './logistic';
export { at, logit, mean, range, sigmoid, standardDeviation } from './vector';
