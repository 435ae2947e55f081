import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { createAdmission, type Limits } from './admission';
import { closingOf } from './closing';
import { type HttpProblemCode, httpProblem, Problem, problemDocument } from './problem';
import { securityHeaders } from './security-headers';
import type { TokenActor, Tokens } from './tokens';

/** Who may call a route. `public` needs no token. Every route must say. */
export type Access = 'public' | readonly string[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Always answered, however much is going on: health and figures. */
    unbounded?: boolean;
    /** Its answer stays open: a live view. */
    staysOpen?: boolean;
  }
  interface FastifyInstance {
    /** Every route that was added, as it was declared. */
    readonly inventory: readonly Readonly<RouteOptions>[];
  }
  interface FastifyRequest {
    /** Who calls; on public routes nobody. */
    actor: TokenActor;
    /** The body as it came, for digests and signatures. */
    rawBody: string;
  }
}

export interface HttpServerOptions {
  readonly tokens: Tokens;
  readonly logger: FastifyBaseLogger;
  /** Checks every answer against its schema too; on in tests, off in production for speed. */
  readonly checkAnswers: boolean;
  /** How much is taken on. Default: whatever comes. */
  readonly limits?: Limits;
  /** Addresses below these need no token and no access rule of their own: pages made by plugins. */
  readonly openBelow?: readonly string[];
  /** Told of every 5xx with its cause. */
  readonly onFault?: (error: unknown, request: FastifyRequest) => void;
}

export type HttpServer = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const BODY_BYTES_MAX = 262_144;
const NOBODY: TokenActor = { kind: 'nobody', id: 'nobody' };
const PROBLEM_TYPE = 'application/problem+json';
const REQUEST_ID = /^[\w-]{8,64}$/;

const CODE_OF_FASTIFY: Readonly<Record<string, HttpProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_REQUEST',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_REQUEST',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_REQUEST',
  FST_ERR_BAD_URL: 'MALFORMED_REQUEST',
  FST_ERR_MAX_PARAM_LENGTH: 'MALFORMED_REQUEST',
};

/** An escaped half of a surrogate pair. Written out anew, only one without its other half is still escaped. */
const ESCAPED_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;

/** Half a surrogate pair is no Unicode text: it has no canonical form, so it could neither be hashed nor stored. */
const holdsBrokenText = (json: string, parsed: unknown): boolean =>
  json.includes('\\u') && ESCAPED_SURROGATE.test(json) && ESCAPED_SURROGATE.test(JSON.stringify(parsed));

/** Errors of what stands behind the routes, by name: the server need not know who throws them. */
const CODE_OF_ERROR: Readonly<Record<string, HttpProblemCode>> = {
  EventStoreError: 'STORE_UNAVAILABLE',
  ReadStoreError: 'STORE_UNAVAILABLE',
  KeyStoreError: 'STORE_UNAVAILABLE',
  ProjectionNotReadyError: 'NOT_YET_VISIBLE',
  InvalidCursorError: 'INVALID_CURSOR',
};

/** Any error as the problem that the caller is told; what is not meant for the caller becomes INTERNAL. */
const asProblem = (error: FastifyError | Error): Problem => {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.slice(0, 20).map(({ instancePath, message }) => ({
      pointer: `/${error.validationContext ?? 'body'}${instancePath}`.replace(/\/$/, ''),
      message: message ?? 'invalid',
    }));
    return httpProblem('VALIDATION_FAILED', undefined, errors);
  }
  const code = 'code' in error ? CODE_OF_FASTIFY[error.code] : undefined;
  if (code) return httpProblem(code);
  if (error instanceof SyntaxError && 'statusCode' in error && error.statusCode === 400) {
    return httpProblem('MALFORMED_REQUEST');
  }
  return httpProblem(CODE_OF_ERROR[error.name] ?? 'INTERNAL');
};

/**
 * A server with the manners that all routes share: zod schemas, bearer tokens, an access rule on every route, request
 * ids, bounded bodies, problem documents for every error.
 */
