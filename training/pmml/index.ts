export { scorecardPmml } from './scorecard';
export { treesPmml } from './trees';
