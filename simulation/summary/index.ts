export type { Figures } from './figures';
export { renderSummary } from './render';
export { type Summary, summarize } from './summary';
