import { type Day, dayOf } from '../calendar';
import { addDays, type BusinessDate, formatMoney, type MoneyText, moneyOf } from '../kernel';
import type { LoanAccount } from '../schedule';
import { unpaidOf } from './account';
import type { ArrearsBucket, LoanEvent } from './events';
import { currencyOf, type LentLoan } from './state';

/** From how many days past due an installment makes the loan belong to each bucket, mildest first. */
export const BUCKETS: readonly { readonly bucket: ArrearsBucket; readonly fromDay: number }[] = [
  { bucket: 'current', fromDay: 0 },
  { bucket: '1-30', fromDay: 1 },
  { bucket: '31-60', fromDay: 31 },
  { bucket: '61-90', fromDay: 61 },
  { bucket: '90+', fromDay: 91 },
];

export const bucketOf = (daysPastDue: number): ArrearsBucket =>
  BUCKETS.findLast(({ fromDay }) => fromDay <= daysPastDue)?.bucket ?? 'current';

/** The due date of the oldest installment that is due before a day and not paid. */
export const oldestOverdue = ({ installments }: LoanAccount, on: Day): Day | undefined =>
  installments.find((row) => row.due < on && unpaidOf(row) > 0n)?.due;

const overdueOn = (loan: LentLoan, on: Day): MoneyText => {
  const minor = loan.account.installments.reduce((sum, row) => (row.due < on ? sum + unpaidOf(row) : sum), 0n);
  return formatMoney(moneyOf(minor, currencyOf(loan)));
};

/** How many days a loan is past due on a day: by the oldest installment that is not paid. */
export const daysPastDueOn = ({ account }: Pick<LentLoan, 'account'>, on: Day): number => {
  const oldest = oldestOverdue(account, on);
  return oldest === undefined ? 0 : on - oldest;
};

/**
 * The bucket changes that a loan has come to by a day: worse buckets each on the day that they were reached, a better
 * one at once.
 */
export const bucketChanges = (loan: LentLoan, asOf: BusinessDate): readonly LoanEvent[] => {
  const on = dayOf(asOf);
  const past = daysPastDueOn(loan, on);
  const to = bucketOf(past);
  if (to === loan.bucket) return [];
  const [was, is] = [BUCKETS, BUCKETS].map((all, n) =>
    all.findIndex(({ bucket }) => bucket === (n === 0 ? loan.bucket : to)),
  );
  if (was === undefined || is === undefined || is < was) {
    const data = { from: loan.bucket, to, daysPastDue: past, overdue: overdueOn(loan, on), valueDate: asOf };
    return [{ type: 'ArrearsBucketChanged', data }];
  }
  let from = loan.bucket;
  return BUCKETS.slice(was + 1, is + 1).map(({ bucket, fromDay }) => {
    const valueDate = addDays(asOf, fromDay - past);
    const data = { from, to: bucket, daysPastDue: fromDay, overdue: overdueOn(loan, dayOf(valueDate)), valueDate };
    from = bucket;
    return { type: 'ArrearsBucketChanged', data };
  });
};
