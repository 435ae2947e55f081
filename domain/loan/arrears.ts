import { type BusinessDate, daysBetween, formatMoney, type MoneyText, moneyOf } from '../kernel';
import type { ArrearsBucket, LoanEvent } from './events';
import { isOwing, unpaidOf } from './installment';
import { type ActiveLoan, currencyOf } from './state';

/** From how many days past due an installment makes the loan belong to each bucket, mildest first. */
export const BUCKETS: readonly { readonly bucket: ArrearsBucket; readonly fromDay: number }[] = [
  { bucket: 'current', fromDay: 0 },
  { bucket: '1-30', fromDay: 1 },
  { bucket: '31-60', fromDay: 31 },
  { bucket: '61-90', fromDay: 61 },
  { bucket: '90+', fromDay: 91 },
];

const bucketOf = (daysPastDue: number): ArrearsBucket =>
  BUCKETS.findLast(({ fromDay }) => fromDay <= daysPastDue)?.bucket ?? 'current';

/** How late a loan is on a day. Days count from the due date of its oldest installment that is not fully paid. */
export interface Arrears {
  readonly bucket: ArrearsBucket;
  readonly daysPastDue: number;
  /** Fee, interest and principal of installments due before that day; penalty aside. */
  readonly overdue: MoneyText;
}

/** The arrears of a loan on a day, by the dues that are in its state. */
const arrearsOn = (loan: ActiveLoan, on: BusinessDate): Arrears => {
  const oldest = loan.installments.find(isOwing);
  const daysPastDue = oldest === undefined ? 0 : Math.max(0, daysBetween(oldest.due, on));
  return { bucket: bucketOf(daysPastDue), daysPastDue, overdue: overdueOn(loan, on) };
};

/** What of the installments due before a day is unpaid, penalty aside. */
export const overdueOn = (loan: ActiveLoan, on: BusinessDate): MoneyText => {
  let minor = 0n;
  for (const installment of loan.installments) {
    if (installment.due >= on) break;
    const { fee, interest, principal } = unpaidOf(installment);
    minor += fee + interest + principal;
  }
  return formatMoney(moneyOf(minor, currencyOf(loan)));
};

/** The bucket change that a loan has come to on a day, if it is another one than on record. */
export const bucketChange = (loan: ActiveLoan, on: BusinessDate): readonly LoanEvent[] => {
  const { bucket, daysPastDue, overdue } = arrearsOn(loan, on);
  if (bucket === loan.bucket) return [];
  const data = { from: loan.bucket, to: bucket, daysPastDue, overdue, valueDate: on };
  return [{ type: 'ArrearsBucketChanged', data }];
};
