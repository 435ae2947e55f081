export { type Heard, type Inquiry, type Reply, SourceDesk } from './source-desk';
