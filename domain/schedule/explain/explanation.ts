import { z } from 'zod';
import { businessDateSchema, currencySchema } from '../../kernel';
import { loanTermsSchema } from '../loan-terms';
import { amountSchema } from './calculation';
import { figureSchema } from './figure';

const portionsSchema = z.strictObject({
  principal: amountSchema,
  interest: amountSchema,
  fee: amountSchema,
  penalty: amountSchema,
});
export type PortionTexts = z.infer<typeof portionsSchema>;

/** A fact that an explanation names. */
const namedFactSchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** The day it counts for, and the business date on which it became known. */
  on: businessDateSchema,
  knownOn: businessDateSchema,
  amount: amountSchema.optional(),
});
export type NamedFact = z.infer<typeof namedFactSchema>;

/** What an installment came to owe, and by which fact; no fact where time alone did it. */
const historySchema = z.strictObject({
  fact: z.string().optional(),
  on: businessDateSchema,
  owed: portionsSchema,
});
export type HistoryEntry = z.infer<typeof historySchema>;

/** Money that went to an installment. */
const paymentSchema = z.strictObject({
  fact: z.string(),
  kind: z.string(),
  on: businessDateSchema,
  portion: z.enum(['principal', 'interest', 'fee', 'penalty']),
  amount: amountSchema,
  state: z.enum(['past-due', 'due', 'in-advance']),
});
export type PaymentText = z.infer<typeof paymentSchema>;

/** The conventions that figures follow: those of the contract. */
const conventionsSchema = loanTermsSchema.pick({
  planning: true,
  rounding: true,
  rate: true,
  interest: true,
  amortization: true,
  recalculation: true,
  penalty: true,
});

/** Every figure of an installment with what it was made of: enough to work it out again by hand. */
export const installmentExplanationSchema = z
  .strictObject({
    currency: currencySchema,
    asOf: businessDateSchema,
    n: z.int().min(1),
    /** Of how many. */
    count: z.int().min(1),
    kind: z.enum(['regular', 'down-payment', 'additional', 're-aged']),
    from: businessDateSchema,
    due: businessDateSchema,
    days: z.int().min(0),
    conventions: conventionsSchema,
    /** What bears interest when its period begins. */
    opening: figureSchema.optional(),
    interest: figureSchema,
    /** The installment as it was planned, interest and principal together. */
    installment: figureSchema.optional(),
    principal: figureSchema,
    fee: figureSchema,
    penalty: figureSchema,
    /** All of it. */
    total: amountSchema,
    /** Principal left after it. */
    balance: figureSchema,
    paid: portionsSchema,
    waived: portionsSchema,
    writtenOff: portionsSchema,
    outstanding: portionsSchema,
    payments: z.array(paymentSchema),
    /** What it came to owe, fact by fact; plans that are made in one go have none. */
    history: z.array(historySchema).optional(),
    /** The facts that are named above. */
    facts: z.array(namedFactSchema),
  })
  .meta({
    id: 'InstallmentExplanation',
    description: 'Every figure of an installment with what it was made of: enough to work it out again by hand.',
  });
export type InstallmentExplanation = z.infer<typeof installmentExplanationSchema>;

/** What an engine says of an installment; the rest of the explanation is the same for all of them. */
export type ExplainedFigures = Pick<
  InstallmentExplanation,
  'opening' | 'interest' | 'installment' | 'principal' | 'fee' | 'penalty' | 'history'
>;
