import { z } from 'zod';

/** When interest, fees and penalties are income, and when interest stops being any. */
export const accountingTermsSchema = z.strictObject({
  /** Accrual: as it is earned, or falls due. Cash: once it is paid. */
  basis: z.enum(['accrual', 'cash']),
  /**
   * Beyond so many days past due, unpaid interest and penalties are suspended: no income until they are paid, or until
   * the loan is current again.
   */
  suspendAfterDays: z.int().min(0).max(3_650),
  /**
   * What a credit of goodwill books beside what it pays. Expense (where nothing is said): all of it is one. By portion:
   * only principal is; interest, fees and penalties leave the income that they were, and on a loan that was charged
   * off the credit counts as a recovery.
   */
  goodwill: z.enum(['expense', 'by-portion']).optional(),
});
export type AccountingTerms = Readonly<z.infer<typeof accountingTermsSchema>>;

/** What holds where terms say nothing. */
const ACCOUNTING: AccountingTerms = { basis: 'accrual', suspendAfterDays: 90 };

/** How the loans of some terms are in the books. */
export const accountingOf = ({ accounting }: { readonly accounting?: AccountingTerms | undefined }): AccountingTerms =>
  accounting ?? ACCOUNTING;
