import { z } from 'zod';
import { businessDateSchema, moneyTextSchema } from '../../domain/kernel';

/** What the simulated people read of the house's answers; fields that they have no use for are passed over. */

export const acknowledgementSchema = z.object({ id: z.string().min(1) });

export const applicationSchema = z.object({
  stage: z.string(),
  offer: z.object({ quoteHash: z.string() }).optional(),
});

const portionsSchema = z.object({
  penalty: z.string(),
  fee: z.string(),
  interest: z.string(),
  principal: z.string(),
});

const installmentSchema = z.object({
  n: z.int(),
  due: businessDateSchema,
  scheduled: portionsSchema,
  paid: portionsSchema,
});

export const loanSchema = z.object({
  id: z.string(),
  status: z.enum(['opened', 'active', 'closed', 'written_off', 'cancelled']),
  principal: moneyTextSchema,
  installments: z.array(installmentSchema),
});
export type Loan = z.infer<typeof loanSchema>;

export const loansSchema = z.object({ items: z.array(loanSchema) });

export const reviewQueueSchema = z.object({
  items: z.array(z.object({ id: z.string() })),
  next: z.string().optional(),
});
