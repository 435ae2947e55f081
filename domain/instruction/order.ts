import { z } from 'zod';
import { custodyOwnerSchema, holderSchema } from '../custody';
import { currencySchema, custodyAccountIdSchema, moneyTextSchema } from '../kernel';

const of = { accountId: custodyAccountIdSchema };
const reason = z.string().min(1).max(200);

const openingSchema = z.strictObject({
  kind: z.literal('open'),
  ...of,
  currency: currencySchema,
  owner: custodyOwnerSchema,
});
export type Opening = Readonly<z.infer<typeof openingSchema>>;

/**
 * What the custody bank can be told to do. Money comes from and goes to the account that is bound to the custody
 * account (top-up, withdrawal), or stays at the bank (transfer).
 */
export const custodyOrderSchema = z.discriminatedUnion('kind', [
  openingSchema,
  z.strictObject({ kind: z.literal('top-up'), ...of, amount: moneyTextSchema }),
  z.strictObject({ kind: z.literal('withdrawal'), ...of, amount: moneyTextSchema }),
  z.strictObject({
    kind: z.literal('transfer'),
    ...of,
    to: custodyAccountIdSchema,
    amount: moneyTextSchema,
    reason,
  }),
  z.strictObject({ kind: z.literal('freeze'), ...of, reason }),
  z.strictObject({ kind: z.literal('unfreeze'), ...of, reason }),
]);
export type CustodyOrder = Readonly<z.infer<typeof custodyOrderSchema>>;

export const CUSTODY_ORDERS = ['open', 'top-up', 'withdrawal', 'transfer', 'freeze', 'unfreeze'] as const;

/** Money that an order moves, and whose it is before and after; from or to the outside where that is absent. */
export const flowSchema = z.strictObject({
  amount: moneyTextSchema,
  from: holderSchema.optional(),
  to: holderSchema.optional(),
});
export type Flow = Readonly<z.infer<typeof flowSchema>>;
