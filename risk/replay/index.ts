export type { Recorded } from './recorded';
export { type ReplayReport, replayDecisions } from './replay';
export { type LoanCourse, type WhatIfReport, whatIf } from './what-if';
