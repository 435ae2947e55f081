import { z } from 'zod';

/** A CloudEvents 1.0 envelope as it travels: what is read from a topic is checked against it before anyone sees it. */
export const cloudEventSchema = z
  .object({
    specversion: z.literal('1.0'),
    /** The event's id: consumers de-duplicate by it. */
    id: z.string().min(1),
    source: z.string().min(1),
    type: z.string().min(1),
    /** The stream. */
    subject: z.string().min(1),
    time: z.iso.datetime({ offset: true }),
    datacontenttype: z.literal('application/json'),
    /** Has the event type's public schema. */
    data: z.record(z.string(), z.unknown()).readonly(),
    /** Extension attributes: where to find the fact itself in the log. */
    revision: z.string().regex(/^\d+$/),
    position: z.string(),
    correlationid: z.string().min(1),
  })
  .readonly();

export type CloudEvent = z.infer<typeof cloudEventSchema>;
