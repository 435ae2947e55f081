export { conclude } from './decide';
export type { Features } from './features';
export { firstCreditPolicy, type Policy } from './policy';
