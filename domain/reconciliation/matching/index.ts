export { BREAK_TYPES, type BreakType, type FoundBreak } from './found-break';
export { ITEM_STATUSES, type Item, type ItemStatus, ItemTable } from './item-table';
export { type Matching, matchItems, turnoverOf } from './match-items';
export { pairList } from './pair-list';
export { HOUSE_RULES, type RuleSet, ruleSetSchema } from './rules';
export { TextPool } from './text-pool';
