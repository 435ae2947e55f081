import type { Day } from '../../calendar';
import type { AccountInstallment, LoanAccount } from '../../schedule';

/** Fee, interest and principal that are asked for and unpaid. Penalty alone puts nobody in arrears. */
export const unpaidOf = ({ owed, paid, waived, writtenOff }: AccountInstallment): bigint =>
  (['principal', 'interest', 'fee'] as const).reduce(
    (sum, portion) => sum + owed[portion] - paid[portion] - waived[portion] - writtenOff[portion],
    0n,
  );

/** The days on which an installment was late: after it fell due, before it was paid. Nothing when it never was. */
interface Late {
  readonly after: Day;
  readonly until: Day;
}

const lateOf = (row: AccountInstallment, day: Day): Late | undefined => {
  const isOpen = row.metOn === undefined ? unpaidOf(row) > 0n : row.metOn > day;
  const until = isOpen ? day + 1 : row.metOn;
  return until === undefined || row.due >= until || row.due >= day ? undefined : { after: row.due, until };
};

/**
 * Whether a loan's interest is suspended at the end of a day: it has been in arrears without a break for more than so
 * many days by its oldest installment, and has not been current since. It follows from the account alone.
 */
export const isSuspended = ({ installments }: LoanAccount, day: Day, afterDays: number): boolean =>
  isLongLate(
    installments.flatMap((row) => lateOf(row, day) ?? []),
    day,
    afterDays,
  );

/** The same, of a day on which debt was given up: as it was before that. */
export const wasSuspended = ({ installments }: LoanAccount, day: Day, afterDays: number): boolean =>
  isLongLate(
    installments.flatMap((row) => {
      const met = row.metOn === undefined || row.metOn >= day ? undefined : row.metOn;
      return row.due >= (met ?? day) ? [] : [{ after: row.due, until: met ?? day + 1 }];
    }),
    day,
    afterDays,
  );

/** Whether some installment was late for longer than that in the arrears that have not ended by a day. */
const isLongLate = (late: readonly Late[], day: Day, afterDays: number): boolean => {
  let since = earliest(late.filter(({ until }) => until > day));
  if (since === undefined) return false;
  for (let before = since; ; before = since) {
    const start = before;
    since = earliest(late.filter(({ after, until }) => after <= start && until > start)) ?? start;
    if (since === before) break;
  }
  const from = since;
  return late.some(({ after, until }) => after >= from && Math.min(until, day) - after > afterDays);
};

const earliest = (late: readonly Late[]): Day | undefined =>
  late.reduce<Day | undefined>((least, { after }) => (least === undefined || after < least ? after : least), undefined);
