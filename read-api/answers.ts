import { z } from 'zod';
import { problemSchema } from '../platform/http';

export const problems = {
  400: problemSchema,
  401: problemSchema,
  403: problemSchema,
  404: problemSchema,
  503: problemSchema,
} as const;

/** The header by which a caller reads what they have just written. */
export const consistencyHeaders = z.object({
  'consistency-token': z.string().optional().describe('From a write’s answer: wait until its effect is visible here.'),
});

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(1_000).optional(),
});

/** A page of a list: cursor only. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });

/** The next page's address: the same query with the cursor. */
export const nextUrl = (url: string, cursor: string | undefined, parameter = 'after'): { next?: string } => {
  if (cursor === undefined) return {};
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, cursor);
  return { next: `${path}?${parameters}` };
};

/** Documents of read models go out as they are; their types are in `projections/`. */
export const documentSchema = z.record(z.string(), z.unknown());
