import type { Day } from '../../calendar';
import type { AccountInstallment, LoanAccount, LoanTerms } from '../../schedule';

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
 * Nothing of a loan that has ended, was given up or charged off.
 */
export const accruingOn = (
  account: LoanAccount,
  { recalculation }: Pick<LoanTerms, 'recalculation'>,
  day: Day,
): readonly Accruing[] => {
  if (account.status !== 'active') return [];
  const { installments } = account;
  return installments.flatMap((row, index) => {
    const interest = row.owed.interest - row.paid.interest - row.waived.interest - row.writtenOff.interest;
    if (interest <= 0n || row.due <= day) return [];
    const before = recalculation === undefined ? undefined : installments[index - 1];
    const from = earnedFrom(account, row, before);
    return from > day ? [] : [{ from, due: row.due, interest }];
  });
};

/**
 * Where interest follows what is paid, an installment that was paid in advance has left the interest of its later days
 * to the next one.
 */
const earnedFrom = (
  { transactions }: LoanAccount,
  row: AccountInstallment,
  before: AccountInstallment | undefined,
): Day => {
  const { from, due, n, paid } = row;
  const start = before?.metOn !== undefined && before.due === from && before.metOn < from ? before.metOn : from;
  if (paid.interest === 0n) return start;
  return transactions
    .filter(({ undone, on }) => !undone && on > start && on < due)
    .filter(({ lines }) => lines.some(({ installment, portion }) => installment === n && portion === 'interest'))
    .reduce((latest, { on }) => Math.max(latest, on), start);
};

/**
 * What has been earned of it by the end of a day, in minor units: its share of the days, without the fraction of a
 * minor unit that the day has begun. It follows from the day alone, so that accruing day by day is accruing at once.
 */
export const accruedBy = ({ from, due, interest }: Accruing, day: Day): bigint => {
  if (day <= from || day >= due) return 0n;
  return (interest * BigInt(day - from)) / BigInt(due - from);
};
