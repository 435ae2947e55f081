export { type RequestIdentity, requestIdentity } from './idempotency';
export { openApiTransform, openApiTransformObject } from './openapi';
export {
  HTTP_PROBLEMS,
  type HttpProblemCode,
  httpProblem,
  Problem,
  type ProblemDocument,
  problemDocument,
  problemSchema,
} from './problem';
export { type Access, createHttpServer, type HttpServer, type HttpServerOptions } from './server';
export { createTokens, type TokenActor, type Tokens } from './tokens';
