import { z } from 'zod';
import { businessDateSchema, currencySchema } from '../../kernel';
import { amountSchema } from './calculation';
import { figureSchema } from './figure';

/** What closes a loan on a day, portion by portion, and what the days up to it bear. */
export const payoffExplanationSchema = z
  .strictObject({
    currency: currencySchema,
    on: businessDateSchema,
    /** Until when interest is counted: that day, or the next rest date. */
    interestThrough: businessDateSchema,
    total: amountSchema,
    principal: figureSchema,
    interest: figureSchema,
    fee: figureSchema,
    penalty: figureSchema,
    /** Interest of the installments that it is owed with, as if nothing bore any after that day. */
    installments: z.array(
      z.strictObject({
        n: z.int().min(1),
        from: businessDateSchema,
        due: businessDateSchema,
        interest: figureSchema,
        paid: amountSchema,
      }),
    ),
  })
  .meta({ id: 'PayoffExplanation', description: 'What closes a loan on a day, and what each part of it is made of.' });
export type PayoffExplanation = z.infer<typeof payoffExplanationSchema>;

export type ExplainedPayoff = Pick<
  PayoffExplanation,
  'interestThrough' | 'principal' | 'interest' | 'fee' | 'penalty' | 'installments'
>;
