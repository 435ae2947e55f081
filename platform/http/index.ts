export type { Limits } from './admission';
export { type RequestIdentity, requestIdentity } from './idempotency';
export { openApiTransform, openApiTransformObject } from './openapi';
export {
  HTTP_PROBLEMS,
  httpProblem,
  Problem,
  problemSchema,
} from './problem';
export { type Access, createHttpServer, type HttpServer } from './server';
export { createTokens, type TokenActor, type Tokens } from './tokens';
