export { compilePmml, type PmmlModel, type PmmlOutputs, type PmmlRow, type PmmlValue } from './document';
export { isPmmlRefused, type PmmlRefusalCode, type PmmlRefused } from './refused';
export { DEFAULT_LIMITS } from './xml';
