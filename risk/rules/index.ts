export { checkRules } from './check-rules';
export { type CompiledRules, compileRules, type FiredRule, type RulesResult } from './compiled-rules';
export type { FindingCode, RuleFinding } from './finding';
export { type Jdm, jdmSchema } from './jdm';
export { type FieldType, kindOf, type RuleValue, type Vocabulary } from './vocabulary';
