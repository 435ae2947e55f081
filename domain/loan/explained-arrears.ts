import { z } from 'zod';
import { dateOf, dayOf } from '../calendar';
import { type BusinessDate, businessDateSchema, currencySchema, formatMinor } from '../kernel';
import { BUCKETS, bucketOf, daysPastDueOn, oldestOverdue } from './arrears';
import { arrearsBucketSchema } from './events';
import { lentLoanOn } from './standing';
import { currencyOf, type LoanState } from './state';

/** How late a loan is on a day: by its oldest installment that is due before and not paid. */
export const arrearsExplanationSchema = z
  .strictObject({
    currency: currencySchema,
    asOf: businessDateSchema,
    /** From the due date of the oldest overdue installment to `asOf`. */
    daysPastDue: z.int().min(0),
    bucket: arrearsBucketSchema,
    /** From how many days past due on a loan is in each bucket. */
    buckets: z.array(z.strictObject({ bucket: arrearsBucketSchema, fromDay: z.int().min(0) })),
    /** What is due before that day and not paid, oldest first. Penalty alone puts nobody in arrears. */
    overdue: z.array(
      z.strictObject({
        n: z.int().min(1),
        due: businessDateSchema,
        principal: z.string(),
        interest: z.string(),
        fee: z.string(),
        /** It is the one that the days are counted from. */
        counts: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ArrearsExplanation', description: 'How late a loan is on a day, and by which installments.' });
export type ArrearsExplanation = z.infer<typeof arrearsExplanationSchema>;

/** How late a loan was on a day, by all that is on record of it. Undefined where it was not lent by then. */
export const explainedArrears = (state: LoanState, on: BusinessDate): ArrearsExplanation | undefined => {
  const loan = lentLoanOn(state, on);
  if (loan === undefined) return undefined;
  const currency = currencyOf(loan);
  const day = dayOf(on);
  const oldest = oldestOverdue(loan.account, day);
  const daysPastDue = daysPastDueOn(loan, day);
  return {
    currency,
    asOf: on,
    daysPastDue,
    bucket: bucketOf(daysPastDue),
    buckets: BUCKETS.map((each) => ({ ...each })),
    overdue: loan.account.installments.flatMap(({ n, due, owed, paid, waived, writtenOff }) => {
      const left = (portion: 'principal' | 'interest' | 'fee'): bigint =>
        owed[portion] - paid[portion] - waived[portion] - writtenOff[portion];
      const [principal, interest, fee] = [left('principal'), left('interest'), left('fee')];
      if (due >= day || principal + interest + fee === 0n) return [];
      const text = (minor: bigint): string => formatMinor(minor, currency);
      return [
        {
          n,
          due: dateOf(due),
          principal: text(principal),
          interest: text(interest),
          fee: text(fee),
          counts: due === oldest,
        },
      ];
    }),
  };
};
