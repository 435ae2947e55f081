import { z } from 'zod';
import { dateOf, dayOf } from '../calendar';
import {
  type BusinessDate,
  businessDateSchema,
  currencySchema,
  formatMoney,
  moneyOf,
  moneyTextSchema,
} from '../kernel';
import { accountingOf } from '../schedule';
import { accountTextsSchema, isSuspended, writeAccount } from './account';
import { accruedOn, accruingLoanOn } from './accrual';
import { daysPastDueOn } from './arrears';
import { arrearsBucketSchema, portionsSchema } from './events';
import { formatPortions, portionsOf } from './portions';
import { lentLoanOn } from './standing';
import { currencyOf, type LoanState, termsOf } from './state';

/** A loan on a day as it is told: plan, movements, charges, what is owed and late, and the facts behind it. */
export const accountTextSchema = accountTextsSchema.extend({
  currency: currencySchema,
  outstanding: portionsSchema,
  overdue: portionsSchema,
  /** Interest that has been earned by the end of the day and is not due. */
  accrued: moneyTextSchema,
  /** Unpaid interest and penalties are no income: the loan has been late for long. */
  suspended: z.boolean(),
  bucket: arrearsBucketSchema,
  daysPastDue: z.int().min(0),
  /** Every fact that counts for that day or before, in the order in which they became known. */
  facts: z.array(
    z.strictObject({ id: z.string(), kind: z.string(), on: businessDateSchema, knownOn: businessDateSchema }),
  ),
});
export type AccountText = Readonly<z.infer<typeof accountTextSchema>>;

/** A loan on a day, by all that is on record of it. Undefined while it was not lent. */
export const accountTextOn = (state: LoanState, on: BusinessDate): AccountText | undefined => {
  const loan = lentLoanOn(state, on);
  if (loan === undefined) return undefined;
  const { account, bucket, facts } = loan;
  const currency = currencyOf(loan);
  const earning = accruingLoanOn(loan, on);
  return {
    ...writeAccount(account, currency),
    currency,
    outstanding: formatPortions(portionsOf(account.outstanding, currency)),
    overdue: formatPortions(portionsOf(account.overdue, currency)),
    accrued: formatMoney(moneyOf(earning === undefined ? 0n : accruedOn(earning, on), currency)),
    suspended: isSuspended(account, account.asOf, accountingOf(termsOf(loan)).suspendAfterDays),
    bucket,
    daysPastDue: daysPastDueOn(loan, dayOf(on)),
    facts: facts.map(({ id, kind, on: counts, knownOn }) => ({
      id,
      kind,
      on: dateOf(counts),
      knownOn: dateOf(knownOn),
    })),
  };
};
