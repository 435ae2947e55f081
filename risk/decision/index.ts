export { type Conclusion, type DecidingWith, type DecisionCase, decide } from './decide';
export { checkPolicy } from './golden';
