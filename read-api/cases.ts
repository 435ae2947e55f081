import { z } from 'zod';
import {
  CONTACT_MEANS,
  CONTACT_RESULTS,
  ENDINGS,
  LEGAL_STEPS,
  nextActionSchema,
  reliefSchema,
  STAGES,
} from '../domain/collections';
import { businessDateSchema, caseIdSchema, moneyTextSchema } from '../domain/kernel';
import { ARREARS_BUCKETS, arrearsBucketSchema } from '../domain/loan';
import { type HttpServer, httpProblem } from '../platform/http';
import { CASE_STAGES } from '../projections';
import { consistencyHeaders, nextUrl, pageOf, pageQuery, problems } from './answers';
import { model, type ReadContext } from './read-context';

const access = ['collector', 'operator', 'auditor'] as const;
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const contactSchema = z.strictObject({
  contactId: z.string(),
  means: z.enum(CONTACT_MEANS),
  at: z.string(),
  by: z.string(),
  agency: z.string().optional(),
  result: z.enum(CONTACT_RESULTS).optional(),
});

const promiseSchema = z.strictObject({
  promiseId: z.string(),
  loanId: z.string(),
  amount: moneyTextSchema,
  by: businessDateSchema,
  madeOn: businessDateSchema,
  status: z.enum(['pending', 'kept', 'broken', 'lapsed']),
  paid: moneyTextSchema.optional(),
});

const caseSchema = z
  .strictObject({
    id: z.string(),
    borrowerId: z.string(),
    status: z.enum(['open', 'closed']),
    stage: z.enum(CASE_STAGES).describe('Where the case is: in a stage of its strategy, with an agency, or in court.'),
    ownStage: z.enum(STAGES).describe('That of its strategy, whoever has the case.'),
    strategy: z.string(),
    bucket: arrearsBucketSchema.describe('Of the loan that is latest.'),
    overdue: moneyTextSchema,
    loans: list(
      z.strictObject({
        loanId: z.string(),
        bucket: arrearsBucketSchema,
        pastDueSince: businessDateSchema,
        overdue: moneyTextSchema,
      }),
    ),
    openedOn: z.string().describe('A calendar day.'),
    closedOn: z.string().optional(),
    closedFor: z.enum([...ENDINGS, 'by-person']).optional(),
    closedBecause: z.string().optional(),
    owner: z.string().optional(),
    agency: z.string().optional(),
    next: nextActionSchema.optional().describe('What a person is to do, by the strategy; none while others have it.'),
    contacts: list(contactSchema),
    promises: list(promiseSchema),
    plans: list(
      z.strictObject({
        planId: z.string(),
        loanId: z.string(),
        relief: reliefSchema,
        agreedOn: businessDateSchema,
        status: z.enum(['agreed', 'granted', 'refused']),
      }),
    ),
    legal: list(z.strictObject({ step: z.enum(LEGAL_STEPS), reference: z.string(), on: businessDateSchema })),
  })
  .meta({ id: 'Case', description: 'What is done about the arrears of one borrower.' });

const worklistQuery = pageQuery
  .extend({
    stage: z.enum(CASE_STAGES).optional(),
    bucket: z.enum(ARREARS_BUCKETS).optional(),
    owner: z.string().min(1).max(128).optional(),
    dueBy: businessDateSchema.optional().describe('Only what is to be done up to this day.'),
    order: z.enum(['next', 'overdue']).default('next').describe('What is due first, or what is owed most.'),
  })
  .refine(({ stage, bucket, owner }) => [stage, bucket, owner].filter((each) => each !== undefined).length <= 1, {
    message: 'one of stage, bucket and owner at a time',
  })
  .refine(({ order, ...filters }) => order === 'next' || Object.keys(filters).every((name) => PAGING.has(name)), {
    message: 'the largest amounts come unfiltered',
    path: ['order'],
  });

const PAGING: ReadonlySet<string> = new Set(['limit', 'after']);

/** The index that answers a query, and what must be equal in it. */
const indexFor = ({ stage, bucket, owner }: z.infer<typeof worklistQuery>) => {
  if (stage !== undefined) return { index: 'byStage', equals: [stage] };
  if (bucket !== undefined) return { index: 'byBucket', equals: [bucket] };
  if (owner !== undefined) return { index: 'byOwner', equals: [owner] };
  return { index: 'byNext' };
};

/** The worklist of those who collect what is overdue. */
export const caseRoutes = (server: HttpServer, context: ReadContext): void => {
  server.get(
    '/v1/cases',
    {
      config: { access },
      schema: {
        tags: ['Collections'],
        summary: 'Open cases: by what is to be done next, or by what is owed most; by stage, bucket or owner',
        headers: consistencyHeaders,
        querystring: worklistQuery,
        response: { 200: pageOf(caseSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { limit, after, dueBy, order } = request.query;
      const documents = await model(context, request, reply, 'cases');
      const bounds = dueBy === undefined ? {} : { most: dueBy };
      const asked =
        order === 'overdue'
          ? ({ index: 'byOverdue', order: 'descending' } as const)
          : { ...indexFor(request.query), ...bounds };
      const page = await documents.query({ ...asked, limit, ...(after ? { after } : {}) });
      return { items: page.items.map(({ doc }) => doc), ...nextUrl(request.url, page.next) };
    },
  );

  server.get(
    '/v1/cases/:caseId',
    {
      config: { access },
      schema: {
        tags: ['Collections'],
        summary: 'A case: loans in arrears, contacts, promises, plans, and what is to be done next',
        headers: consistencyHeaders,
        params: z.strictObject({ caseId: caseIdSchema }),
        response: { 200: caseSchema, ...problems },
      },
    },
    async (request, reply) => {
      const found = await (await model(context, request, reply, 'cases')).get(request.params.caseId);
      if (found === undefined) throw httpProblem('NOT_FOUND');
      return found.doc;
    },
  );
};
