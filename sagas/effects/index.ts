export { carryOut } from './handlers';
export type { HouseKnowledge } from './house-knowledge';
export type { Channels, OutsideWorld } from './outside-world';
