import sse from '@fastify/sse';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { DependencyContainer } from 'tsyringe';
import { businessDateAt } from '../domain/kernel';
import { REFUSALS } from '../domain/refusals';
import type { Config, Role } from '../platform/config';
import {
  createHttpServer,
  HTTP_PROBLEMS,
  type HttpServer,
  type Limits,
  openApiTransform,
  openApiTransformObject,
} from '../platform/http';
import { ProjectionRunner } from '../platform/processing';
import { readApi } from '../read-api';
import { adverseActionNotice } from '../risk';
import type { DryRunAsked } from '../sagas';
import { type CallbackJudge, operationsRoutes, writeApi } from '../write-api';
import { changesOf, noChanges } from './changes';
import { sha256 } from './container';
import { exposeFigures } from './figures';
import { policyChecks } from './policies';
import { replayOf, whatIfBy } from './recorded-decisions';
import { requirementsOf } from './requirements';
import { dryRunOf, ruleTrialOf } from './rule-trials';
import { TOKENS, the } from './tokens';

export interface HttpParts {
  readonly roles: readonly Role[];
  readonly checkAnswers: boolean;
  /** False while the process is not ready for work. */
  readonly ready: () => boolean;
}

/** The API of a process: what its roles offer, with its description, its health and its figures. */
export const openApi = async (house: DependencyContainer, parts: HttpParts): Promise<HttpServer> => {
  const logger = the(house, TOKENS.logger);
  const server = createHttpServer({
    tokens: the(house, TOKENS.tokens),
    logger,
    checkAnswers: parts.checkAnswers,
    limits: limitsOf(the(house, TOKENS.config)),
    openBelow: ['/docs'],
    onFault: (error, request) => {
      logger.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed');
    },
  });
  await server.register(sse, { heartbeatInterval: 15_000 });
  await describe(server);
  measure(server, house);
  await server.register(async (api) => {
    const scope = api as unknown as HttpServer;
    if (parts.roles.includes('write-api')) mountWriteApi(scope, house);
    if (parts.roles.includes('read-api')) mountReadApi(scope, house);
    if (parts.roles.includes('sagas') || parts.roles.includes('projections')) {
      operationsRoutes(scope, the(house, TOKENS.operations));
    }
  });
  server.get('/health/live', { config: { access: 'public', unbounded: true }, schema: { hide: true } }, () => ({
    live: true,
  }));
  server.get(
    '/health/ready',
    { config: { access: 'public', unbounded: true }, schema: { hide: true } },
    (_request, reply) => {
      const ready = parts.ready();
      reply.code(ready ? 200 : 503);
      return { ready };
    },
  );
  server.get(
    '/metrics',
    { config: { access: 'public', unbounded: true }, schema: { hide: true } },
    async (_request, reply) => {
      reply.type(the(house, TOKENS.metrics).contentType).serializer((text: unknown) => String(text));
      return exposeFigures(house);
    },
  );
  return server;
};

/** People and their machines call so often and no more; the house's own staff and machines as often as they like. */
const LIMITED: ReadonlySet<string> = new Set(['borrower', 'partner']);

const BURST_SECONDS = 3;

const limitsOf = (config: Config): Limits => {
  const { USANCE_REQUESTS_IN_FLIGHT: inFlight, USANCE_LIVE_VIEWS: stayOpen } = config;
  const { USANCE_REQUESTS_PER_SECOND: perSecond } = config;
  const rate = perSecond > 0 ? { perSecond, burst: Math.max(1, perSecond * BURST_SECONDS) } : undefined;
  return { inFlight, stayOpen, rateOf: ({ kind }) => (LIMITED.has(kind) ? rate : undefined) };
};

const mountWriteApi = (server: HttpServer, house: DependencyContainer): void => {
  const clock = the(house, TOKENS.clock);
  const indexer = the(house, TOKENS.blindIndexer);
  const context = {
    bus: the(house, TOKENS.commandBus),
    clock,
    blindIndex: (purpose: string, value: string) => indexer.index(purpose, value),
    hash: sha256,
    channels: the(house, TOKENS.channels),
    policies: policyChecks,
    tryRules: (asked: DryRunAsked) => ruleTrialOf(house, asked),
    requirements: requirementsOf(house),
    today: () => businessDateAt(clock.now()),
  };
  writeApi(server, context, judgeOf(house));
};

/** An effect id names its stream: what stands before the last dot. */
const judgeOf =
  (house: DependencyContainer): CallbackJudge =>
  async (channel, headers, rawBody) => {
    const gateway = the(house, TOKENS.partners).channels.get(channel);
    const verdict = await gateway?.verifyCallback(headers, Buffer.from(rawBody));
    if (!verdict?.genuine) return { genuine: false };
    const { callbackId, movement, effectId, answer } = verdict;
    return { genuine: true, callbackId, movement, effectId, answer, stream: effectId.split('.')[0] };
  };

const mountReadApi = (server: HttpServer, house: DependencyContainer): void => {
  const clock = the(house, TOKENS.clock);
  const timers = the(house, TOKENS.timers);
  const queries = the(house, TOKENS.queries);
  readApi(server, {
    queries,
    log: the(house, TOKENS.eventLog),
    changes:
      queries instanceof ProjectionRunner
        ? changesOf((listener) => void queries.onCommitted(listener), timers)
        : noChanges(timers),
    clock,
    timers,
    notice: adverseActionNotice,
    decisions: {
      replay: (span) => replayOf(house, span),
      whatIf: (hash, span) => whatIfBy(house, hash, span),
    },
    dryRun: (asked) => dryRunOf(house, asked),
    today: () => businessDateAt(clock.now()),
  });
};

/** OpenAPI 3.1 from the routes' own schemas, a page to read it, and the catalogue of errors. */
const describe = async (server: HttpServer): Promise<void> => {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Usance',
        version: '1',
        description:
          'An event-sourced lending core. Every write carries an Idempotency-Key; every error is a problem document ' +
          '(RFC 9457) whose code is in the [catalogue of errors](/docs/errors).',
        license: { name: 'Apache-2.0' },
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
    transform: openApiTransform,
    transformObject: openApiTransformObject,
  });
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  server.get('/docs/errors', { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) => {
    reply.type('text/html; charset=utf-8').serializer((text: unknown) => String(text));
    return errorCatalogue();
  });
};

const errorCatalogue = (): string => {
  const rows = [
    ...Object.entries(HTTP_PROBLEMS).map(([code, { title, remedy }]) => [code, title, remedy]),
    ...Object.entries(REFUSALS).map(([code, { meaning, remedy }]) => [code, meaning, remedy]),
  ].map(
    ([code, meaning, remedy]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${meaning}</td><td>${remedy}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Usance: errors</title>
<h1>Errors</h1><p>Every error is a problem document with one of these codes.</p>
<table><thead><tr><th>Code</th><th>Meaning</th><th>What to do</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></html>`;
};

const measure = (server: HttpServer, house: DependencyContainer): void => {
  const metrics = the(house, TOKENS.metrics);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.inc({ method: request.method, route, status: String(reply.statusCode) });
    metrics.requestSeconds.observe({ route }, reply.elapsedTime / 1000);
    done();
  });
};
