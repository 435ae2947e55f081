import { z } from 'zod';
import { borrowerIdSchema, creditLineId } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { acknowledgementSchema, idempotencyHeaders, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

/** What a borrower may owe in all: held by the staff when something is wrong, let go when it is not. */
export const creditLineRoutes = (server: HttpServer, context: WriteContext): void => {
  for (const [action, type, status] of [
    ['freeze', 'FreezeCreditLine', 'frozen'],
    ['unfreeze', 'UnfreezeCreditLine', 'unfrozen'],
  ] as const) {
    server.post(
      `/v1/borrowers/:borrowerId/credit-line/${action}`,
      {
        config: { access: ['operator'] },
        schema: {
          tags: ['Borrowers'],
          summary:
            action === 'freeze'
              ? 'Freeze a credit line: nothing more can be borrowed'
              : 'Lift the freeze of a credit line',
          headers: idempotencyHeaders,
          params: z.strictObject({ borrowerId: borrowerIdSchema }),
          body: z.strictObject({ reason: z.string().min(1).max(200) }),
          response: { 200: acknowledgementSchema, ...problems },
        },
      },
      async (request, reply) => {
        const id = creditLineId(request.params.borrowerId);
        await give(context, request, reply, { type, data: { creditLineId: id, reason: request.body.reason } });
        return { id, status, links: { borrower: `/v1/borrowers/${request.params.borrowerId}` } };
      },
    );
  }
};
