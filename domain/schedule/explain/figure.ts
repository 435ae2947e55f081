import { z } from 'zod';
import { amountSchema, calculationSchema } from './calculation';

/** What lines of an explanation are about, each with the sentence a person reads. */
export const REASONS = {
  'days-interest': 'interest of its days',
  'put-back': 'put back by a chargeback',
  'spread-interest': 'interest spread by a change of plan',
  'interest-of-later-days': 'interest of later days, as later installments are paid up',
  'carried-in': 'interest the installment before had no room for',
  'put-off': 'interest put off before',
  'flat-interest': 'its part of the flat interest',
  'no-room': 'no more than the installment',
  grace: 'put off: grace on interest',
  'paid-interest': 'no less than what was paid of it',
  'paid-principal': 'no less than the principal that was paid',
  'principal-beyond': 'principal was paid that left interest no room',
  installment: 'the installment',
  'less-interest': 'interest comes first',
  'equal-installment': 'the equal installment',
  smoothing: 'smoothing: its share of what the last differs by',
  'planned-anew': 'planned anew by a later fact',
  'planned-principal': 'principal as the terms plan it',
  'plus-interest': 'and the interest there is',
  'interest-alone': 'grace on principal: interest alone',
  'fixed-installment': 'the installment that was agreed',
  'even-share': 'an even share',
  'to-multiple': 'so that the installment is a multiple',
  'paid-before': 'less by principal that was paid in advance',
  'takes-what-is-left': 'takes what is left',
  'since-planned': 'what has happened since it was planned',
  'all-there-is': 'no more than there is',
  charge: 'charged',
  'penalty-interest': 'penalty on overdue principal',
  moved: 'moved by a later fact',
  'down-payment': 'paid down of what was paid out',
  'balance-before': 'bore interest at the end of the period before',
  'repaid-as-planned': 'principal of the installment before, as if paid',
  'not-below-zero': 'not below zero',
  'paid-out': 'paid out by then',
  'bears-otherwise': 'what bears interest otherwise: early, late, or from another day on',
  'asked-so-far': 'principal of the installments up to this one',
  lent: 'lent and put back',
  paid: 'paid',
  'still-owed': 'owed and not paid',
} as const;
type Reason = keyof typeof REASONS;

/**
 * One step on the way to a figure. Begin with nothing and go down the lines: `add` and `subtract` do what they say,
 * `at-most` and `at-least` keep the sum within the amount. The last line leaves the figure.
 */
const lineSchema = z.strictObject({
  does: z.enum(['add', 'subtract', 'at-most', 'at-least']),
  why: z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]),
  amount: amountSchema,
  /** How the amount itself was worked out. */
  calculation: calculationSchema.optional(),
  /** The facts behind it, by id. */
  facts: z.array(z.string()).optional(),
  /** What it is called: a charge. */
  name: z.string().optional(),
});
export type Line = z.infer<typeof lineSchema>;

/** An amount, and how it came about. */
export const figureSchema = z
  .strictObject({ amount: amountSchema, lines: z.array(lineSchema) })
  .meta({ id: 'ExplainedFigure', description: 'An amount, and the steps that lead to it.' });
export type Figure = z.infer<typeof figureSchema>;
