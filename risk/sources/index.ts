export { type Heard, type Reply, SourceDesk } from './source-desk';
