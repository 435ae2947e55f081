export { allocate, type Dues, type Evenly } from './allocate';
export { type Allocation, allocationFor, type DueState, type Portion } from './order';
