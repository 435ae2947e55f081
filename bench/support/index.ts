export { digestOf, nameOf, uuidOf } from './digest';
export type { Benchmark, Figure } from './figure';
export { makeFolder, removeFolder } from './folder';
export { compare, contestant, type Done, measure, type Trial } from './measure';
export { reportOf, tableOf } from './report';
export { windowed } from './windowed';
