export {
  type ApplicationField,
  type DecisionDesk,
  decisionDesk,
  offerOn,
  type PolicyShelf,
} from './decision';
export { adverseActionNotice } from './notice';
