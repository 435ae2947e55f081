import { assert, type BusinessDate, type Currency, moneyOf, parseMoney } from '../kernel';
import { accruedInterest, type Installment, penaltyInterest, type Schedule, type Terms } from '../schedule';
import { type Amounts, NOTHING, subtractAmounts, totalOf } from './portions';

/** One row of the booked schedule as it stands: what it demands, what has been paid of it. Amounts in minor units. */
export interface BookedInstallment {
  readonly n: number;
  /** First day of its period and its last, on which it falls due. */
  readonly from: BusinessDate;
  readonly due: BusinessDate;
  /** Principal that stands during its period by the schedule; its interest is worked out on this. */
  readonly openingBalance: bigint;
  /** It has fallen due with something unpaid; before that, money paid into it is paid in advance. */
  readonly fellDue: boolean;
  /** Fee, interest and principal as planned; penalty as charged so far. */
  readonly owed: Amounts;
  readonly paid: Amounts;
  /** Penalty has been charged up to and with this day; the due date when none has been. */
  readonly penalizedThrough: BusinessDate;
  /** Σ overdue principal × days over all days that penalty has been charged for. */
  readonly overdueDays: bigint;
}

const minorOf = (amount: string, currency: Currency): bigint => parseMoney({ amount, currency }).minor;

const bookRow = (row: Installment, currency: Currency): BookedInstallment => {
  const principal = minorOf(row.principal, currency);
  return {
    n: row.n,
    from: row.from,
    due: row.due,
    openingBalance: minorOf(row.balance, currency) + principal,
    fellDue: false,
    owed: { penalty: 0n, fee: minorOf(row.fee, currency), interest: minorOf(row.interest, currency), principal },
    paid: NOTHING,
    penalizedThrough: row.due,
    overdueDays: 0n,
  };
};

/** The schedule's rows as installments of which nothing has been paid. */
export const bookInstallments = ({ rows, currency }: Schedule): readonly BookedInstallment[] =>
  rows.map((row, index) => {
    assert(row.n === index + 1, `row ${row.n} stands in place ${index + 1}`);
    return bookRow(row, currency);
  });

export const unpaidOf = ({ owed, paid }: BookedInstallment): Amounts => subtractAmounts(owed, paid);

/** Nothing of it is unpaid. No portion is ever paid beyond what it demands, so the sum tells. */
export const isPaid = ({ owed, paid }: BookedInstallment): boolean => totalOf(owed) === totalOf(paid);

/** Something of it is due and has not been paid. */
export const isOwing = (installment: BookedInstallment): boolean => installment.fellDue && !isPaid(installment);

/**
 * The penalty of an installment in all, had its unpaid principal stayed overdue for so many more days. One exact sum of
 * principal × days is rounded once, so the total does not depend on how often, or on which days, it was charged.
 */
export const penaltyAfter = (installment: BookedInstallment, days: number, terms: Terms): bigint => {
  const overdueDays = installment.overdueDays + unpaidOf(installment).principal * BigInt(days);
  return penaltyInterest(terms, moneyOf(overdueDays, terms.currency), 1).minor;
};

/** Interest of an installment's own period up to a day, as far as it has not been paid in advance. */
export const accruedUnpaid = (installment: BookedInstallment, on: BusinessDate, terms: Terms): bigint => {
  const { from, due, openingBalance, owed, paid } = installment;
  if (on <= from || owed.interest === paid.interest) return 0n;
  const to = on < due ? on : due;
  const accrued = accruedInterest(terms, moneyOf(openingBalance, terms.currency), from, to, { from, due }).minor;
  const unpaid = accrued - paid.interest;
  assert(unpaid <= owed.interest - paid.interest, `installment ${installment.n} accrued more than its interest`);
  return unpaid > 0n ? unpaid : 0n;
};
