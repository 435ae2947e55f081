import { z } from 'zod';
import {
  applicationIdSchema,
  borrowerIdSchema,
  type EventOf,
  eventType,
  loanIdSchema,
  moneyTextSchema,
} from '../kernel';

export const creditLineEvents = {
  CreditLineOpened: eventType({
    schema: 1,
    data: z.strictObject({ borrowerId: borrowerIdSchema, limit: moneyTextSchema }),
    published: ({ borrowerId, limit }) => ({ borrowerId, limit }),
  }),
  CreditReserved: eventType({
    schema: 1,
    data: z.strictObject({ applicationId: applicationIdSchema, amount: moneyTextSchema }),
    published: ({ applicationId, amount }) => ({ applicationId, amount }),
  }),
  /** A decline, expiry or withdrawal gives back exactly what was reserved. */
  CreditReleased: eventType({
    schema: 1,
    data: z.strictObject({ applicationId: applicationIdSchema, amount: moneyTextSchema, reason: z.string() }),
    published: ({ applicationId, amount }) => ({ applicationId, amount }),
  }),
  /** The reservation became debt; what was reserved beyond the loan's principal is given back with it. */
  CreditDrawn: eventType({
    schema: 1,
    data: z.strictObject({
      applicationId: applicationIdSchema,
      loanId: loanIdSchema,
      amount: moneyTextSchema,
      released: moneyTextSchema,
    }),
    published: ({ applicationId, loanId, amount }) => ({ applicationId, loanId, amount }),
  }),
  /** Principal was repaid (or the loan was cancelled) and may be borrowed again. */
  CreditRestored: eventType({
    schema: 1,
    data: z.strictObject({ loanId: loanIdSchema, cause: z.string(), amount: moneyTextSchema }),
    published: ({ loanId, amount }) => ({ loanId, amount }),
  }),
  CreditLineFrozen: eventType({ schema: 1, data: z.strictObject({ reason: z.string() }), published: () => ({}) }),
  CreditLineUnfrozen: eventType({ schema: 1, data: z.strictObject({ reason: z.string() }), published: () => ({}) }),
};

export type CreditLineEvent = EventOf<typeof creditLineEvents>;
