import { z } from 'zod';
import { borrowerIdSchema, noticeIdSchema } from '../../domain/kernel';
import { messageChannelSchema, noticeFactsSchema, noticeKindSchema } from '../../domain/notices';

/** One message that is wanted: what it tells of, without the address, which is looked up when it goes out. */
export const messageOrderSchema = z.strictObject({
  noticeId: noticeIdSchema,
  kind: noticeKindSchema,
  borrowerId: borrowerIdSchema,
  /** The application or loan that it is about. */
  about: z.string(),
  channel: messageChannelSchema,
  facts: noticeFactsSchema,
  attempt: z.int().min(1),
});
export type MessageOrder = Readonly<z.infer<typeof messageOrderSchema>>;
