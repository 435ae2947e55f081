import { z } from 'zod';
import { custodyOwnerSchema } from '../domain/custody';
import { custodyOrderSchema } from '../domain/instruction';
import {
  actorSchema,
  currencySchema,
  custodyAccountIdSchema,
  custodyInstructionIdSchema,
  moneyTextSchema,
} from '../domain/kernel';
import { type HttpServer, httpProblem } from '../platform/http';
import { INSTRUCTION_STATUSES } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { model, type ReadContext } from './read-context';

const access = ['finance', 'operator', 'auditor'] as const;

const accountSchema = z
  .strictObject({
    id: z.string(),
    status: z.enum(['open', 'frozen']),
    owner: custodyOwnerSchema,
    currency: currencySchema,
    bankReference: z.string(),
    openedOn: z.string(),
    frozenFor: z.string().optional(),
    byInstructions: moneyTextSchema.describe('What instructions have moved in less what they have moved out.'),
  })
  .meta({ id: 'CustodyAccount', description: 'An account at the custody bank, as the bank has said it stands.' });

const instructionSchema = z
  .strictObject({
    id: z.string(),
    status: z.enum(INSTRUCTION_STATUSES),
    order: custodyOrderSchema,
    requestedBy: actorSchema,
    requestedAt: z.string(),
    needsApproval: z.boolean(),
    approvedBy: actorSchema.optional(),
    effectId: z.string().optional(),
    bankReference: z.string().optional(),
    valueDate: z.string().optional(),
    reason: z.string().optional(),
    queries: z.int().optional(),
    nextQueryAt: z.string().optional(),
  })
  .meta({ id: 'CustodyInstruction', description: 'What the custody bank was told, and what became of it.' });

/** Accounts at the custody bank, and what it was told. */
export const custodyRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/custody/accounts',
    {
      config: { access },
      schema: {
        tags: ['Custody'],
        summary: 'Accounts at the custody bank',
        headers: consistencyHeaders,
        querystring: pageQuery,
        response: { 200: pageOf(accountSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query;
      const documents = await model(context, request, reply, 'custodyAccounts');
      const page = await documents.query({ index: 'byId', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/custody/accounts/:accountId',
    {
      config: { access },
      schema: {
        tags: ['Custody'],
        summary: 'An account at the custody bank',
        headers: consistencyHeaders,
        params: z.strictObject({ accountId: custodyAccountIdSchema }),
        response: { 200: accountSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'custodyAccounts')).get(request.params.accountId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );

  server.get(
    '/v1/custody/instructions',
    {
      config: { access },
      schema: {
        tags: ['Custody'],
        summary: 'Instructions to the custody bank, the latest first; or those of one status',
        headers: consistencyHeaders,
        querystring: pageQuery.extend({ status: z.enum(['all', ...INSTRUCTION_STATUSES]).default('all') }),
        response: { 200: pageOf(instructionSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after, status } = request.query;
      const documents = await model(context, request, reply, 'custodyInstructions');
      const range = status === 'all' ? { index: 'byTime' } : { index: 'byStatus', least: status, most: status };
      const page = await documents.query({ ...range, order: 'descending', limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/custody/instructions/:instructionId',
    {
      config: { access },
      schema: {
        tags: ['Custody'],
        summary: 'An instruction to the custody bank, and what became of it',
        headers: consistencyHeaders,
        params: z.strictObject({ instructionId: custodyInstructionIdSchema }),
        response: { 200: instructionSchema, ...problems },
      },
    },
    async (request, reply) => {
      const documents = await model(context, request, reply, 'custodyInstructions');
      const found = await documents.get(request.params.instructionId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
