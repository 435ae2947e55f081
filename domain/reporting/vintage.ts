import { type Currency, type MoneyText, parseMoney } from '../kernel';
import type { ArrearsBucket } from '../loan';
import { basisPoints, type LoanCourse, type Month, minorText, monthsFrom, standingAt, vintageOf } from './loan-course';

/** The loans lent in one month, so many months later. */
export interface VintageRow {
  readonly vintage: Month;
  readonly currency: Currency;
  /** 0: the end of the month of lending. */
  readonly monthsOnBook: number;
  readonly month: Month;
  readonly loans: number;
  /** Paid out up to then. */
  readonly lent: MoneyText;
  readonly outstanding: MoneyText;
  /** Principal of loans more than 30 days, and more than 90 days, past due. */
  readonly past30: MoneyText;
  readonly past90: MoneyText;
  /** Charged off and written off up to then, and what has come in for that. */
  readonly lost: MoneyText;
  readonly recovered: MoneyText;
  /** Past 30 and lost, of what was lent, in basis points. */
  readonly past30Rate: number;
  readonly lossRate: number;
}

const PAST_30: ReadonlySet<ArrearsBucket> = new Set<ArrearsBucket>(['31-60', '61-90', '90+']);

interface Sum {
  loans: number;
  lent: bigint;
  outstanding: bigint;
  past30: bigint;
  past90: bigint;
  lost: bigint;
  recovered: bigint;
}

const nothing = (): Sum => ({ loans: 0, lent: 0n, outstanding: 0n, past30: 0n, past90: 0n, lost: 0n, recovered: 0n });

/** Adds what had become of a loan by the end of a month. */
const addTo = (sum: Sum, course: LoanCourse, through: Month): void => {
  const minor = (amount: string): bigint => parseMoney({ amount, currency: course.currency }).minor;
  sum.loans += 1;
  for (const { lent, lost, booked } of course.months.filter(({ month }) => month <= through)) {
    sum.lent += minor(lent);
    sum.lost += minor(lost);
    sum.recovered += minor(booked.recovery);
  }
  const standing = standingAt(course, through);
  if (standing === undefined) return;
  const principal = minor(standing.principal);
  sum.outstanding += principal;
  if (PAST_30.has(standing.bucket)) sum.past30 += principal;
  if (standing.bucket === '90+') sum.past90 += principal;
};

/** Vintages: what became, month by month, of what was lent in each month. */
export class Vintages {
  readonly #through: Month;
  /** By vintage and currency, then by month. */
  readonly #sums = new Map<string, Map<Month, Sum>>();

  constructor(through: Month) {
    this.#through = through;
  }

  add(course: LoanCourse): void {
    const vintage = vintageOf(course);
    if (vintage === undefined || vintage > this.#through) return;
    const key = `${vintage} ${course.currency}`;
    const months = this.#sums.get(key) ?? new Map<Month, Sum>();
    this.#sums.set(key, months);
    for (const month of monthsFrom(vintage, this.#through)) {
      const sum = months.get(month) ?? nothing();
      months.set(month, sum);
      addTo(sum, course, month);
    }
  }

  rows(): readonly VintageRow[] {
    return [...this.#sums]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, months]) => {
        const [vintage = '', of = ''] = key.split(' ');
        const currency = of as Currency;
        return [...months].map(([month, sum], monthsOnBook) => ({
          ...{ vintage, currency, monthsOnBook, month, loans: sum.loans },
          lent: minorText(sum.lent, currency),
          outstanding: minorText(sum.outstanding, currency),
          past30: minorText(sum.past30, currency),
          past90: minorText(sum.past90, currency),
          lost: minorText(sum.lost, currency),
          recovered: minorText(sum.recovered, currency),
          past30Rate: basisPoints(sum.past30, sum.lent),
          lossRate: basisPoints(sum.lost, sum.lent),
        }));
      });
  }
}
