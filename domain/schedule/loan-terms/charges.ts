import { z } from 'zod';

const amount = z.string().regex(/^(0|[1-9]\d{0,27})(\.\d{1,3})?$/);
/** "0.015" is 1.5 %. */
const share = z.string().regex(/^(0|[1-9]\d{0,3})(\.\d{1,12})?$/);

/** What a charge is worked out of; a share may have bounds in money. */
export const chargeCalculationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('flat'), amount }),
  z.strictObject({
    kind: z.literal('share'),
    of: z.enum(['principal', 'interest', 'principal-and-interest', 'installment', 'outstanding-principal']),
    share,
    least: amount.optional(),
    most: amount.optional(),
  }),
]);

/** When a charge falls due. */
const chargeTimeSchema = z.enum([
  'disbursement',
  'tranche',
  'specified-due-date',
  'first-installment',
  'per-installment',
  'overdue-installment',
  'early-settlement',
]);

/** A fee or a penalty that the terms provide for. Its name is unique within them. */
export const chargeSchema = z.strictObject({
  name: z.string().min(1).max(60),
  kind: z.enum(['fee', 'penalty']),
  time: chargeTimeSchema,
  calculation: chargeCalculationSchema,
  /** Overdue charges: so many days after the due date. */
  graceDays: z.int().min(0).max(60).optional(),
});

export type Charge = Readonly<z.infer<typeof chargeSchema>>;
export type ChargeCalculation = Readonly<z.infer<typeof chargeCalculationSchema>>;
