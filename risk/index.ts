export {
  type ApplicationField,
  type Decided,
  type DecisionDesk,
  decisionDesk,
  offerOn,
  type PolicyShelf,
} from './decision';
export { adverseActionNotice } from './notice';
