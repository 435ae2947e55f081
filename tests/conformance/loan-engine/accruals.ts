import { type Day, dateOf } from '../../../domain/calendar';
import { divideRounded } from '../../../domain/kernel';
import type { AccountInstallment, LoanAccount } from '../../../domain/schedule/replay';
import type { TransactionRow } from './case-steps';
import { differingFields } from './difference';
import { figureOf, withDecimals } from './figures';
import { isAccrual, isOfAccruals } from './transaction-rows';

/** Interest, fees and penalties that a loan has earned by a day. */
export interface Earned {
  readonly interest: bigint;
  readonly fee: bigint;
  readonly penalty: bigint;
}

/** What was accrued on a day: what had been earned by it and was not accrued before. */
export interface Accrual extends Earned {
  readonly on: Day;
}

/** How many of the accruals that a case states come out as stated. */
export interface AccrualCount {
  readonly rows: number;
  readonly compared: number;
  readonly passed: number;
}

export const NO_ACCRUALS: AccrualCount = { rows: 0, compared: 0, passed: 0 };

export const sumOfAccruals = (one: AccrualCount, other: AccrualCount): AccrualCount => ({
  rows: one.rows + other.rows,
  compared: one.compared + other.compared,
  passed: one.passed + other.passed,
});

const NOTHING: Earned = { interest: 0n, fee: 0n, penalty: 0n };

/**
 * What a loan has earned by a day: all of an installment that is due, and of the running one its interest by the days
 * gone by. `interest` is the loan's own figure where its interest follows payments day by day.
 */
export const earnedBy = (account: LoanAccount, on: Day, interest: bigint | undefined): Earned => {
  let earned = NOTHING;
  for (const row of account.installments) {
    const isDue = row.due <= on;
    earned = {
      interest: earned.interest + (isDue ? row.owed.interest : shareOf(row, on)),
      fee: earned.fee + (isDue ? row.owed.fee : 0n),
      penalty: earned.penalty + (isDue ? row.owed.penalty : 0n),
    };
  }
  for (const { dueOn, amount, kind } of account.charges) {
    const running = account.installments.find(({ from, due }) => from < on && on < due);
    if (dueOn === undefined || running === undefined || dueOn <= running.from || dueOn > on) continue;
    earned = { ...earned, [kind]: earned[kind] + amount };
  }
  return interest === undefined ? earned : { ...earned, interest };
};

const shareOf = ({ from, due, owed }: AccountInstallment, on: Day): bigint =>
  on <= from ? 0n : divideRounded(owed.interest * BigInt(on - from), BigInt(due - from), 'HALF_EVEN');

/** All that a loan earns, once it is closed. */
export const earnedInAll = ({ installments }: Pick<LoanAccount, 'installments'>): Earned =>
  installments.reduce(
    (sum, { owed }) => ({
      interest: sum.interest + owed.interest,
      fee: sum.fee + owed.fee,
      penalty: sum.penalty + owed.penalty,
    }),
    NOTHING,
  );

/** What is to be accrued on a day after what was accrued before; below nothing it is an adjustment. */
export const accrualOf = (earned: Earned, before: readonly Accrual[], on: Day): Accrual => {
  const sum = (portion: keyof Earned): bigint => before.reduce((total, accrual) => total + accrual[portion], 0n);
  return {
    on,
    interest: earned.interest - sum('interest'),
    fee: earned.fee - sum('fee'),
    penalty: earned.penalty - sum('penalty'),
  };
};

export const isNothing = ({ interest, fee, penalty }: Earned): boolean =>
  interest === 0n && fee === 0n && penalty === 0n;

/** What each installment that has come due earned: the source tells it apart where a product says so. */
export const activitiesOf = (
  { installments }: LoanAccount,
  through: Day,
  closedOn: Day | undefined,
): readonly Accrual[] => {
  const until = closedOn === undefined ? through : Math.min(through, closedOn);
  const due = installments.filter((row) => row.due <= until).map(({ due: on, owed }) => ({ on, ...owed }));
  const rest = closedOn === undefined ? [] : installments.filter((row) => row.due > until);
  const left = earnedInAll({ installments: rest });
  return byDay([...due, ...(closedOn === undefined ? [] : [{ on: closedOn, ...left }])]);
};

/** One for each day that has any. */
const byDay = (all: readonly Accrual[]): readonly Accrual[] =>
  [...new Set(all.map(({ on }) => on))]
    .map((on) => ({
      ...accrualOf(
        NOTHING,
        all.filter((one) => one.on === on),
        on,
      ),
    }))
    .map(({ on, interest, fee, penalty }) => ({ on, interest: -interest, fee: -fee, penalty: -penalty }))
    .filter((one) => !isNothing(one));

/** Compares the accruals of a table with ours: each stated row with one of ours of its day and type. */
export const countAccruals = (
  expected: readonly TransactionRow[],
  ignoring: readonly string[],
  accruals: readonly Accrual[],
  activities: readonly Accrual[],
  decimals: number,
): AccrualCount => {
  const stated = expected.filter((row) => isAccrual(row) && !ignoring.includes(row.type));
  const comparable = stated.filter(isOfAccruals);
  const left = [
    ...accruals.map((accrual) => shownAccrual(accrual, decimals)),
    ...activities.map((activity) => ({ ...shownAccrual(activity, decimals), type: 'Accrual Activity' })),
  ];
  let passed = 0;
  for (const { date, type, amount, interest, fees, penalties } of comparable) {
    const wanted = { amount, interest, fees, penalties };
    const figures = Object.fromEntries(
      Object.entries(wanted).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, withDecimals(value, decimals)]],
      ),
    );
    const at = left.findIndex((row) => differingFields({ date, type, ...figures }, row).length === 0);
    if (at < 0) continue;
    left.splice(at, 1);
    passed += 1;
  }
  return { rows: stated.length, compared: comparable.length, passed };
};

const shownAccrual = ({ on, interest, fee, penalty }: Accrual, decimals: number) => {
  const isTakenBack = interest + fee + penalty < 0n;
  const money = (minor: bigint): string => figureOf(isTakenBack ? -minor : minor, decimals);
  return {
    date: dateOf(on),
    type: isTakenBack ? 'Accrual Adjustment' : 'Accrual',
    amount: money(interest + fee + penalty),
    interest: money(interest),
    fees: money(fee),
    penalties: money(penalty),
  };
};
