export { checkDocument, policyHash } from './check-policy';
export { type BoundModel, type CompiledPolicy, compilePolicy } from './compiled-policy';
export { shippedPolicy } from './shipped-policy';
export { CATALOGUE_HASH } from './vocabulary';
