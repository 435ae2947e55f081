export { carryOut } from './handlers';
export type { Channels, OutsideWorld } from './outside-world';
