export { type Conclusion, type DecisionCase, decide } from './decide';
export { type Decided, type DecisionDesk, decisionDesk, type Evidence, type PolicyShelf } from './desk';
export { checkPolicy, SOUND_VALUES } from './golden';
export { offerOn } from './offer';
export { type ApplicationField, requiredFields } from './requirements';
