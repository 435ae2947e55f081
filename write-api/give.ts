import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandRequest, CommandResult } from '../commands';
import { type Actor, actorSchema, type Refusal } from '../domain/kernel';
import { REFUSALS, type RefusalKind } from '../domain/refusals';
import { Problem, type RequestIdentity, requestIdentity, type TokenActor } from '../platform/http';
import type { WriteContext } from './write-context';

const STATUS_OF: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  rule: 422,
};

/** A refusal of the house as the problem that the caller is told. */
export const refusalProblem = ({ code, detail }: Refusal): Problem => {
  const { kind, meaning } = REFUSALS[code];
  return new Problem({ status: STATUS_OF[kind], code, title: meaning, detail });
};

/** Callers as the house knows them. The server hands out the same object for every request with the same token. */
const actors = new WeakMap<TokenActor, Actor>();

const actorOf = ({ actor: caller }: FastifyRequest): Actor => {
  const known = actors.get(caller);
  if (known) return known;
  const actor = actorSchema.parse(caller);
  actors.set(caller, actor);
  return actor;
};

export type Accepted = Extract<CommandResult, { kind: 'accepted' }>;

/**
 * Gives a command in the caller's name under the caller's idempotency key. Answers with what it did, and puts on the
 * reply the token by which a query can wait until it sees that; a refusal is thrown as its problem.
 */
export const give = async (
  context: WriteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  command: CommandRequest | ((identity: RequestIdentity) => CommandRequest),
): Promise<Accepted> => {
  const identity = requestIdentity(request);
  const result = await context.bus.execute(typeof command === 'function' ? command(identity) : command, {
    commandId: identity.commandId,
    fingerprint: identity.fingerprint,
    actor: actorOf(request),
    correlationId: request.id,
    causationId: request.id,
  });
  if (result.kind === 'refused') throw refusalProblem(result.refusal);
  reply.header('consistency-token', result.position);
  if (result.repeated) reply.header('idempotency-replayed', 'true');
  return result;
};
