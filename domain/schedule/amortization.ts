import {
  addMonths,
  assert,
  type BusinessDate,
  type Currency,
  divideRounded,
  formatMinor,
  type Money,
  parseMoney,
  parseRate,
  scaleMoney,
} from '../kernel';
import { equalInstallment, monthlyRate } from './annuity';
import { accruedInterest, type Period } from './interest';
import type { Installment, Schedule, Terms } from './terms';

/** What is left to plan: the periods still to come, and what to carry into them. */
export interface Remaining {
  /** In order; the rows of an earlier schedule will do. */
  readonly periods: readonly Period[];
  /** Keep this equal installment and end sooner. Absent: a new one is worked out over all periods. */
  readonly installment?: Money;
  /** Due with the first of the periods. */
  readonly fee?: Money;
  /**
   * The balance changed inside the first period: on that day, with so much interest accrued in the period until then.
   */
  readonly changed?: { readonly on: BusinessDate; readonly accrued: Money };
}

/** The origination fee of a principal, rounded as the terms name it. */
export const originationFee = (terms: Terms, principal: Money): Money => {
  const { numerator, denominator } = parseRate(terms.fee.originationRate);
  return scaleMoney(principal, numerator, denominator, terms.rounding);
};

/** The periods of so many months. Every due date is counted from the disbursement, so a clipped day never sticks. */
const monthlyPeriods = (disbursedOn: BusinessDate, months: number): readonly Period[] => {
  const periods: Period[] = [];
  let from = disbursedOn;
  for (let n = 1; n <= months; n++) {
    const due = addMonths(disbursedOn, n);
    periods.push({ n, from, due });
    from = due;
  }
  return periods;
};

/** One installment in minor units. */
interface Line {
  readonly period: Period;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
  readonly balance: bigint;
}

const plan = (terms: Terms, balance: Money, remaining: Remaining): readonly Line[] => {
  const { periods, installment: kept, fee, changed } = remaining;
  const last = periods.at(-1);
  assert(last !== undefined && balance.minor >= 0n, 'a plan needs a balance and periods to repay it in');
  const { rounding, currency } = terms;
  const rate = monthlyRate(terms.interest.ratePerYear);
  const installment = kept?.minor ?? equalInstallment(balance.minor, rate, periods.length, rounding);
  const interestOf = (period: Period, left: bigint, first: boolean): bigint =>
    first && changed
      ? changed.accrued.minor + accruedInterest(terms, { minor: left, currency }, changed.on, period.due, period).minor
      : divideRounded(left * rate.numerator, rate.denominator, rounding);

  const lines: Line[] = [];
  let left = balance.minor;
  for (const period of periods) {
    const first = lines.length === 0;
    if (kept && left === 0n && !first) break;
    const interest = interestOf(period, left, first);
    const principal = period === last ? left : principalPart(installment, interest, left);
    left -= principal;
    lines.push({ period, principal, interest, fee: first ? (fee?.minor ?? 0n) : 0n, balance: left });
  }
  return lines;
};

/** What an installment leaves after its interest: never below zero, never above what is owed. */
const principalPart = (installment: bigint, interest: bigint, left: bigint): bigint => {
  const part = installment - interest;
  if (part < 0n) return 0n;
  return part < left ? part : left;
};

const rowOf = (
  { period: { n, from, due }, principal, interest, fee, balance }: Line,
  currency: Currency,
): Installment => ({
  n,
  from,
  due,
  principal: formatMinor(principal, currency),
  interest: formatMinor(interest, currency),
  fee: formatMinor(fee, currency),
  total: formatMinor(principal + interest + fee, currency),
  balance: formatMinor(balance, currency),
});

/**
 * Plans the repayment of a balance over the periods to come (declining balance, equal installments, 30/360): the
 * installment is rounded once, interest is rounded per period, principal is what the installment leaves, and the last
 * installment takes the residue. With a kept installment the plan ends with the period that brings the balance to
 * zero; without one it has a row for every period. Σ principal = balance, and the last row's balance is zero.
 */
export const rowsFor = (terms: Terms, balance: Money, remaining: Remaining): readonly Installment[] =>
  plan(terms, balance, remaining).map((line) => rowOf(line, terms.currency));

const COLUMNS = ['principal', 'interest', 'fee'] as const;
type Sums = Readonly<Record<(typeof COLUMNS)[number], bigint>>;

const assemble = (
  currency: Currency,
  disbursedOn: BusinessDate,
  rows: readonly Installment[],
  { principal, interest, fee }: Sums,
): Schedule => ({
  currency,
  disbursedOn,
  rows: [...rows],
  totals: {
    principal: formatMinor(principal, currency),
    interest: formatMinor(interest, currency),
    fee: formatMinor(fee, currency),
    total: formatMinor(principal + interest + fee, currency),
  },
});

/** A schedule of these rows, with its totals. */
export const scheduleOf = (currency: Currency, disbursedOn: BusinessDate, rows: readonly Installment[]): Schedule => {
  const sums = { principal: 0n, interest: 0n, fee: 0n };
  for (const row of rows) {
    for (const column of COLUMNS) sums[column] += parseMoney({ amount: row[column], currency }).minor;
  }
  return assemble(currency, disbursedOn, rows, sums);
};

/**
 * The repayment plan of a principal disbursed on a day: see `rowsFor`; the origination fee falls due with the first
 * row.
 */
export const scheduleFor = (
  terms: Terms,
  principal: Money,
  termMonths: number,
  disbursedOn: BusinessDate,
): Schedule => {
  assert(principal.currency === terms.currency, `a principal in ${principal.currency} under ${terms.currency} terms`);
  assert(principal.minor > 0n, 'a schedule needs a principal above zero');
  const fee = originationFee(terms, principal);
  const lines = plan(terms, principal, { periods: monthlyPeriods(disbursedOn, termMonths), fee });
  const sums = { principal: 0n, interest: 0n, fee: fee.minor };
  for (const line of lines) {
    sums.principal += line.principal;
    sums.interest += line.interest;
  }
  assert(sums.principal === principal.minor, 'the plan repays exactly what was lent');
  const rows = lines.map((line) => rowOf(line, terms.currency));
  return assemble(terms.currency, disbursedOn, rows, sums);
};
