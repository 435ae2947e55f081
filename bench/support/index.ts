export { digestOf, nameOf, uuidOf } from './digest';
export type { Benchmark, Figure } from './figure';
export { makeFolder, removeFolder } from './folder';
export { type Done, type MeasureOptions, measure, percentile, type Trial } from './measure';
export { type Report, reportOf, tableOf } from './report';
export { windowed } from './windowed';
