import type { FastifyRequest } from 'fastify';
import { httpProblem } from '../platform/http';

/** A borrower sees only what is theirs; another's is answered as if it did not exist. */
export const visible = <Doc>(request: FastifyRequest, doc: Doc | undefined, borrowerOf: (doc: Doc) => string): Doc => {
  if (doc === undefined) throw httpProblem('NOT_FOUND');
  if (request.actor.kind === 'borrower' && borrowerOf(doc) !== request.actor.id) throw httpProblem('NOT_FOUND');
  return doc;
};

/** Staff who may look at any borrower's affairs. */
const STAFF = ['underwriter', 'auditor', 'finance', 'operator'] as const;
export const BORROWER_AND_STAFF = ['borrower', ...STAFF] as const;