export const createHttpServer = (options: HttpServerOptions): HttpServer => {
  const { tokens, logger, checkAnswers, onFault, openBelow = [] } = options;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Whoever logs something of a request says which: a logger made for every request is made for nothing.
    childLoggerFactory: (parent) => parent,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 30_000,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // A length bound on path parameters keeps absurd ids out of everything behind.
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      const problem = asProblem(error);
      reply.hijack();
      reply.raw.writeHead(problem.status, { 'content-type': PROBLEM_TYPE, 'x-request-id': request.id });
      reply.raw.end(JSON.stringify(problemDocument(problem, request.id)));
    },
    clientErrorHandler: (error, socket) => {
      // What came in was no HTTP, or not all of it; there is no request to speak of.
      if (socket.destroyed || !socket.writable) return;
      const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
      const body = JSON.stringify(
        problemDocument(httpProblem(isLate ? 'REQUEST_TIMEOUT' : 'MALFORMED_REQUEST'), randomUUID()),
      );
      const status = isLate ? '408 Request Timeout' : '400 Bad Request';
      const head = `HTTP/1.1 ${status}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}`;
      socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
    },
  }).withTypeProvider<ZodTypeProvider>();

  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(checkAnswers ? serializerCompiler : () => (answer) => JSON.stringify(answer));
  server.decorateRequest('actor', undefined as unknown as TokenActor);
  server.decorateRequest('rawBody', '');
  let secured: Readonly<Record<string, string>> = {};
  server.addHook('onReady', async () => {
    secured = await securityHeaders();
  });

  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const json = String(body);
    request.rawBody = json;
    // An action without details may leave its body out.
    if (json === '') return done(null, {});
    parseJson(request, json, (error, parsed) => {
      if (error || !holdsBrokenText(json, parsed)) done(error, parsed);
      else done(httpProblem('MALFORMED_REQUEST', 'a text is not well-formed Unicode'));
    });
  });

  const inventory: RouteOptions[] = [];
  server.decorate('inventory', inventory);
  server.addHook('onRoute', (route) => {
    inventory.push(route);
    if (openBelow.some((prefix) => route.url.startsWith(prefix))) route.config = { ...route.config, access: 'public' };
    if (route.config?.access === undefined) throw new Error(`${String(route.method)} ${route.url} has no access rule`);
  });

  const admission = options.limits && createAdmission(options.limits, performance.now.bind(performance));
  const beginClosing = closingOf(server.server);
  server.addHook('preClose', (done) => {
    beginClosing();
    done();
  });

  /** Lets the caller in as an actor, or says why not. */
  const admit = (
    request: FastifyRequest,
    reply: FastifyReply,
    access: readonly string[],
    actor: TokenActor | undefined,
  ): Problem | undefined => {
    if (actor === undefined) {
      reply.header('www-authenticate', 'Bearer');
      return httpProblem('UNAUTHENTICATED');
    }
    if (!access.includes(actor.kind)) return httpProblem('FORBIDDEN', `${actor.kind} may not call this`);
    request.actor = actor;
    return admission?.call(actor, reply);
  };

  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(secured).header('x-request-id', request.id);
    request.actor = NOBODY;
    const full = admission?.enter(request, reply);
    if (full) return done(full);
    const access = request.routeOptions.config.access;
    if (access === undefined || access === 'public') return done();
    const authorization = request.headers.authorization;
    const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
    const actor = token ? tokens.verify(token) : undefined;
    if (!(actor instanceof Promise)) return done(admit(request, reply, access, actor));
    actor.then((verified) => done(admit(request, reply, access, verified)), done);
  });

  server.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = asProblem(error);
    // What is refused for want of room is counted among the answers; each in the log would be one more load.
    if (problem.status >= 500 && problem.code !== 'OVERLOADED') onFault?.(error, request);
    const passing = problem.status === 503 || problem.status === 429;
    if (passing && !reply.hasHeader('retry-after')) reply.header('retry-after', '1');
    reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problemDocument(problem, request.id));
  });

  server.setNotFoundHandler((request, reply) => {
    reply
      .code(404)
      .type(PROBLEM_TYPE)
      .send(problemDocument(httpProblem('NO_SUCH_ROUTE'), request.id));
  });

  return server;
};
