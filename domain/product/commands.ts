import { z } from 'zod';
import { type CommandOf, productIdSchema } from '../kernel';
import { offeringSchema } from './events';

export const productCommands = {
  /** Drafts a product, or a new version of one. */
  DraftProduct: z.strictObject({ productId: productIdSchema, offering: offeringSchema }),
  /** Puts the draft on offer; refused when any choice within its bounds would exceed the legal cap. */
  PublishProduct: z.strictObject({ productId: productIdSchema }),
  RetireProduct: z.strictObject({ productId: productIdSchema, reason: z.string() }),
};

export type ProductCommand = CommandOf<typeof productCommands>;
