export { type BoostedTrees, type BoostingRules, fitTrees, treeMargins } from './boost';
export type { Scale } from './quantise';
export { defaultBoosting } from './rules';
export { type Node, nodesOf } from './tree';
