import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { uuidV5 } from '../runtime';
import { httpProblem } from './problem';

/** Namespace of command ids that are made from callers' keys. */
const COMMANDS = '5f0c1b52-6a3a-5d6e-9a39-0d0f4a1c7e11';
const KEY = /^[\x21-\x7e]{16,255}$/;

export interface RequestIdentity {
  /** UUID made from who calls, what is called and the caller's key: a key's scope is one caller and one address. */
  readonly commandId: string;
  /** Digest of the request: the same key with another digest is refused. */
  readonly fingerprint: string;
}

/** What a write is known by. Throws the problem when the caller gave no usable key. */
export const requestIdentity = (request: FastifyRequest): RequestIdentity => {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw httpProblem('IDEMPOTENCY_KEY_MISSING');
  const caller = `${request.actor.kind}:${request.actor.id}`;
  return {
    commandId: uuidV5(COMMANDS, `${caller}\n${request.method} ${request.url}\n${key}`),
    fingerprint: hash('sha256', request.rawBody, 'hex').slice(0, 32),
  };
};
