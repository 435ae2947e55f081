import { z } from 'zod';
import { borrowerIdSchema, type EventOf, eventType } from '../kernel';

export const identityEvents = {
  IdentityClaimed: eventType({ schema: 1, data: z.strictObject({ borrowerId: borrowerIdSchema }) }),
  IdentityReleased: eventType({ schema: 1, data: z.strictObject({ borrowerId: borrowerIdSchema }) }),
};

export type IdentityEvent = EventOf<typeof identityEvents>;
