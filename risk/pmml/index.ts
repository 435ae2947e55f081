export { compilePmml, type PmmlModel, type PmmlOutputs, type PmmlRow, type PmmlValue } from './document';
export { isPmmlRefused, PMML_REFUSALS, type PmmlPlace, type PmmlRefusalCode, type PmmlRefused } from './refused';
export { DEFAULT_LIMITS, type XmlLimits } from './xml';
