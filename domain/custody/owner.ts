import { z } from 'zod';
import {
  borrowerIdSchema,
  type Currency,
  type CustodyAccountId,
  currencySchema,
  custodyAccountId,
  keyOf,
  unreachable,
} from '../kernel';

/** The name under which events, statements and reports know the custody bank. */
export const CUSTODY_BANK = 'custody';

/** A company's account elsewhere, bound to its custody account: money comes from there and goes back there. */
const boundAccountSchema = z.strictObject({
  bank: z.string().min(1).max(100),
  accountNumber: z.string().regex(/^[0-9A-Z]{6,34}$/, 'an account number of digits and capitals'),
});

/** Who an account is opened for. A borrower's name and card stay with the borrower; the bank is told them once. */
export const custodyOwnerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('house'), name: z.string().min(1).max(100), account: boundAccountSchema }),
  z.strictObject({
    kind: z.literal('partner'),
    name: z.string().min(1).max(100),
    partnerId: z.string().regex(/^[0-9a-z][0-9a-z-]{0,31}$/, 'an id such as "shop"'),
    account: boundAccountSchema,
  }),
  z.strictObject({ kind: z.literal('borrower'), borrowerId: borrowerIdSchema, cardId: z.string().min(1).max(64) }),
]);
export type CustodyOwner = Readonly<z.infer<typeof custodyOwnerSchema>>;

/** Whose money it is: the house's own, or somebody's that the house only instructs for. */
export const holderSchema = z.enum(['house', 'client']);
export type Holder = z.infer<typeof holderSchema>;

export const holderOf = ({ kind }: CustodyOwner): Holder => (kind === 'house' ? 'house' : 'client');

const ownerKey = (owner: CustodyOwner): string => {
  switch (owner.kind) {
    case 'house':
      return 'house';
    case 'partner':
      return `partner-${owner.partnerId}`;
    case 'borrower':
      return keyOf(owner.borrowerId);
    default:
      return unreachable(owner);
  }
};

/** Whoever it is has one account per currency, found by who it is. */
export const custodyAccountIdFor = (owner: CustodyOwner, currency: Currency): CustodyAccountId =>
  custodyAccountId(`${ownerKey(owner)}-${currencySchema.parse(currency).toLowerCase()}`);
