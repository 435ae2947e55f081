export type { Effect } from './effect';
export { carryOut, type OutsideWorld } from './handlers';
