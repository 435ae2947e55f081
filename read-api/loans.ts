import { z } from 'zod';
import { businessDateSchema, instantSchema, loanIdSchema, moneyTextSchema } from '../domain/kernel';
import { accountTextOn, accountTextSchema, becameKnown, becameKnownSchema, payoffOn } from '../domain/loan';
import { type HttpServer, httpProblem } from '../platform/http';
import { consistencyHeaders, problems } from './answers';
import { loanSchema } from './documents';
import { knownLoan, loanHistory } from './known-loan';
import { BORROWER_AND_STAFF, visible } from './own';
import { model, type ReadContext } from './read-context';

/** Who collects what is overdue sees the loan and what closes it. */
const WHO_SEES_LOANS = [...BORROWER_AND_STAFF, 'collector'] as const;

const params = z.strictObject({ loanId: loanIdSchema });

const accountSchema = accountTextSchema
  .extend({
    id: z.string(),
    knownAt: z.string().optional(),
    /** What became known after `knownAt`, to this day, and what it changed of the account: none where none is given. */
    restated: becameKnownSchema.optional(),
  })
  .meta({ id: 'LoanAccount', description: 'A loan on a day, by what was known of it; amounts are decimal texts.' });

const knowledgeSchema = becameKnownSchema
  .extend({ id: z.string(), from: z.string().optional(), to: z.string().optional() })
  .meta({ id: 'LoanKnowledge', description: 'What became known of a loan, fact by fact, and what it changed.' });

export const loanRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/loans/:loanId',
    {
      config: { access: WHO_SEES_LOANS },
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
      config: { access: WHO_SEES_LOANS },
      schema: {
        tags: ['Loans'],
        summary: 'What closes the loan on a day',
        params,
        querystring: z.strictObject({ on: businessDateSchema.optional() }),
        response: { 200: z.object({ on: z.string(), amount: moneyTextSchema }), ...problems },
      },
    },
    async (request) => {
      const state = await knownLoan(context, request.params.loanId);
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

const accountQuery = z.strictObject({ asOf: businessDateSchema.optional(), knownAt: instantSchema.optional() });

/**
 * The account of a loan on any day, from what was known of it at any instant: for those who look into it, and for those
 * who serve it (a fact is taken back, waived or adjusted by its id).
 */
export const loanAccountRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/loans/:loanId/account',
    {
      config: { access: ['auditor', 'finance', 'operator'] },
      schema: {
        tags: ['Audit'],
        summary: 'The account of a loan as of a business date, as known at an instant: plan, movements, balances',
        params,
        querystring: accountQuery,
        response: { 200: accountSchema, ...problems },
      },
    },
    async (request) => {
      const { loanId } = request.params;
      const { knownAt, asOf = context.today() } = request.query;
      const account = accountTextOn(await knownLoan(context, loanId, knownAt), asOf);
      if (account === undefined) throw httpProblem('NOT_FOUND', 'it was not lent by then');
      if (knownAt === undefined) return { id: loanId, ...account };
      const restated = becameKnown(await loanHistory(context, loanId), asOf, knownAt);
      return { id: loanId, knownAt, ...account, restated };
    },
  );

  server.get(
    '/v1/loans/:loanId/knowledge',
    {
      config: { access: ['auditor', 'finance', 'operator'] },
      schema: {
        tags: ['Audit'],
        summary: 'What became known of a loan between two instants, and what that changed of its account as of a day',
        params,
        querystring: z.strictObject({
          from: instantSchema
            .optional()
            .describe('What had been recorded by then is the view before; default: nothing.'),
          to: instantSchema
            .optional()
            .describe('What had been recorded by then is the view after; default: everything.'),
          asOf: businessDateSchema.optional().describe('The day that both views are of; default: today.'),
        }),
        response: { 200: knowledgeSchema, ...problems },
      },
    },
    async (request) => {
      const { loanId } = request.params;
      const { from, to, asOf = context.today() } = request.query;
      const history = await loanHistory(context, loanId);
      if (history.length === 0) throw httpProblem('NOT_FOUND');
      const known = becameKnown(history, asOf, from, to);
      return { id: loanId, ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...known };
    },
  );
};
