import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { businessDateSchema, type Instant, instantSchema, type LoanId, loanIdSchema } from '../domain/kernel';
import {
  arrearsExplanationSchema,
  explainedArrears,
  explainedInstallment,
  explainedPayoff,
  explainedTransaction,
  type LoanState,
} from '../domain/loan';
import {
  installmentExplanationSchema,
  payoffExplanationSchema,
  transactionExplanationSchema,
} from '../domain/schedule';
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
      const explanation = explainedInstallment(await known(context, request, loanId, knownAt), asOf, n);
      if (explanation === undefined) throw httpProblem('NOT_FOUND', 'it had no such installment then');
      return { loanId, ...(knownAt !== undefined && { knownAt }), ...explanation };
    },
  );

  server.get(
    '/v1/loans/:loanId/payoff/explain',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'What closes the loan on a day, part by part, with the interest that its days bear until then',
        params: z.strictObject({ loanId: loanIdSchema }),
        querystring: z.strictObject({
          on: businessDateSchema.optional().describe('The day of the payoff; today, where none is given.'),
          knownAt: momentQuery.shape.knownAt,
        }),
        response: { 200: payoffExplanationSchema.extend(explained).meta({ id: 'LoanPayoffExplanation' }), ...problems },
      },
    },
    async (request) => {
      const { loanId } = request.params;
      const { on = context.today(), knownAt } = request.query;
      const explanation = explainedPayoff(await known(context, request, loanId, knownAt), on);
      if (explanation === undefined) throw httpProblem('NOT_FOUND', 'it was not lent by then');
      return { loanId, ...(knownAt !== undefined && { knownAt }), ...explanation };
    },
  );

  server.get(
    '/v1/loans/:loanId/transactions/:fact/explain',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'Where the money of a payment went: installment by installment, portion by portion, and by which rule',
        params: z.strictObject({
          loanId: loanIdSchema,
          fact: z.string().min(1).max(120).describe('The fact by its id, or by its name: that of the repayment.'),
        }),
        querystring: momentQuery,
        response: {
          200: transactionExplanationSchema.extend(explained).meta({ id: 'LoanTransactionExplanation' }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { loanId, fact } = request.params;
      const { asOf = context.today(), knownAt } = request.query;
      const explanation = explainedTransaction(await known(context, request, loanId, knownAt), asOf, fact);
      if (explanation === undefined) throw httpProblem('NOT_FOUND', 'no such fact had moved money by then');
      return { loanId, ...(knownAt !== undefined && { knownAt }), ...explanation };
    },
  );

  server.get(
    '/v1/loans/:loanId/arrears/explain',
    {
      config: { access: BORROWER_AND_STAFF },
      schema: {
        tags: ['Loans'],
        summary: 'How late a loan is on a day, by which installments, and in which bucket that puts it',
        params: z.strictObject({ loanId: loanIdSchema }),
        querystring: momentQuery,
        response: {
          200: arrearsExplanationSchema.extend(explained).meta({ id: 'LoanArrearsExplanation' }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { loanId } = request.params;
      const { asOf = context.today(), knownAt } = request.query;
      const explanation = explainedArrears(await known(context, request, loanId, knownAt), asOf);
      if (explanation === undefined) throw httpProblem('NOT_FOUND', 'it was not lent by then');
      return { loanId, ...(knownAt !== undefined && { knownAt }), ...explanation };
    },
  );
};

/** A loan as it was known at an instant, if it is theirs. */
const known = async (
  context: ReadContext,
  request: FastifyRequest,
  loanId: LoanId,
  knownAt: Instant | undefined,
): Promise<Exclude<LoanState, { status: 'none' }>> => {
  const state = await knownLoan(context, loanId, knownAt);
  return visible(request, state.status === 'none' ? undefined : state, borrowerOf);
};

const borrowerOf = ({ agreement }: { readonly agreement: { readonly borrowerId: string } }): string =>
  agreement.borrowerId;
