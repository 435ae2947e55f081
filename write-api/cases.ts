import { z } from 'zod';
import {
  CONTACT_MEANS,
  CONTACT_PARTIES,
  CONTACT_RESULTS,
  collectionsCommands,
  reliefSchema,
} from '../domain/collections';
import { businessDateSchema, caseIdSchema, loanIdSchema, Personal } from '../domain/kernel';
import type { HttpServer } from '../platform/http';
import { idKey } from '../platform/runtime';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders as headers, partIdSchema, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const params = z.strictObject({ caseId: caseIdSchema });
const COLLECTORS = ['collector', 'operator'] as const;
const OPERATORS = ['operator'] as const;

const linksOf = (caseId: string) => ({ case: `/v1/cases/${caseId}` });

/** What every way to work on a case has in common. */
const routeOf = <Body extends z.ZodType>(
  access: typeof COLLECTORS | typeof OPERATORS,
  summary: string,
  body: Body,
) => ({
  config: { access },
  schema: {
    ...{ tags: ['Collections'], summary, headers, params, body },
    response: { 200: acknowledgementSchema, ...problems },
  },
});

/** Work of collectors, and of operators who may step in. */
const collecting = (server: HttpServer, context: WriteContext): void => {
  for (const [action, type, status, summary] of [
    ['claim', 'ClaimCase', 'claimed', 'Claim a case: other collectors keep away'],
    ['release', 'ReleaseCase', 'released', 'Give a case back to the worklist'],
  ] as const) {
    server.post(
      `/v1/cases/:caseId/${action}`,
      routeOf(COLLECTORS, summary, z.strictObject({})),
      async (request, reply) => {
        const { caseId } = params.parse(request.params);
        await give(context, request, reply, { type, data: { caseId } });
        return { id: caseId, status, links: linksOf(caseId) };
      },
    );
  }

  server.post(
    '/v1/cases/:caseId/contacts',
    routeOf(
      COLLECTORS,
      'Ask leave to turn to the debtor now; refused when it is too often, at the wrong time, or somebody else',
      z.strictObject({ means: z.enum(CONTACT_MEANS), party: z.enum(CONTACT_PARTIES) }),
    ),
    async (request, reply) => {
      const { caseId } = request.params;
      let contactId = '';
      await give(context, request, reply, ({ commandId }) => {
        contactId = idKey(commandId);
        return { type: 'AttemptContact', data: { caseId, contactId, ...request.body } };
      });
      return { id: contactId, status: 'allowed', links: linksOf(caseId) };
    },
  );

  server.post(
    '/v1/cases/:caseId/contacts/:contactId/result',
    {
      config: { access: COLLECTORS },
      schema: {
        tags: ['Collections'],
        summary: 'Say what came of a contact; what was said is kept sealed',
        headers,
        params: params.extend({ contactId: partIdSchema }),
        body: z.strictObject({ result: z.enum(CONTACT_RESULTS), note: z.string().min(1).max(1_000).optional() }),
        response: { 200: acknowledgementSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { caseId, contactId } = request.params;
      const { result, note } = request.body;
      const sealed = note === undefined ? {} : { note: Personal.of(note) };
      const data = { caseId, contactId, result, ...sealed };
      await give(context, request, reply, { type: 'RecordContactResult', data });
      return { id: contactId, status: 'recorded', links: linksOf(caseId) };
    },
  );

  server.post(
    '/v1/cases/:caseId/promises',
    routeOf(
      COLLECTORS,
      'Put a promise on record: so much of a loan will have been paid by a day',
      z.strictObject({ loanId: loanIdSchema, amount: askedAmountSchema, by: businessDateSchema }),
    ),
    async (request, reply) => {
      const { caseId } = request.params;
      let promiseId = '';
      await give(context, request, reply, ({ commandId }) => {
        promiseId = idKey(commandId);
        return { type: 'RecordPromise', data: { caseId, promiseId, ...request.body } };
      });
      return { id: promiseId, status: 'promised', links: linksOf(caseId) };
    },
  );
};

/** What changes a loan's terms, or who has the case. */
const deciding = (server: HttpServer, context: WriteContext): void => {
  server.post(
    '/v1/cases/:caseId/hardship-plans',
    routeOf(
      OPERATORS,
      'Agree on relief in hardship: re-aging, a grace period or an interest pause of a loan',
      z.strictObject({ loanId: loanIdSchema, relief: reliefSchema }),
    ),
    async (request, reply) => {
      const { caseId } = request.params;
      let planId = '';
      await give(context, request, reply, ({ commandId }) => {
        planId = idKey(commandId);
        return { type: 'AgreeHardship', data: { caseId, planId, ...request.body } };
      });
      return { id: planId, status: 'agreed', links: linksOf(caseId) };
    },
  );

  const withoutCase = { caseId: true } as const;
  server.post(
    '/v1/cases/:caseId/hand-over',
    routeOf(OPERATORS, 'Hand a case over to an agency', collectionsCommands.HandOverCase.omit(withoutCase)),
    async (request, reply) => {
      const { caseId } = request.params;
      await give(context, request, reply, { type: 'HandOverCase', data: { caseId, ...request.body } });
      return { id: caseId, status: 'handed_over', links: linksOf(caseId) };
    },
  );
  server.post(
    '/v1/cases/:caseId/recall',
    routeOf(OPERATORS, 'Take a case back from an agency', collectionsCommands.TakeBackCase.omit(withoutCase)),
    async (request, reply) => {
      const { caseId } = request.params;
      await give(context, request, reply, { type: 'TakeBackCase', data: { caseId, ...request.body } });
      return { id: caseId, status: 'taken_back', links: linksOf(caseId) };
    },
  );
  server.post(
    '/v1/cases/:caseId/legal-steps',
    routeOf(OPERATORS, 'Put a step at law on record', collectionsCommands.TakeLegalStep.omit(withoutCase)),
    async (request, reply) => {
      const { caseId } = request.params;
      await give(context, request, reply, { type: 'TakeLegalStep', data: { caseId, ...request.body } });
      return { id: caseId, status: 'in_court', links: linksOf(caseId) };
    },
  );
  server.post(
    '/v1/cases/:caseId/closure',
    routeOf(OPERATORS, 'Close a case, with the reason', collectionsCommands.CloseCase.omit(withoutCase)),
    async (request, reply) => {
      const { caseId } = request.params;
      await give(context, request, reply, { type: 'CloseCase', data: { caseId, ...request.body } });
      return { id: caseId, status: 'closed', links: linksOf(caseId) };
    },
  );
};

/** What staff do about borrowers in arrears: one way in for each command. */
export const caseRoutes = (server: HttpServer, context: WriteContext): void => {
  collecting(server, context);
  deciding(server, context);
};
