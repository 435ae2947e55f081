export type { Features } from './features';
