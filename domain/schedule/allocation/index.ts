export { allocate } from './allocate';
export { allocationFor, type DueState, type Portion } from './order';
