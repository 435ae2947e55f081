import { z } from 'zod';
import { businessDateSchema, moneyTextSchema } from '../../domain/kernel';

/** What the simulated people read of the house's answers; fields that they have no use for are passed over. */

export const acknowledgementSchema = z.object({ id: z.string().min(1) });

export const reviewedSchema = acknowledgementSchema.extend({ status: z.string() });

export const applicationSchema = z.object({
  stage: z.string(),
  offer: z.object({ quoteHash: z.string() }).optional(),
  loanId: z.string().optional(),
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
  remitted: portionsSchema,
  metOn: businessDateSchema.optional(),
});

export const loanSchema = z.object({
  id: z.string(),
  status: z.enum(['opened', 'active', 'closed', 'settled', 'written_off', 'charged_off', 'cancelled']),
  principal: moneyTextSchema,
  principalOutstanding: moneyTextSchema,
  disbursedOn: businessDateSchema.optional(),
  installments: z.array(installmentSchema),
});
export type Loan = z.infer<typeof loanSchema>;

/** The facts of a loan, in the order in which they became known: what can be taken back. */
export const accountSchema = z.object({ facts: z.array(z.object({ id: z.string(), kind: z.string() })) });

export const reviewQueueSchema = z.object({
  items: z.array(z.object({ id: z.string() })),
  next: z.string().optional(),
});

const overdueLoanSchema = z.object({ loanId: z.string(), overdue: moneyTextSchema });
export type OverdueLoan = z.infer<typeof overdueLoanSchema>;

const caseSchema = z.object({
  id: z.string(),
  borrowerId: z.string(),
  stage: z.string(),
  owner: z.string().optional(),
  next: z.object({ means: z.string() }).optional(),
  loans: z.array(overdueLoanSchema),
});
export type Case = z.infer<typeof caseSchema>;

export const worklistSchema = z.object({ items: z.array(caseSchema) });

const receiptSchema = z.object({ id: z.string(), suspense: moneyTextSchema });
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptsSchema = z.object({ items: z.array(receiptSchema) });
