import { z } from 'zod';
import { businessDateSchema, ROUNDINGS, rateTextSchema } from '../../kernel';

/** A decimal amount of the loan's currency; below zero with a sign. */
export const amountSchema = z.string().regex(/^-?(0|[1-9]\d*)(\.\d{1,3})?$/);

/** Any decimal, as long as it is: an amount before it is rounded, a factor. */
const decimalSchema = z.string().regex(/^-?(0|[1-9]\d*)(\.\d+)?$/);

/** An exact value, and what it becomes: the nearest multiple of `place` by `mode`. `difference` is what that adds. */
const roundingSchema = z.strictObject({
  exact: decimalSchema,
  mode: z.enum(ROUNDINGS),
  place: amountSchema,
  rounded: amountSchema,
  difference: decimalSchema,
});
export type Rounded = z.infer<typeof roundingSchema>;

/**
 * A share of a year: Σ days ÷ yearDays, × part ÷ of where days count by what they are of their whole period. Days are
 * actual ones, or nominal: `each` × (`days` + `rest` ÷ `restOf`). Two terms where they lie in years of two lengths.
 */
const yearShareSchema = z.strictObject({
  terms: z.array(
    z.strictObject({
      days: z.int(),
      each: z.int().optional(),
      rest: z.int().optional(),
      restOf: z.int().min(1).optional(),
      yearDays: z.int().min(1),
    }),
  ),
  part: z.int().optional(),
  of: z.int().min(1).optional(),
});
export type YearShareText = z.infer<typeof yearShareSchema>;

/** What changed a balance on a day, and the fact behind it. */
export const balanceChangeSchema = z.strictObject({
  what: z.enum(['paid-out', 'paid-early', 'overdue', 'put-back', 'other']),
  amount: amountSchema,
  fact: z.string().optional(),
});
export type BalanceChange = z.infer<typeof balanceChangeSchema>;

/** A stretch of days in which neither the balance nor the rate changes. */
const segmentSchema = z.strictObject({
  from: businessDateSchema,
  to: businessDateSchema,
  /** Actual days from `from` to `to`. */
  days: z.int().min(0),
  /** What bears interest in these days. */
  balance: amountSchema,
  perYear: rateTextSchema,
  /** No interest is charged for these days. */
  paused: z.boolean(),
  share: yearShareSchema,
  /**
   * The rate of one day or period, carried: perYear ÷ yearDays. Where it is given, the factor is that × days ÷ `of`,
   * carried once; where it is not and the planning is cumulative, perYear × days ÷ yearDays is.
   */
  unit: decimalSchema.optional(),
  /** perYear × share. */
  factor: decimalSchema,
  /** The factor reaches to the end of the period: of that, so many days of so many are meant. */
  ofPeriod: z.strictObject({ days: z.int().min(0), of: z.int().min(1) }).optional(),
  /** balance × factor, or that × days ÷ of; nothing for no days, and for a balance below zero. */
  exact: decimalSchema,
  /** What the balance changes by at the end of `to`. */
  changes: z.array(balanceChangeSchema),
});
export type Segment = z.infer<typeof segmentSchema>;

/** The rate factor of a period, as an equal installment is worked out with it: Σ perYear × share. */
const periodRateSchema = z.strictObject({
  due: businessDateSchema,
  rates: z.array(
    z.strictObject({
      from: businessDateSchema,
      to: businessDateSchema,
      perYear: rateTextSchema,
      share: yearShareSchema,
      factor: decimalSchema,
    }),
  ),
});

/**
 * How an amount was worked out, by its own numbers alone. Where nothing else is said every step is carried at 19
 * significant digits, HALF_EVEN, and rate factors at 19 decimals.
 */
export const calculationSchema = z.discriminatedUnion('kind', [
  /** Σ over the stretches, rounded once. */
  z.strictObject({ kind: z.literal('interest'), segments: z.array(segmentSchema), rounding: roundingSchema }),
  /**
   * (balance × Π(1 + r) − balloon) ÷ f over the periods, with f = 1 for the first and f = 1 + f × (1 + r) for each
   * more; `spread` ÷ the number of periods on top; then to the multiple.
   */
  z.strictObject({
    kind: z.literal('equal-installment'),
    balance: amountSchema,
    balloon: amountSchema.optional(),
    periods: z.array(periodRateSchema),
    /** Π(1 + r). */
    growth: decimalSchema,
    /** f. */
    divisor: decimalSchema,
    rounding: roundingSchema,
    spread: z.strictObject({ sum: amountSchema, each: amountSchema }).optional(),
    multiple: amountSchema.optional(),
  }),
  /**
   * The annuity over periods of one rate, worked out as an exact fraction:
   * ((balance − rest) × r × (1 + r)ⁿ) ÷ ((1 + r)ⁿ − 1) + rest × r, and (balance − rest) ÷ n at no interest.
   */
  z.strictObject({
    kind: z.literal('annuity'),
    balance: amountSchema,
    rest: amountSchema.optional(),
    perYear: rateTextSchema,
    unit: decimalSchema,
    share: yearShareSchema,
    factor: decimalSchema,
    periods: z.int().min(1),
    rounding: roundingSchema,
  }),
  /** sum ÷ count, rounded, then to the multiple. */
  z.strictObject({
    kind: z.literal('even-share'),
    sum: amountSchema,
    count: z.int().min(1),
    rounding: roundingSchema,
    multiple: amountSchema.optional(),
  }),
  /** of × share, within its bounds, then to the multiple. */
  z.strictObject({
    kind: z.literal('share'),
    basis: z.string(),
    of: amountSchema,
    share: decimalSchema,
    rounding: roundingSchema,
    least: amountSchema.optional(),
    most: amountSchema.optional(),
    multiple: amountSchema.optional(),
  }),
  /** (Σ principal × days) × perYear ÷ yearDays, exact until it is rounded once. */
  z.strictObject({
    kind: z.literal('penalty'),
    stretches: z.array(
      z.strictObject({
        from: businessDateSchema,
        to: businessDateSchema,
        days: z.int().min(0),
        principal: amountSchema,
      }),
    ),
    perYear: rateTextSchema,
    yearDays: z.int().min(1),
    rounding: roundingSchema,
  }),
  /**
   * principal × factor is the interest of the whole term. What the interest-free installments would have asked for is
   * taken off; the rest is asked for in equal parts by so many.
   */
  z.strictObject({
    kind: z.literal('flat-interest'),
    principal: amountSchema,
    perYear: rateTextSchema,
    unit: decimalSchema,
    share: yearShareSchema,
    factor: decimalSchema,
    whole: roundingSchema,
    installments: z.int().min(1),
    free: z.int().min(0),
    asking: z.int(),
    rounding: roundingSchema,
  }),
  /** lent − asked of all other installments. */
  z.strictObject({ kind: z.literal('remainder'), lent: amountSchema, elsewhere: amountSchema }),
]);
export type Calculation = z.infer<typeof calculationSchema>;
export type CalculationOf<Kind extends Calculation['kind']> = Extract<Calculation, { kind: Kind }>;
