import { z } from 'zod';
import { businessDateSchema, instantSchema, loanIdSchema } from '../domain/kernel';
import { explainedInstallment } from '../domain/loan';
import { installmentExplanationSchema } from '../domain/schedule';
import { type HttpServer, httpProblem } from '../platform/http';
import { problems } from './answers';
import { knownLoan } from './known-loan';
import { BORROWER_AND_STAFF, visible } from './own';
import type { ReadContext } from './read-context';

const momentQuery = z.strictObject({
  asOf: businessDateSchema.optional().describe('The business date it is explained for; today, where none is given.'),
  knownAt: instantSchema.optional().describe('Only what had been recorded by this instant counts.'),
});

const explained = { loanId: z.string(), knownAt: z.string().optional() };

/** Where the figures of a loan come from: to its borrower, and to those who answer for them. */
export const explanationRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/loans/:loanId/installments/:n/explain',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'Where every figure of an installment comes from, step by step, to be worked out again by hand',
        params: z.strictObject({ loanId: loanIdSchema, n: z.coerce.number().int().min(1).max(10_000) }),
        querystring: momentQuery,
        response: {
          200: installmentExplanationSchema.extend(explained).meta({ id: 'LoanInstallmentExplanation' }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { loanId, n } = request.params;
      const { asOf = context.today(), knownAt } = request.query;
      const state = await knownLoan(context, loanId, knownAt);
      const loan = visible(request, state.status === 'none' ? undefined : state, borrowerOf);
      const explanation = explainedInstallment(loan, asOf, n);
      if (explanation === undefined) throw httpProblem('NOT_FOUND', 'it had no such installment then');
      return { loanId, ...(knownAt !== undefined && { knownAt }), ...explanation };
    },
  );
};

const borrowerOf = ({ agreement }: { readonly agreement: { readonly borrowerId: string } }): string =>
  agreement.borrowerId;
