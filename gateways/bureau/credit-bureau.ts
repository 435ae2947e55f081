import { z } from 'zod';
import { moneyTextSchema } from '../../domain/kernel';
import type { Unavailable } from '../http';

/**
 * Balance of the checking account, in units of the bureau's currency; the value sets follow the South German credit
 * data.
 */
const CHECKING_STATUSES = ['none', 'negative', 'below-200', '200-and-more'] as const;
const CREDIT_HISTORIES = ['delayed', 'critical', 'none-or-paid', 'paid-duly', 'all-paid-here'] as const;
const SAVINGS_CLASSES = ['unknown-or-none', 'below-100', '100-to-500', '500-to-1000', '1000-and-more'] as const;
const EXISTING_CREDITS = ['1', '2-3', '4-5', '6-and-more'] as const;
const INSTALLMENT_PLANS = ['none', 'bank', 'stores'] as const;

/** What a credit bureau knows of a person. */
export const creditFileSchema = z.object({
  checkingStatus: z.enum(CHECKING_STATUSES),
  creditHistory: z.enum(CREDIT_HISTORIES),
  savings: z.enum(SAVINGS_CLASSES),
  /** Credits at this bank, the one applied for included. */
  existingCredits: z.enum(EXISTING_CREDITS),
  otherInstallmentPlans: z.enum(INSTALLMENT_PLANS),
  /** What the person pays each month on debts elsewhere. */
  existingMonthlyDebt: moneyTextSchema,
  blacklisted: z.boolean(),
});
export type CreditFile = Readonly<z.infer<typeof creditFileSchema>>;

/** The bureau's answer: the file, and the reference under which the bureau keeps this enquiry. */
export const creditReportSchema = creditFileSchema.extend({ reference: z.string().min(1).max(100) });
export type CreditReport = Readonly<z.infer<typeof creditReportSchema>>;

export interface CreditEnquiry {
  /** Clear values, revealed for this one call. */
  readonly idNumber: string;
  readonly name: string;
  /** The consent that covers the enquiry. */
  readonly consentId: string;
  /** The same id again is the same enquiry: one footprint in the file. */
  readonly requestId: string;
}

export type CreditReportOutcome = { readonly outcome: 'answered'; readonly report: CreditReport } | Unavailable;

export interface CreditBureau {
  /** Name for the record of sources. */
  readonly name: string;
  /** @param deadlineMs for the whole call, retries included; default: the client's */
  report(enquiry: CreditEnquiry, deadlineMs?: number): Promise<CreditReportOutcome>;
}
