import { z } from 'zod';

/**
 * What a decision is made from. Names are the feature catalogue: a policy can use these and no others. Null means that
 * the source did not say; what that leads to is the policy's business, never a silent default.
 */
export const featuresSchema = z.strictObject({
  /** Whole years on the business date. Admission by law only; in no score. */
  age: z.int().nullable(),
  /** Province, two digits. */
  region: z.string(),
  identityVerified: z.boolean(),
  blacklisted: z.boolean().nullable(),
  checkingStatus: z.enum(['none', 'negative', 'below-200', '200-and-more']).nullable(),
  creditHistory: z.enum(['delayed', 'critical', 'none-or-paid', 'paid-duly', 'all-paid-here']).nullable(),
  savings: z.enum(['unknown-or-none', 'below-100', '100-to-500', '500-to-1000', '1000-and-more']).nullable(),
  existingCredits: z.enum(['1', '2-3', '4-5', '6-and-more']).nullable(),
  otherInstallmentPlans: z.enum(['bank', 'stores', 'none']),
  employment: z.enum(['unemployed', 'under-1-year', '1-to-4-years', '4-to-7-years', '7-years-and-more']),
  housing: z.enum(['free', 'rent', 'own']),
  purpose: z.string(),
  termMonths: z.int(),
  /** Whole units of the currency; a band of a score, never an amount of money. */
  amount: z.int(),
  /** Installment as a share of the income that existing debt leaves, decimal text with 4 decimals; null without one. */
  installmentShare: z.string().nullable(),
});

export type Features = Readonly<z.infer<typeof featuresSchema>>;
