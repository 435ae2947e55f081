import type { Day } from '../../calendar';
import type { AccountInstallment, LoanAccount } from '../../schedule';

/** Interest that is being earned: so much, evenly, from the end of one day to the end of another, when it falls due. */
export interface Accruing {
  readonly from: Day;
  readonly due: Day;
  /** In minor units. */
  readonly interest: bigint;
}

/**
 * The interest that an account is earning at the end of a day, and that is not due yet: of the installments whose days
 * it lies in. What was paid in advance is income already; what is left is earned from the day of that payment on.
 * Nothing of a loan that has ended, was given up or was charged off.
 */
export const accruingOn = (account: LoanAccount, day: Day): readonly Accruing[] => {
  if (account.status !== 'active') return [];
  return account.installments.flatMap((row) => {
    const interest = row.owed.interest - row.paid.interest - row.waived.interest - row.writtenOff.interest;
    if (interest <= 0n || row.from > day || row.due <= day) return [];
    return [{ from: earnedFrom(account, row), due: row.due, interest }];
  });
};

const earnedFrom = ({ transactions }: LoanAccount, row: AccountInstallment): Day => {
  if (row.paid.interest === 0n) return row.from;
  return transactions
    .filter(({ undone, on }) => !undone && on > row.from && on < row.due)
    .filter(({ lines }) => lines.some(({ installment, portion }) => installment === row.n && portion === 'interest'))
    .reduce((latest, { on }) => Math.max(latest, on), row.from);
};

/**
 * What has been earned of it by the end of a day, in minor units: its share of the days, without the fraction of a
 * minor unit that the day has begun. It follows from the day alone, so that accruing day by day is accruing at once.
 */
export const accruedBy = ({ from, due, interest }: Accruing, day: Day): bigint => {
  if (day <= from || day >= due) return 0n;
  return (interest * BigInt(day - from)) / BigInt(due - from);
};
