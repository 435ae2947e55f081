export { carryOut } from './handlers';
export type { OutsideWorld } from './outside-world';
