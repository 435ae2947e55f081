import { z } from 'zod';
import type { DomainEvent } from '../domain/events';
import { businessDateSchema, loanIdSchema, moneyTextSchema } from '../domain/kernel';
import { type LoanState, loanDecider, payoffOn } from '../domain/loan';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, problems } from './answers';
import { loanSchema } from './documents';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

const params = z.strictObject({ loanId: loanIdSchema });

export const loanRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/loans/:loanId',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'A loan with its repayment plan, what was paid and what is in arrears',
        headers: consistencyHeaders,
        params,
        response: { 200: loanSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'loans')).get(request.params.loanId);
      return visible(request, found?.doc, ({ borrowerId }) => borrowerId);
    },
  );

  server.get(
    '/v1/loans/:loanId/payoff',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'What closes the loan on a day',
        params,
        querystring: z.strictObject({ on: businessDateSchema.optional() }),
        response: { 200: z.object({ on: z.string(), amount: moneyTextSchema }), ...problems },
      },
    },
    async (request) => {
      let state: LoanState = loanDecider.initial;
      for await (const events of context.log.readStream(request.params.loanId)) {
        for (const event of events) state = loanDecider.evolve(state, loanEvent(event));
      }
      const loan = visible(
        request,
        state.status === 'none' ? undefined : state,
        ({ agreement }) => agreement.borrowerId,
      );
      const payoff = payoffOn(loan, request.query.on ?? context.today());
      if (payoff === undefined) throw httpProblem('NOT_FOUND', 'nothing is owed');
      return { on: payoff.on, amount: payoff.total };
    },
  );
};

type LoanFact = Parameters<typeof loanDecider.evolve>[1];

/** The streams of loans hold the facts of loans. */
const loanEvent = (event: DomainEvent): LoanFact => event as LoanFact;
