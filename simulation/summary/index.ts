export type { Figures, PlantedFault } from './figures';
export { renderSummary } from './render';
export { type Summary, summarize } from './summary';
