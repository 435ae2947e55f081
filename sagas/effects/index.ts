export { carryOut } from './handlers';
export type { HouseKnowledge } from './house-knowledge';
export type { Channels, Messages, OutsideWorld } from './outside-world';
