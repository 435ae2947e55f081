import { z } from 'zod';

/** How money that comes in is divided: in every sense of "in which order". */
export const DUE_STATES = ['past-due', 'due', 'in-advance'] as const;
export const ALLOCATED_PORTIONS = ['penalty', 'fee', 'interest', 'principal'] as const;

export const allocationBucketSchema = z.strictObject({
  state: z.enum(DUE_STATES),
  portion: z.enum(ALLOCATED_PORTIONS),
});
export type AllocationBucket = Readonly<z.infer<typeof allocationBucketSchema>>;

/** The kinds of money that may have an order of their own. */
export const CREDIT_KINDS = [
  'repayment',
  'down-payment',
  'merchant-refund',
  'payout-refund',
  'goodwill-credit',
  'interest-payment-waiver',
  'interest-refund',
  'charge-adjustment',
  'recovery',
  'capitalized-income-adjustment',
] as const;
export const creditKindSchema = z.enum(CREDIT_KINDS);
export type CreditKind = z.infer<typeof creditKindSchema>;

const allocationOrderSchema = z.strictObject({
  /** Absent: the order of all kinds that have none of their own. */
  credit: creditKindSchema.optional(),
  /** Each of the twelve once. */
  order: z.array(allocationBucketSchema).length(DUE_STATES.length * ALLOCATED_PORTIONS.length),
  /** Where money in advance goes: the next installment, the last, all that are left, or the running, then the last. */
  inAdvance: z.enum(['next-installment', 'last-installment', 'reamortize', 'running-then-last']),
});

/**
 * Horizontal: installment by installment, in each the portions in order. Vertical: portion by portion over all
 * installments of a due state. The named strategies are the whole-loan orders of older systems.
 */
export const allocationRulesSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('by-order'),
    processing: z.enum(['horizontal', 'vertical']),
    orders: z.array(allocationOrderSchema).min(1),
  }),
  z.strictObject({
    kind: z.literal('named'),
    strategy: z.enum([
      'penalties-fees-interest-principal',
      'penalties-fees-principal-interest',
      'principal-interest-penalties-fees',
      'interest-principal-penalties-fees',
      'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest',
      'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee',
    ]),
  }),
]);

export type AllocationRules = Readonly<z.infer<typeof allocationRulesSchema>>;
