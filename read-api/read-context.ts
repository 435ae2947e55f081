import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DecisionReason } from '../domain/application';
import type { DomainEvent } from '../domain/events';
import type { BusinessDate } from '../domain/kernel';
import type { RuleSet } from '../domain/reconciliation';
import type { VerifiableEventLog } from '../platform/event-log';
import { httpProblem } from '../platform/http';
import type { ProjectionQueries, ProjectionReader } from '../platform/processing';
import type { Clock, Timers } from '../platform/runtime';
import { projections } from '../projections';
import type { RecordedDecisions } from './recorded-decisions';
import type { DryRun } from './tried-rules';

/** Tells when documents of a read model have changed, so that live views need not ask all the time. */
export interface Changes {
  /** Resolves at the next change of this document, or after so many milliseconds; never rejects. */
  next(projection: string, key: string, withinMs: number, signal: AbortSignal): Promise<void>;
}

/** What the routes of the way out need. */
export interface ReadContext {
  readonly queries: ProjectionQueries;
  readonly log: VerifiableEventLog<DomainEvent>;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly decisions: RecordedDecisions;
  /** The notice to somebody who was not approved. */
  readonly notice: (rejection: {
    readonly applicationId: string;
    readonly on: BusinessDate;
    readonly reasons: readonly DecisionReason[];
    readonly sources: readonly string[];
    readonly byPerson: boolean;
  }) => { readonly en: string; readonly zh: string };
  readonly today: () => BusinessDate;
  /** Holds a past statement against our movements by other rules; writes nothing. */
  readonly dryRun: (asked: {
    readonly channel: string;
    readonly date: BusinessDate;
    readonly rules: RuleSet;
  }) => Promise<DryRun>;
}

type Models = typeof projections;
type DocOf<Name extends keyof Models> = Models[Name] extends { fold: (...given: never[]) => infer Doc | undefined }
  ? Extract<Doc, object>
  : never;

/** How long a query waits to see what its caller has written, before it says that it does not. */
const WAIT_MS = 2_000;
const POSITION = /^[0-9A-Za-z/:_-]{1,64}$/;

/**
 * A read model's documents. With a consistency token on the request it first waits until the model shows everything up
 * to it, or says so: never stale in silence.
 */
export const model = async <Name extends keyof Models>(
  context: ReadContext,
  request: FastifyRequest,
  reply: FastifyReply,
  name: Name,
): Promise<ProjectionReader<DocOf<Name>>> => {
  const token = request.headers['consistency-token'];
  if (token !== undefined) {
    if (typeof token !== 'string' || !POSITION.test(token)) throw httpProblem('MALFORMED_REQUEST', 'consistency-token');
    const seen = await context.queries.waitFor(projections[name].name, token, WAIT_MS);
    if (!seen) throw httpProblem('NOT_YET_VISIBLE');
    reply.header('consistency-token', token);
  }
  // Each name's projection has the documents of that name.
  return context.queries.reader(projections[name] as never) as ProjectionReader<DocOf<Name>>;
};
