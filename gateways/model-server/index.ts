export type { ModelServer } from './model-server';
