import { z } from 'zod';
import { type HttpServer, httpProblem } from '../platform/http';
import { problems } from './answers';

export const parkedSchema = z.object({
  id: z.string(),
  reader: z.string(),
  key: z.string(),
  state: z.string(),
  cause: z.string(),
  reason: z.string(),
  attempts: z.int(),
  since: z.string(),
});
export type ParkedView = z.infer<typeof parkedSchema>;

/** What operators can see and do of the machinery; provided by the process that runs it. */
export interface Operations {
  parked(): Promise<readonly ParkedView[]>;
  /** False: there is no such parked event. */
  retry(id: string, by: string): Promise<boolean>;
  skip(id: string, by: string): Promise<boolean>;
  lag(): Promise<readonly { readonly reader: string; readonly behind: boolean; readonly checkpoint: string }[]>;
  /** Builds a read model anew beside the live one and swaps it in. False: there is no such read model. */
  rebuild(projection: string): Promise<boolean>;
}

const access = ['operator'] as const;
const done = z.object({ id: z.string(), status: z.string() });

export const operationsRoutes = (server: HttpServer, operations: Operations): void => {
  server.get(
    '/v1/operations/parked',
    {
      config: { access },
      schema: {
        tags: ['Operations'],
        summary: 'Events that could not be handled, with their reasons',
        response: { 200: z.object({ items: z.array(parkedSchema) }), ...problems },
      },
    },
    async () => ({ items: [...(await operations.parked())] }),
  );

  server.get(
    '/v1/operations/lag',
    {
      config: { access },
      schema: {
        tags: ['Operations'],
        summary: 'How far each reader of the log has come',
        response: {
          200: z.object({
            items: z.array(z.object({ reader: z.string(), behind: z.boolean(), checkpoint: z.string() })),
          }),
          ...problems,
        },
      },
    },
    async () => ({ items: [...(await operations.lag())] }),
  );

  for (const action of ['retry', 'skip'] as const) {
    server.post(
      `/v1/operations/parked/:id/${action}`,
      {
        config: { access },
        schema: {
          tags: ['Operations'],
          summary: action === 'retry' ? 'Try a parked event again' : 'Give up a parked event; it stays on record',
          params: z.strictObject({ id: z.string().min(1).max(200) }),
          body: z.strictObject({}),
          response: { 200: done, ...problems },
        },
      },
      async (request) => {
        const { id } = request.params;
        if (!(await operations[action](id, request.actor.id))) throw httpProblem('NOT_FOUND');
        return { id, status: action === 'retry' ? 'retried' : 'skipped' };
      },
    );
  }

  server.post(
    '/v1/operations/projections/:name/rebuild',
    {
      config: { access },
      schema: {
        tags: ['Operations'],
        summary: 'Build a read model anew beside the live one and swap it in',
        params: z.strictObject({ name: z.string().regex(/^[a-z-]{1,40}$/) }),
        body: z.strictObject({}),
        response: { 202: done, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      if (!(await operations.rebuild(name))) throw httpProblem('NOT_FOUND');
      reply.code(202);
      return { id: name, status: 'rebuilding' };
    },
  );
};
