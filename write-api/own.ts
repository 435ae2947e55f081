import type { FastifyRequest } from 'fastify';
import { type BorrowerId, borrowerIdSchema } from '../domain/kernel';
import { httpProblem } from '../platform/http';

/** The borrower who calls. Routes that use it let nobody else in. */
export const callingBorrower = (request: FastifyRequest): BorrowerId => {
  const id = borrowerIdSchema.safeParse(request.actor.id);
  if (request.actor.kind !== 'borrower' || !id.success) throw httpProblem('FORBIDDEN');
  return id.data;
};

/** A borrower may act on nobody but themselves: another's id is answered as if it did not exist. */
export const onlyOwn = (request: FastifyRequest, borrowerId: BorrowerId): void => {
  if (request.actor.kind === 'borrower' && request.actor.id !== borrowerId) throw httpProblem('NOT_FOUND');
};
