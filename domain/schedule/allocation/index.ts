export { allocate } from './allocate';
export { type Allocation, allocationFor, type DueState, type Portion } from './order';
