export { MODEL_DEADLINE_MS, type ModelAnswer, type ModelName, type ModelServer, type ModelValue } from './model-server';
