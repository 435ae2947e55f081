import type { z } from 'zod';
import type { Access } from '../../platform/http';
import type { Stage } from './stage';

export interface Route {
  /** "POST /v1/products/:productId/publication". */
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  readonly body: z.ZodType | undefined;
  readonly params: z.ZodType | undefined;
  readonly querystring: z.ZodType | undefined;
  /** Left out of the description. */
  readonly hidden: boolean;
}

/** Every route of the API as it was declared, one for each method; what plugins add below /docs aside. */
export const routesOf = (stage: Stage): readonly Route[] => {
  const { api } = stage.house;
  if (api === undefined) throw new Error('this house has no API');
  return api.inventory
    .filter(({ url }) => !url.startsWith('/docs') && url !== '*')
    .flatMap(({ method, url, config, schema }) =>
      [method].flat().map((each): Route => {
        // Routes are declared with zod schemas only.
        const { body, params, querystring } = (schema ?? {}) as Pick<Partial<Route>, 'body' | 'params' | 'querystring'>;
        const access = config?.access;
        if (access === undefined) throw new Error(`${each} ${url} has no access rule`);
        const hidden = (schema as { hide?: boolean } | undefined)?.hide === true;
        return { name: `${each} ${url}`, method: each, url, access, body, params, querystring, hidden };
      }),
    );
};

/** Writes that give a command, and so go under an idempotency key: all but quotes, callbacks and the operators' own. */
export const commandRoutesOf = (stage: Stage): readonly Route[] =>
  routesOf(stage).filter(
    ({ method, url }) =>
      method === 'POST' && url !== '/v1/quotes' && !url.endsWith('/callbacks') && !url.startsWith('/v1/operations/'),
  );
