export type { Effect } from './effect';
export { carryOut } from './handlers';
export type { OutsideWorld } from './outside-world';
