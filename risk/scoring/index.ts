export { type CreditModel, type ModelShelf, modelShelf } from './credit-model';
export { modelRow } from './model-row';
export { pointsOf } from './points';
export { type OtherEngine, type Scored, scoreWith } from './scorer';
