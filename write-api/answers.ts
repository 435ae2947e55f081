import { z } from 'zod';
import { problemSchema } from '../platform/http';

/** Every write's problems, for the description of the API. */
export const problems = {
  400: problemSchema,
  401: problemSchema,
  403: problemSchema,
  404: problemSchema,
  409: problemSchema,
  422: problemSchema,
  503: problemSchema,
} as const;

/** What a write answers: the thing it acted on and where to look at it. */
export const acknowledgementSchema = z
  .object({
    id: z.string(),
    status: z.string(),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Acknowledgement' });

/**
 * The id of a part of something (a card, a consent), as the house has made it. Nothing else fits: a card number sent by
 * mistake is not repeated in an error.
 */
export const partIdSchema = z
  .string()
  .regex(/^[0-9a-z]{26}$/, 'an id as it was given')
  .meta({ id: 'PartId', description: 'An id within its owner, as it was given when the part was created.' });

/** The header that every write carries, for the description of the API. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe('Required. A UUID, or 16 to 255 visible characters: the same key again is the same request.'),
});
